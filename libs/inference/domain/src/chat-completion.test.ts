import { describe, expect, test } from 'vitest';
import { ChatCompletion, ChatCompletionChunk, chunkBody, completionBody, usageChunkBody } from './chat-completion.ts';

const head = { id: 'chatcmpl-8Zk', created: 1_767_225_600, model: 'chat-default' };
const usage = { inputTokens: 15, cachedInputTokens: 4, cacheWriteTokens: 0, outputTokens: 10, reasoningTokens: 3 };

test('a completion carries every member that OpenAI requires', () => {
  const body = completionBody({
    ...head,
    choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
    usage,
  });

  expect(body).toEqual({
    id: 'chatcmpl-8Zk',
    object: 'chat.completion',
    created: 1_767_225_600,
    model: 'chat-default',
    choices: [{ index: 0, message: { role: 'assistant', content: 'Hello', refusal: null }, logprobs: null, finish_reason: 'stop' }],
    usage: {
      prompt_tokens: 19,
      completion_tokens: 10,
      total_tokens: 29,
      prompt_tokens_details: { cached_tokens: 4, cache_write_tokens: 0, audio_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 3, audio_tokens: 0, accepted_prediction_tokens: 0, rejected_prediction_tokens: 0 },
    },
    service_tier: 'default',
    system_fingerprint: null,
  });
  expect(ChatCompletion.safeParse(body).success).toBe(true);
});

describe('chunks', () => {
  test('say `usage: null` only to a client that asked for usage', () => {
    const asked = chunkBody({ ...head, delta: { role: 'assistant', content: '' }, includeUsage: true });
    const notAsked = chunkBody({ ...head, delta: { content: 'Hel' }, includeUsage: false });

    expect(asked).toEqual({
      ...head,
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta: { role: 'assistant', content: '' }, logprobs: null, finish_reason: null }],
      usage: null,
    });
    expect(notAsked).not.toHaveProperty('usage');
    expect(ChatCompletionChunk.safeParse(asked).success).toBe(true);
  });

  test('end with one whose choices are empty and whose usage is whole', () => {
    const body = usageChunkBody(head, usage);

    expect(body.choices).toEqual([]);
    expect(body.usage).toMatchObject({ prompt_tokens: 19, completion_tokens: 10, total_tokens: 29 });
  });
});
