import type { BackendChat, BackendError } from '@weighbridge/inference-domain';

/**
 * What an OpenAI-compatible server understands of two fields on which servers differ. Learned from its refusals, which cost no tokens.
 * `max_tokens` is what vLLM, Ollama, llama-server and DeepSeek all obey (some ignore the newer name, and an ignored limit would break a budget);
 * OpenAI itself wants `max_completion_tokens`.
 */
export class Dialect {
  #limitField: 'max_tokens' | 'max_completion_tokens';
  #asksForUsage = true;

  constructor(baseUrl: URL) {
    const host = baseUrl.hostname;
    this.#limitField = host === 'api.openai.com' || host.endsWith('.openai.azure.com') ? 'max_completion_tokens' : 'max_tokens';
  }

  /** The body for the server: its name of the model, our limit, and usage asked for in every stream. */
  body(chat: BackendChat, upstreamModel: string, stream: boolean): string {
    const { max_tokens: _old, max_completion_tokens: _new, stream_options: streamOptions, stream: _stream, metadata, ...rest } = chat.request;
    return JSON.stringify({
      ...rest,
      model: upstreamModel,
      [this.#limitField]: chat.maxOutputTokens,
      // OpenAI refuses metadata on calls that it does not store.
      ...(rest.store === true && metadata != null ? { metadata } : {}),
      ...(stream ? { stream: true } : {}),
      ...(stream && this.#asksForUsage ? { stream_options: { ...streamOptions, include_usage: true } } : {}),
    });
  }

  /** Whether a refusal shows that the server wants another body; the same call may then be made again. True at most once for each field. */
  learn(refusal: BackendError): boolean {
    if (refusal.kind !== 'rejected') return false;
    if (this.#asksForUsage && /stream_options|include_usage/.test(refusal.message)) {
      this.#asksForUsage = false;
      return true;
    }
    if (this.#limitField === 'max_tokens' && refusal.message.includes('max_completion_tokens')) {
      this.#limitField = 'max_completion_tokens';
      return true;
    }
    return false;
  }
}
