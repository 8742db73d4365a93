/** How the stub treats one request. Times in milliseconds; nothing is waited for unless asked. */
export type StubBehaviour =
  | StubAnswer
  /** An error in OpenAI's shape. `retryAfter` goes out as it is: seconds or an HTTP date. */
  | { readonly kind: 'fail'; readonly status: number; readonly retryAfter?: string; readonly message?: string; readonly latencyMs?: number }
  /** The connection breaks after this many chunks of a stream; in a plain answer, in the middle of the body. */
  | { readonly kind: 'cut'; readonly afterChunks?: number }
  /** Status 200, and a body that is no JSON; in a stream, an event that is none. */
  | { readonly kind: 'garbage' }
  /** Sends this many chunks of a stream (a plain answer: nothing), and then nothing until the caller leaves. */
  | { readonly kind: 'hang'; readonly afterChunks?: number }
  /** The connection breaks before anything is sent. */
  | { readonly kind: 'reset' };

export interface StubAnswer {
  readonly kind: 'answer';
  /** Default "Weighed and found exact." In a stream, each word is a chunk. */
  readonly text?: string;
  /** Cached ones included, as OpenAI counts. Default 12. */
  readonly inputTokens?: number;
  readonly cachedInputTokens?: number;
  /** Default: the words of the text. Never more than the request allows; the finish reason is then `length`. */
  readonly outputTokens?: number;
  readonly finishReason?: 'stop' | 'length' | 'content_filter' | 'tool_calls';
  readonly toolCalls?: readonly { readonly id: string; readonly name: string; readonly arguments: string }[];
  /** Before the first byte. */
  readonly latencyMs?: number;
  /** Between two chunks of a stream. */
  readonly chunkGapMs?: number;
  /** Whether usage is told at all; a stream tells it only when the request asks for it. Default true. */
  readonly usage?: boolean;
}

export interface StubRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The parsed JSON body; the fields are whatever the caller sent. */
  readonly body: { readonly model?: string; readonly stream?: boolean; readonly [field: string]: unknown };
  /** The body as it came. */
  readonly raw: string;
  /** Counts from 0. */
  readonly index: number;
  /** `waiting` until the stub is done with it; `left` when the caller went away before. */
  outcome: 'waiting' | 'answered' | 'failed' | 'left';
}

export interface CountedTokens {
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
}
