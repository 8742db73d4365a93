import type { Backend, BackendChat, BackendChatOptions, BackendErrorKind, BackendReply } from '@weighbridge/inference-domain';
import { BackendError } from '@weighbridge/inference-domain';
import type { Dispatcher } from 'undici';
import { settleUsage, writtenText } from './answer.ts';
import { ChatSink } from './chat-sink.ts';
import { Dialect } from './dialect.ts';
import type { ExchangeFailure, RunningExchanges } from './exchange.ts';
import { ExchangeError, exchange } from './exchange.ts';

export interface OpenAiTimeouts {
  /** Of a stream: from the call to the first token, a wait for a connection included. */
  readonly firstTokenMs: number;
  /** Of a stream: between two tokens. */
  readonly idleMs: number;
  /** Of every call. */
  readonly totalMs: number;
}

export const defaultOpenAiTimeouts: OpenAiTimeouts = {
  // A long prompt on a busy server may take a minute before its first token.
  firstTokenMs: 120_000,
  idleMs: 60_000,
  // OpenAI's SDKs wait as long.
  totalMs: 600_000,
};

export interface OpenAiBackendOptions {
  /** The URL under which the server has `/chat/completions`, e.g. `http://127.0.0.1:8000/v1`. */
  readonly baseUrl: URL;
  readonly upstreamModel: string;
  /** Sent as a bearer token; absent for servers that want none. */
  readonly apiKey?: string;
  /** Connections to the server's origin; not closed by this backend. */
  readonly pool: Dispatcher;
  readonly timeouts?: Partial<OpenAiTimeouts>;
  /** An answer with more bytes is given up. */
  readonly maxResponseBytes?: number;
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

/** A backend for any server that speaks OpenAI's chat completions: vLLM, llama-server, Ollama, DeepSeek, OpenAI. */
export function createOpenAiBackend(options: OpenAiBackendOptions): Backend {
  const dialect = new Dialect(options.baseUrl);
  const timeouts = { ...defaultOpenAiTimeouts, ...options.timeouts };
  const maxResponseBytes = options.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES;
  const path = `${options.baseUrl.pathname.replace(/\/+$/, '')}/chat/completions${options.baseUrl.search}`;
  const running: RunningExchanges = new Set();
  let closed = false;
  const headers = (stream: boolean) => ({
    'content-type': 'application/json',
    accept: stream ? 'text/event-stream' : 'application/json',
    ...(options.apiKey === undefined ? {} : { authorization: `Bearer ${options.apiKey}` }),
  });
  const unaryHeaders = headers(false);
  const streamHeaders = headers(true);

  const callOnce = async (chat: BackendChat, { signal, onDelta }: BackendChatOptions): Promise<BackendReply> => {
    const startedAt = performance.now();
    let firstTokenMs: number | undefined;
    const stream = onDelta !== undefined;
    const sink = new ChatSink({
      request: chat.request,
      onDelta,
      onFirstToken: () => (firstTokenMs ??= performance.now() - startedAt),
      maxEventChars: maxResponseBytes,
    });
    try {
      await exchange(
        options.pool,
        { path, headers: stream ? streamHeaders : unaryHeaders, body: dialect.body(chat, options.upstreamModel, stream) },
        { totalMs: timeouts.totalMs, maxResponseBytes, ...(stream ? { firstTokenMs: timeouts.firstTokenMs, idleMs: timeouts.idleMs } : {}) },
        signal,
        sink,
        running,
      );
    } catch (error) {
      throw toBackendError(error, sink);
    }
    const answer = sink.answer;
    const first = answer.choices[0];
    if (first === undefined) throw new BackendError('the answer has no choice', { kind: 'failed', retryable: true, settlement: 'unknown' });
    return {
      message: first.message,
      finishReason: first.finish_reason ?? 'stop',
      choices: answer.choices,
      ...settleUsage(answer.usage, chat.request, writtenText(answer.choices)),
      firstTokenMs: firstTokenMs ?? performance.now() - startedAt,
      ...(answer.providerRequestId === undefined ? {} : { providerRequestId: answer.providerRequestId }),
      ...(answer.model === undefined ? {} : { model: answer.model }),
      ...(answer.serviceTier === undefined ? {} : { serviceTier: answer.serviceTier }),
      ...(answer.systemFingerprint === undefined ? {} : { systemFingerprint: answer.systemFingerprint }),
    };
  };

  return {
    kind: 'openai',
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
          if (!(error instanceof BackendError) || !dialect.learn(error)) throw error;
        }
      }
    },
  };
}

function toBackendError(error: unknown, sink: ChatSink): BackendError {
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
