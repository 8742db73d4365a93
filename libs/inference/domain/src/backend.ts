import type { TokenUsage } from '@weighbridge/shared-domain';
import { z } from 'zod';
import type { Settlement } from './attempt-outcome.ts';
import type { ChatRequest } from './chat.ts';
import type { AssistantReply, ChatChoice, ChatDelta } from './chat-completion.ts';
import type { EmbeddingVector } from './embedding-list.ts';
import type { EmbeddingRequest } from './embedding-request.ts';

/** `openai`: any OpenAI-compatible server. `llama-cpp`: a GGUF file run in this process. */
export const BackendKind = z.enum(['openai', 'anthropic', 'llama-cpp']);
export type BackendKind = z.infer<typeof BackendKind>;

/** One call of a backend. */
export interface BackendChat {
  /** The body as the client sent it. Its `model` and `stream` are not obeyed: the deployment and the presence of `onDelta` decide. */
  readonly request: ChatRequest;
  /** The most output tokens that the budget hold covers, for each answer; given to the backend in place of the request's own limit. */
  readonly maxOutputTokens: number;
}

/** One step of a streamed answer. */
export interface BackendDelta {
  /** Which answer of `n`. */
  readonly index: number;
  readonly content?: string;
  /** The thinking of the model, where its server shows it. */
  readonly reasoning?: string;
  /** Pieces of tool calls, each with the `index` of its call. */
  readonly toolCalls?: NonNullable<ChatDelta['tool_calls']>;
  readonly refusal?: string;
  readonly logprobs?: unknown;
  /** Given once per answer. */
  readonly finishReason?: string;
}

export interface BackendChatOptions {
  /** Aborting it ends the call and frees what it held; the call then rejects with a {@link BackendError} of kind `cancelled`. */
  readonly signal: AbortSignal;
  /** Asks for a stream. Called in order, never after the call has settled; what it throws ends the call. */
  readonly onDelta?: (delta: BackendDelta) => void;
}

export interface BackendReply {
  /** The first answer. */
  readonly message: AssistantReply;
  readonly finishReason: string;
  /** All answers, with whatever the server said about each (log probabilities, citations). */
  readonly choices: readonly ChatChoice[];
  readonly usage: TokenUsage;
  /** `estimated`: the server reported no usage, and `usage` is an upper bound from the bytes of the text. */
  readonly settlement: 'exact' | 'estimated';
  /** From the call to the first token; without a stream, to the answer. */
  readonly firstTokenMs: number;
  readonly providerRequestId?: string;
  /** The model as the server names it. */
  readonly model?: string;
  readonly serviceTier?: string;
  readonly systemFingerprint?: string;
}

export interface BackendEmbeddings extends Pick<BackendReply, 'usage' | 'settlement' | 'firstTokenMs' | 'providerRequestId' | 'model'> {
  /** One for each input, in their order, in the form that the server chose. */
  readonly embeddings: readonly EmbeddingVector[];
}

/** How a backend feels. `probing`: it failed and is being tried again with one call. */
export const BackendHealth = z.enum(['healthy', 'probing', 'unhealthy']);
export type BackendHealth = z.infer<typeof BackendHealth>;

/** A way to run a model: the port that the backend adapters fill. */
export interface Backend {
  readonly kind: BackendKind;
  /** Rejects with a {@link BackendError}, and nothing else. */
  chat(chat: BackendChat, options: BackendChatOptions): Promise<BackendReply>;
  /** Absent where this kind of backend has no embeddings. The request's `model` is not obeyed. Rejects as `chat` does. */
  embed?(request: EmbeddingRequest, options: Pick<BackendChatOptions, 'signal'>): Promise<BackendEmbeddings>;
  health(): BackendHealth;
  /** Ends what runs, and frees connections and memory. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * `rejected`: the backend refused this very request and would again. `failed`: it answered with an error or with what is no answer.
 * `unavailable`: it was not reached, is overloaded, or its circuit is open. `timeout`: it took too long. `cancelled`: we aborted.
 * `cut`: the answer ended half way.
 */
export const BackendErrorKind = z.enum(['rejected', 'failed', 'unavailable', 'timeout', 'cancelled', 'cut']);
export type BackendErrorKind = z.infer<typeof BackendErrorKind>;

/** Digests in lower-case hex. */
export interface FileMismatch {
  readonly artifact: string;
  readonly registeredSha256: string;
  readonly foundSha256: string;
}

export interface BackendErrorOptions {
  readonly kind: BackendErrorKind;
  /** Whether the same call may succeed later, here or at another deployment. */
  readonly retryable: boolean;
  /** The HTTP status of the server's answer, if there was one. */
  readonly status?: number;
  /** Not before so many milliseconds, as the server asked. */
  readonly retryAfterMs?: number;
  /** OpenAI's code for a refusal, e.g. `context_length_exceeded`. */
  readonly code?: string;
  /** What the client may read of a refusal: no address, no secret. */
  readonly publicDetail?: string;
  /** What the failed call consumed nevertheless, where that is known or bounded. */
  readonly usage?: TokenUsage;
  /** `exact`, `estimated`: how sure `usage` is. `unknown`: the request went out and nobody knows what it consumed. Absent: nothing was consumed. */
  readonly settlement?: Settlement;
  readonly providerRequestId?: string;
  /** The model file is not the registered one: nothing was loaded, and nothing will be until somebody puts it right. */
  readonly fileMismatch?: FileMismatch;
  readonly cause?: unknown;
}

/** Why a call of a backend gave no whole answer. The message is for operators. */
export class BackendError extends Error {
  readonly kind: BackendErrorKind;
  readonly retryable: boolean;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly code: string | undefined;
  readonly publicDetail: string | undefined;
  readonly usage: TokenUsage | undefined;
  readonly settlement: Settlement | undefined;
  readonly providerRequestId: string | undefined;
  readonly fileMismatch: FileMismatch | undefined;

  constructor(message: string, options: BackendErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'BackendError';
    this.kind = options.kind;
    this.retryable = options.retryable;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
    this.code = options.code;
    this.publicDetail = options.publicDetail;
    this.usage = options.usage;
    this.settlement = options.settlement;
    this.providerRequestId = options.providerRequestId;
    this.fileMismatch = options.fileMismatch;
  }
}

