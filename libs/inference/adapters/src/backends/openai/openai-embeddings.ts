import type { IncomingHttpHeaders } from 'node:http';
import type { Backend, BackendEmbeddings, BackendErrorKind, EmbeddingRequest } from '@weighbridge/inference-domain';
import { BackendError, EmbeddingVector, embeddingCount, estimateEmbeddingUsage, tokenUsageFromOpenAi } from '@weighbridge/inference-domain';
import { totalInputTokens } from '@weighbridge/shared-domain';
import { z } from 'zod';
import type { ExchangeFailure, ResponseSink, RunningExchanges } from '../http/exchange.ts';
import { ExchangeError, exchange } from '../http/exchange.ts';
import type { HttpServerOptions } from '../http/http-backend.ts';
import { defaultHttpTimeouts } from '../http/http-backend.ts';
import { providerRequestId, readRefusal, refusalError } from '../http/refusal.ts';

const UpstreamEmbeddings = z.looseObject({
  data: z.array(z.looseObject({ index: z.int().min(0).nullish(), embedding: EmbeddingVector })).min(1),
  model: z.string().nullish(),
  usage: z.unknown().optional(),
});

/** 2,048 vectors of 3,072 numbers, 22 characters each. */
const DEFAULT_MAX_RESPONSE_BYTES = 160 * 1024 * 1024;

const failureKinds: Readonly<Record<ExchangeFailure, BackendErrorKind>> = {
  aborted: 'cancelled',
  closed: 'unavailable',
  first_token_timeout: 'timeout',
  idle_timeout: 'timeout',
  total_timeout: 'timeout',
  too_large: 'failed',
  network: 'unavailable',
};

export interface OpenAiEmbeddings {
  readonly embed: NonNullable<Backend['embed']>;
  readonly close: () => void;
}

/** `POST /embeddings` of an OpenAI-compatible server. The format that the client asks for is passed on; a server that knows one only answers in that. */
export function createOpenAiEmbeddings({ baseUrl, apiKey, upstreamModel, pool, timeouts, maxResponseBytes = DEFAULT_MAX_RESPONSE_BYTES }: HttpServerOptions): OpenAiEmbeddings {
  const path = `${baseUrl.pathname.replace(/\/+$/, '')}/embeddings${baseUrl.search}`;
  const headers = { 'content-type': 'application/json', accept: 'application/json', ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }) };
  const { totalMs } = { ...defaultHttpTimeouts, ...timeouts };
  const running: RunningExchanges = new Set();
  let closed = false;
  return {
    close: () => {
      closed = true;
      for (const end of running) end();
    },
    embed: async (request, { signal }) => {
      if (closed) throw new BackendError('the backend was closed', { kind: 'unavailable', retryable: true });
      const startedAt = performance.now();
      const { user: _user, safety_identifier: _safetyIdentifier, messages: _messages, ...rest } = request;
      const sink = new WholeBody();
      try {
        await exchange(pool, { path, headers, body: JSON.stringify({ ...rest, model: upstreamModel }) }, { totalMs, maxResponseBytes }, signal, sink, running);
      } catch (error) {
        throw toBackendError(error);
      }
      return { ...readEmbeddings(sink, request), firstTokenMs: performance.now() - startedAt };
    },
  };
}

class WholeBody implements ResponseSink {
  status = 0;
  headers: IncomingHttpHeaders = {};
  readonly #parts: Buffer[] = [];

  onHead(status: number, headers: IncomingHttpHeaders): void {
    this.status = status;
    this.headers = headers;
  }

  onData(chunk: Buffer): void {
    this.#parts.push(chunk);
  }

  onEnd(): void {}

  json(): unknown {
    try {
      return JSON.parse(Buffer.concat(this.#parts).toString('utf8'));
    } catch {
      return undefined;
    }
  }
}

function readEmbeddings(sink: WholeBody, request: EmbeddingRequest): Omit<BackendEmbeddings, 'firstTokenMs'> {
  const { status, headers } = sink;
  const json = sink.json();
  if (status < 200 || status >= 300) throw refusalError(status, headers, readRefusal(json), new Date());
  const requestId = providerRequestId(headers);
  const broken = (what: string) => new BackendError(`the server answered ${status}, but ${what}`, { kind: 'failed', retryable: true, status, settlement: 'unknown', ...(requestId === undefined ? {} : { providerRequestId: requestId }) });
  const parsed = UpstreamEmbeddings.safeParse(json);
  if (!parsed.success) throw broken('its body is no list of embeddings');
  const { data, model, usage: reported } = parsed.data;
  const wanted = embeddingCount(request);
  if (data.length !== wanted) throw broken(`it has ${data.length} embeddings for ${wanted} inputs`);
  const usage = tokenUsageFromOpenAi(reported);
  const believable = usage !== null && totalInputTokens(usage) > 0;
  return {
    embeddings: data.map((one, position) => ({ index: one.index ?? position, embedding: one.embedding })).toSorted((a, b) => a.index - b.index).map(({ embedding }) => embedding),
    usage: believable ? usage : estimateEmbeddingUsage(request),
    settlement: believable ? 'exact' : 'estimated',
    ...(requestId === undefined ? {} : { providerRequestId: requestId }),
    ...(model == null ? {} : { model }),
  };
}

function toBackendError(error: unknown): BackendError {
  if (error instanceof BackendError) return error;
  if (!(error instanceof ExchangeError)) return new BackendError('the exchange failed', { kind: 'failed', retryable: true, settlement: 'unknown', cause: error });
  return new BackendError(error.message, {
    kind: failureKinds[error.reason],
    retryable: error.reason !== 'aborted' && error.reason !== 'too_large',
    ...(error.sent ? { settlement: 'unknown' as const } : {}),
    cause: error,
  });
}
