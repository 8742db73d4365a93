import type { Backend, BackendDelta, BackendReply } from '@weighbridge/inference-domain';
import { ChatRequest } from '@weighbridge/inference-domain';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chunk, events, json, startTestUpstream, textChunk } from './test-upstream.ts';
import type { TestUpstream } from './test-upstream.ts';

let upstream: TestUpstream;
beforeAll(async () => {
  upstream = await startTestUpstream();
});
beforeEach(() => {
  upstream.received = [];
});
afterAll(() => upstream?.close());

const request = ChatRequest.parse({ model: 'chat-default', messages: [{ role: 'user', content: 'Say hello' }] });
const completion = {
  id: 'chatcmpl-up',
  object: 'chat.completion',
  created: 1,
  model: 'upstream-1',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 19, completion_tokens: 2, total_tokens: 21 },
};

const call = (backend: Backend, options: { onDelta?: (delta: BackendDelta) => void } = {}): Promise<BackendReply> => backend.chat({ request, maxOutputTokens: 64 }, { signal: new AbortController().signal, ...options });

describe('dialects', () => {
  test('DeepSeek: tokens that hit its cache are cached input, and its thinking is reasoning', async () => {
    const reported = { prompt_tokens: 100, completion_tokens: 40, total_tokens: 140, prompt_cache_hit_tokens: 64, prompt_cache_miss_tokens: 36, completion_tokens_details: { reasoning_tokens: 30 } };
    upstream.answer = json(200, { ...completion, choices: [{ index: 0, message: { role: 'assistant', content: '5', reasoning_content: '2 + 3' }, finish_reason: 'stop' }], usage: reported });

    expect(await call(upstream.openBackend())).toMatchObject({
      message: { content: '5', reasoning_content: '2 + 3' },
      usage: { inputTokens: 36, cachedInputTokens: 64, cacheWriteTokens: 0, outputTokens: 40, reasoningTokens: 30 },
      settlement: 'exact',
    });
  });

  test('DeepSeek: the same at the end of a stream, where the last chunk has a choice and usage', async () => {
    upstream.answer = events(
      chunk([{ index: 0, delta: { role: 'assistant', content: null, reasoning_content: 'hm' }, finish_reason: null }]),
      chunk([{ index: 0, delta: { content: '', reasoning_content: null }, finish_reason: 'stop' }], { usage: { prompt_tokens: 100, completion_tokens: 9, prompt_cache_hit_tokens: 100, prompt_cache_miss_tokens: 0 } }),
      'data: [DONE]\n\n',
    );

    expect(await call(upstream.openBackend(), { onDelta: () => undefined })).toMatchObject({ message: { reasoning_content: 'hm' }, usage: { inputTokens: 0, cachedInputTokens: 100, outputTokens: 9 }, settlement: 'exact' });
  });

  test('models that reason: the newer limit, developer messages and effort pass, reasoning and cache are counted as parts', async () => {
    const reported = { prompt_tokens: 80, completion_tokens: 50, total_tokens: 130, prompt_tokens_details: { cached_tokens: 32, cache_write_tokens: 8 }, completion_tokens_details: { reasoning_tokens: 48 } };
    upstream.answer = (given, response) =>
      ('max_tokens' in given.body
        ? json(400, { error: { message: "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", type: 'invalid_request_error', param: 'max_tokens', code: 'unsupported_parameter' } })
        : json(200, { ...completion, usage: reported }))(given, response);
    const backend = upstream.openBackend();
    const asked = ChatRequest.parse({ model: 'm', messages: [{ role: 'developer', content: 'Be exact.' }, { role: 'user', content: '2 + 3?' }], reasoning_effort: 'high', max_completion_tokens: 500 });

    const reply = await backend.chat({ request: asked, maxOutputTokens: 500 }, { signal: new AbortController().signal });

    expect(reply).toMatchObject({ usage: { inputTokens: 40, cachedInputTokens: 32, cacheWriteTokens: 8, outputTokens: 50, reasoningTokens: 48 }, settlement: 'exact' });
    expect(upstream.received.at(-1)?.body).toMatchObject({ messages: [{ role: 'developer' }, { role: 'user' }], reasoning_effort: 'high', max_completion_tokens: 500 });
    expect(upstream.received.at(-1)?.body).not.toHaveProperty('max_tokens');
  });

  test('an answer that is all reasoning, cut by its limit, is exact and says length', async () => {
    upstream.answer = json(200, { ...completion, choices: [{ index: 0, message: { role: 'assistant', content: '' }, finish_reason: 'length' }], usage: { prompt_tokens: 9, completion_tokens: 64, completion_tokens_details: { reasoning_tokens: 64 } } });

    expect(await call(upstream.openBackend())).toMatchObject({ finishReason: 'length', usage: { outputTokens: 64, reasoningTokens: 64 }, settlement: 'exact' });
  });
});

describe('what a server does not understand is learned once', () => {
  test('stream_options', async () => {
    upstream.answer = (given, response) =>
      ('stream_options' in given.body
        ? json(400, { detail: 'Unknown field: stream_options' })
        : events(textChunk('Hello', 'stop'), 'data: [DONE]\n\n'))(given, response);
    const backend = upstream.openBackend();

    const first = await call(backend, { onDelta: () => undefined });
    await call(backend, { onDelta: () => undefined });

    expect(first).toMatchObject({ message: { content: 'Hello' }, settlement: 'estimated' });
    expect(upstream.received.map(({ body }) => 'stream_options' in body)).toEqual([true, false, false]);
  });

  test('max_tokens', async () => {
    upstream.answer = (given, response) =>
      ('max_tokens' in given.body
        ? json(400, { error: { message: "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.", code: 'unsupported_parameter' } })
        : json(200, completion))(given, response);
    const backend = upstream.openBackend();

    await call(backend);
    await call(backend);

    expect(upstream.received.map(({ body }) => body.max_completion_tokens)).toEqual([undefined, 64, 64]);
  });
});
