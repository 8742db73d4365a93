import type { Backend } from '@weighbridge/inference-domain';
import { tokenUsageFromOpenAi } from '@weighbridge/inference-domain';
import type { HttpServerOptions } from '../http/http-backend.ts';
import { createHttpBackend } from '../http/http-backend.ts';
import type { Wire } from '../http/wire.ts';
import { readCompletion } from './answer.ts';
import { Dialect } from './dialect.ts';
import { createOpenAiEmbeddings } from './openai-embeddings.ts';
import { StreamedAnswer } from './streamed-answer.ts';

const wire: Wire = {
  createReader: () => new StreamedAnswer(),
  readWhole: readCompletion,
  readUsage: (reported) => {
    const usage = tokenUsageFromOpenAi(reported);
    return usage === null ? null : { usage, certain: true };
  },
  statusOfError: () => undefined,
  eventsAreProgress: false,
};

/**
 * A backend for any server that speaks OpenAI's chat completions: vLLM, llama-server, Ollama, DeepSeek, OpenAI.
 * It has `/chat/completions`, and perhaps `/embeddings`, under the base URL, e.g. `http://127.0.0.1:8000/v1`; the key is sent as a bearer token.
 */
export function createOpenAiBackend(options: HttpServerOptions): Backend {
  const { baseUrl, apiKey, upstreamModel } = options;
  const dialect = new Dialect(baseUrl);
  const embeddings = createOpenAiEmbeddings(options);
  const chat = createHttpBackend(
    {
      kind: 'openai',
      path: `${baseUrl.pathname.replace(/\/+$/, '')}/chat/completions${baseUrl.search}`,
      headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
      wire,
      body: (chat, stream) => dialect.body(chat, upstreamModel, stream),
      learn: (refusal) => dialect.learn(refusal),
    },
    options,
  );
  return {
    ...chat,
    embed: embeddings.embed,
    close: async () => {
      embeddings.close();
      await chat.close();
    },
  };
}
