import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';

export interface ExchangeRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ExchangeLimits {
  /** From the call to the end of the answer. */
  readonly totalMs: number;
  /** From the call to the first {@link ExchangeProgress.progress}; absent: only the total counts. */
  readonly firstTokenMs?: number;
  /** Between two calls of {@link ExchangeProgress.progress}. */
  readonly idleMs?: number;
  readonly maxResponseBytes: number;
}

export interface ExchangeProgress {
  /** The answer goes on: the wait for the next piece begins anew. */
  progress(): void;
}

/** Takes in an answer. What a method throws ends the exchange and rejects it with just that. */
export interface ResponseSink {
  onHead(status: number, headers: IncomingHttpHeaders, exchange: ExchangeProgress): void;
  onData(chunk: Buffer): void;
  onEnd(): void;
}

export type ExchangeFailure = 'aborted' | 'closed' | 'first_token_timeout' | 'idle_timeout' | 'total_timeout' | 'too_large' | 'network';

/** Why an exchange ended before the end of the answer. */
export class ExchangeError extends Error {
  readonly reason: ExchangeFailure;
  /** Whether the request left this machine, as far as can be known: then the server may have worked for it. */
  readonly sent: boolean;

  constructor(reason: ExchangeFailure, sent: boolean, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ExchangeError';
    this.reason = reason;
    this.sent = sent;
  }
}

/** The exchanges under way, each as the way to end it. */
export type RunningExchanges = Set<() => void>;

/**
 * One POST through a pool, on undici's lowest level: no streams, no promises per chunk. Settles at once when the signal aborts or a limit is
 * reached, also while the request still waits for a connection. undici's own timeouts are off; these here are exact.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: ExchangeRequest,
  limits: ExchangeLimits,
  signal: AbortSignal,
  sink: ResponseSink,
  running: RunningExchanges,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let settled = false;
    let sent = false;
    let bytes = 0;
    let waitTimer: NodeJS.Timeout | undefined;

    const settle = (error?: Error) => {
      if (settled) return;
      settled = true;
      clearTimeout(totalTimer);
      clearTimeout(waitTimer);
      signal.removeEventListener('abort', onAbort);
      running.delete(onClose);
      if (error === undefined) resolve();
      else {
        controller?.abort(error);
        reject(error);
      }
    };
    const fail = (reason: ExchangeFailure, message: string, cause?: unknown) => settle(new ExchangeError(reason, sent, message, cause));
    const guarded = (step: () => void) => {
      if (settled) return;
      try {
        step();
      } catch (error) {
        settle(error instanceof Error ? error : new Error(String(error)));
      }
    };
    const onAbort = () => fail('aborted', 'the call was aborted', signal.reason);
    const onClose = () => fail('closed', 'the backend was closed');

    const totalTimer = setTimeout(() => fail('total_timeout', `no whole answer within ${limits.totalMs} ms`), limits.totalMs);
    const { firstTokenMs, idleMs } = limits;
    if (firstTokenMs !== undefined) waitTimer = setTimeout(() => fail('first_token_timeout', `no first token within ${firstTokenMs} ms`), firstTokenMs);
    let progressed = false;
    const progress = () => {
      if (settled) return;
      if (progressed) waitTimer?.refresh();
      else {
        progressed = true;
        clearTimeout(waitTimer);
        waitTimer = idleMs === undefined ? undefined : setTimeout(() => fail('idle_timeout', `nothing came for ${idleMs} ms`), idleMs);
      }
    };

    if (signal.aborted) {
      onAbort();
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });
    running.add(onClose);

    dispatcher.dispatch(
      { path: request.path, method: 'POST', headers: request.headers, body: request.body, headersTimeout: 0, bodyTimeout: 0 },
      {
        onRequestStart: (started) => {
          controller = started;
          if (settled) started.abort(new Error('the call ended before its request was sent'));
          else sent = true;
        },
        onResponseStart: (_controller, status, headers) => guarded(() => sink.onHead(status, headers, { progress })),
        onResponseData: (_controller, chunk) =>
          guarded(() => {
            bytes += chunk.length;
            if (bytes > limits.maxResponseBytes) throw new ExchangeError('too_large', true, `the answer is larger than ${limits.maxResponseBytes} bytes`);
            sink.onData(chunk);
          }),
        onResponseEnd: () => {
          guarded(() => sink.onEnd());
          settle();
        },
        onResponseError: (_controller, error) => fail('network', error.message, error),
      },
    );
  });
}
