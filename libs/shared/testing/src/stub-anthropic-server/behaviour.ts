/** How the stub treats one request. Nothing is waited for unless asked. */
export type AnthropicStubBehaviour =
  | AnthropicStubAnswer
  /** An error in Anthropic's shape. `retryAfter` goes out as it is. */
  | { readonly kind: 'fail'; readonly status: number; readonly type: string; readonly message?: string; readonly retryAfter?: string }
  /** Status 200, so many events of the answer, and then an error event; a plain answer fails with 529 instead. */
  | { readonly kind: 'error-event'; readonly afterEvents: number; readonly type: string; readonly answer?: AnthropicStubAnswer }
  /** The connection breaks after so many events of the stream; a plain answer in the middle of its body. */
  | { readonly kind: 'cut'; readonly afterEvents: number; readonly answer?: AnthropicStubAnswer }
  /** So many events, and then nothing until the caller leaves. */
  | { readonly kind: 'hang'; readonly afterEvents: number; readonly answer?: AnthropicStubAnswer }
  /** These bytes, with status 200. */
  | { readonly kind: 'raw'; readonly body: string; readonly contentType: string };

export interface AnthropicStubAnswer {
  readonly kind: 'answer';
  /** Default "Weighed and found exact."; each word is an event of a stream. */
  readonly text?: string;
  /** Shown before the text, with a signature. */
  readonly thinking?: string;
  readonly toolCalls?: readonly { readonly id: string; readonly name: string; readonly input: unknown }[];
  readonly stopReason?: string;
  /** As the API reports it: `input_tokens` without what was read from and written to the cache. Default: 12 in, a token per word out. */
  readonly usage?: Readonly<Record<string, unknown>>;
}

export interface AnthropicStubRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** `left`: the caller went away before the stub was done. */
  outcome: 'waiting' | 'answered' | 'refused' | 'failed' | 'left';
}
