import type { Backend, BackendChat, BackendChatOptions, BackendErrorKind, BackendReply } from '@weighbridge/inference-domain';
import { BackendError } from '@weighbridge/inference-domain';
import type { Dispatcher } from 'undici';
import { AnswerSink } from './answer-sink.ts';
import type { ExchangeFailure, RunningExchanges } from './exchange.ts';
import { ExchangeError, exchange } from './exchange.ts';
import { settleUsage, writtenText } from './settle-usage.ts';
import type { Wire } from './wire.ts';

export interface HttpTimeouts {
  /** Of a stream: from the call to the first token, a wait for a connection included. */
  readonly firstTokenMs: number;
  /** Of a stream: between two tokens. */
  readonly idleMs: number;
  /** Of every call. */
  readonly totalMs: number;
}

export const defaultHttpTimeouts: HttpTimeouts = {
  // A long prompt on a busy server may take a minute before its first token.
  firstTokenMs: 120_000,
  idleMs: 60_000,
  // OpenAI's SDKs wait as long.
  totalMs: 600_000,
};

/** What an administrator says of a model server. */
export interface HttpServerOptions {
  readonly baseUrl: URL;
  readonly upstreamModel: string;
  /** Absent for servers that want none. */
  readonly apiKey?: string;
  /** Connections to the server's origin; not closed by this backend. */
  readonly pool: Dispatcher;
  readonly timeouts?: Partial<HttpTimeouts>;
  /** An answer with more bytes is given up. */
  readonly maxResponseBytes?: number;
}

/** How a protocol asks: the rest of it is its {@link Wire}. */
export interface HttpProtocol {
  readonly kind: Backend['kind'];
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly wire: Wire;
  /** Throws a BackendError of kind `rejected` for what the protocol cannot ask. */
  readonly body: (chat: BackendChat, stream: boolean) => string;
  /** Whether a refusal shows that the server wants another body; the same call is then made again. */
  readonly learn: (refusal: BackendError) => boolean;
}

const DEFAULT_MAX_RESPONSE_BYTES = 64 * 1024 * 1024;

const failureKinds: Readonly<Record<ExchangeFailure, BackendErrorKind>> = {
  aborted: 'cancelled',
  closed: 'unavailable',
  first_token_timeout: 'timeout',
  idle_timeout: 'timeout',
  total_timeout: 'timeout',
  too_large: 'failed',
  network: 'unavailable',
};

/** A backend that answers each chat by one POST. */
export function createHttpBackend({ kind, path, wire, body, learn, headers: common }: HttpProtocol, options: Pick<HttpServerOptions, 'pool' | 'timeouts' | 'maxResponseBytes'>): Backend {
  const timeouts = { ...defaultHttpTimeouts, ...options.timeouts };
  const maxResponseBytes = options.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES;
  const running: RunningExchanges = new Set();
  let closed = false;
  const headers = (stream: boolean) => ({ 'content-type': 'application/json', accept: stream ? 'text/event-stream' : 'application/json', ...common });
  const unaryHeaders = headers(false);
  const streamHeaders = headers(true);

  const callOnce = async (chat: BackendChat, { signal, onDelta }: BackendChatOptions): Promise<BackendReply> => {
    const startedAt = performance.now();
    let firstTokenMs: number | undefined;
    const stream = onDelta !== undefined;
    const request = { path, headers: stream ? streamHeaders : unaryHeaders, body: body(chat, stream) };
    const sink = new AnswerSink({
      wire,
      request: chat.request,
      onDelta,
      onFirstToken: () => (firstTokenMs ??= performance.now() - startedAt),
      maxEventChars: maxResponseBytes,
    });
    try {
      await exchange(
        options.pool,
        request,
        { totalMs: timeouts.totalMs, maxResponseBytes, ...(stream ? { firstTokenMs: timeouts.firstTokenMs, idleMs: timeouts.idleMs } : {}) },
        signal,
        sink,
        running,
      );
    } catch (error) {
      throw toBackendError(error, sink);
    }
    const { choices, usage, model, serviceTier, systemFingerprint } = sink.answer;
    const [first] = choices;
    if (first === undefined) throw new BackendError('the answer has no choice', { kind: 'failed', retryable: true, settlement: 'unknown' });
    return {
      message: first.message,
      finishReason: first.finish_reason ?? 'stop',
      choices,
      ...settleUsage(wire.readUsage(usage), chat.request, writtenText(choices)),
      firstTokenMs: firstTokenMs ?? performance.now() - startedAt,
      ...(sink.providerRequestId === undefined ? {} : { providerRequestId: sink.providerRequestId }),
      ...(model === undefined ? {} : { model }),
      ...(serviceTier === undefined ? {} : { serviceTier }),
      ...(systemFingerprint === undefined ? {} : { systemFingerprint }),
    };
  };

  return {
    kind,
    health: () => 'healthy',
    close: async () => {
      closed = true;
      for (const end of running) end();
    },
    chat: async (chat, chatOptions) => {
      for (;;) {
        if (closed) throw new BackendError('the backend was closed', { kind: 'unavailable', retryable: true });
        try {
          return await callOnce(chat, chatOptions);
        } catch (error) {
          if (!(error instanceof BackendError) || !learn(error)) throw error;
        }
      }
    },
  };
}

function toBackendError(error: unknown, sink: AnswerSink): BackendError {
  if (error instanceof BackendError) return error;
  if (error instanceof ExchangeError) {
    const kind = error.reason === 'network' && sink.begun ? 'cut' : failureKinds[error.reason];
    return new BackendError(error.message, {
      kind,
      retryable: error.reason !== 'aborted' && error.reason !== 'too_large',
      ...(error.sent ? sink.spent() : {}),
      cause: error,
    });
  }
  return new BackendError('the consumer of the stream failed', { kind: 'cancelled', retryable: false, ...sink.spent(), cause: error });
}
