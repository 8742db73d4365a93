import { describe, expect, test } from 'vitest';
import { CompletionRequest, chatsOfCompletion, createTextStream, mostPrompts, textChoices, textCompletionBody } from './index.ts';
import type { ChatChoice, TextCompletion } from './index.ts';

const usage = { inputTokens: 5, cachedInputTokens: 1, cacheWriteTokens: 0, outputTokens: 3, reasoningTokens: 0 };
const head = { id: 'cmpl-1', created: 1, model: 'm' };
const chats = (more: object) => chatsOfCompletion(CompletionRequest.parse({ model: 'm', prompt: 'hi', ...more }));

describe('a completion as chats', () => {
  test.each([
    { what: 'a prompt', more: {}, is: [{ messages: [{ role: 'user', content: 'hi' }], max_tokens: 16 }] },
    { what: 'several prompts', more: { prompt: ['a', 'b'] }, is: [{ messages: [{ content: 'a' }] }, { messages: [{ content: 'b' }] }] },
    { what: 'sampling, limits and who asks', more: { max_tokens: 7, temperature: 0.5, n: 2, stop: ['x'], seed: 1, user: 'u', presence_penalty: 1 }, is: [{ max_tokens: 7, temperature: 0.5, n: 2, stop: ['x'], seed: 1, user: 'u', presence_penalty: 1 }] },
    { what: 'log probabilities', more: { logprobs: 3 }, is: [{ logprobs: true, top_logprobs: 3 }] },
    { what: 'fields that change nothing', more: { echo: false, suffix: '', best_of: 1 }, is: [{ messages: [{ content: 'hi' }] }] },
    { what: 'best_of within n', more: { n: 3, best_of: 3 }, is: [{ n: 3 }] },
    { what: 'fields that nobody knows yet', more: { novelty: 1 }, is: [{ novelty: 1 }] },
  ])('$what', ({ more, is }) => {
    const translated = chats(more);
    expect(translated).toMatchObject({ ok: true, value: is });
    if (!translated.ok) return;
    for (const chat of translated.value) for (const field of ['prompt', 'echo', 'suffix', 'best_of', 'stream']) expect(chat).not.toHaveProperty(field);
  });

  test.each([
    { what: 'tokens', more: { prompt: [1, 2] }, paths: [['prompt']], unsupported: true },
    { what: 'token lists', more: { prompt: [[1], [2]] }, paths: [['prompt']], unsupported: true },
    { what: 'more prompts than one request may have', more: { prompt: Array(mostPrompts + 1).fill('a') }, paths: [['prompt']], unsupported: true },
    { what: 'echo and suffix, both named', more: { echo: true, suffix: 'x' }, paths: [['echo'], ['suffix']], unsupported: true },
    { what: 'best_of above n', more: { best_of: 2 }, paths: [['best_of']], unsupported: true },
    { what: 'scoring a prompt', more: { max_tokens: 0 }, paths: [['max_tokens']], unsupported: true },
    { what: 'a field of the wrong type that only chat knows', more: { presence_penalty: 'much' }, paths: [['presence_penalty']], unsupported: false },
  ])('is refused: $what', ({ more, paths, unsupported }) => {
    const translated = chats(more);
    expect(translated.ok ? [] : translated.faults.map(({ path }) => path)).toEqual(paths);
    expect(translated.ok ? null : translated.faults.every((fault) => fault.unsupported)).toBe(unsupported);
  });
});

const choice = (content: string | null, more: Partial<ChatChoice> = {}): ChatChoice => ({ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop', ...more });
const token = (text: string, logprob: number) => ({ token: text, logprob, bytes: null, top_logprobs: [{ token: text, logprob, bytes: null }, { token: 'other', logprob: -9, bytes: null }] });

describe('a text completion', () => {
  test.each([
    { what: 'a text', answer: choice('gold'), is: { text: 'gold', index: 4, logprobs: null, finish_reason: 'stop' } },
    { what: 'a text that was cut', answer: choice('go', { finish_reason: 'length' }), is: { text: 'go', finish_reason: 'length' } },
    { what: 'a refusal', answer: choice(null, { message: { role: 'assistant', content: null, refusal: 'No.' } }), is: { text: 'No.' } },
    { what: 'nothing', answer: choice(null), is: { text: '' } },
    {
      what: 'log probabilities',
      answer: choice('ab c', { logprobs: { content: [token('ab', -0.1), token(' c', -0.2)] } }),
      is: { logprobs: { tokens: ['ab', ' c'], token_logprobs: [-0.1, -0.2], top_logprobs: [{ ab: -0.1, other: -9 }, { ' c': -0.2, other: -9 }], text_offset: [0, 2] } },
    },
  ])('of $what', ({ answer, is }) => {
    expect(textChoices([answer], 4)).toMatchObject([is]);
  });

  test('has its usage as OpenAI counts it', () => {
    expect(textCompletionBody(head, [], usage)).toMatchObject({ object: 'text_completion', usage: { prompt_tokens: 6, completion_tokens: 3, total_tokens: 9 } });
  });
});

describe('a text stream', () => {
  const streamed = (includeUsage: boolean, run: (stream: ReturnType<typeof createTextStream>) => void) => {
    const chunks: TextCompletion[] = [];
    run(createTextStream({ head, includeUsage, answersPerPrompt: 2, send: (chunk) => chunks.push(chunk) }));
    return chunks;
  };
  const places = (chunks: readonly TextCompletion[]) => chunks.flatMap(({ choices }) => choices.map(({ index, text, finish_reason: reason }) => [index, text, reason]));

  test('numbers answers over all prompts and ends each once', () => {
    const chunks = streamed(false, (stream) => {
      stream.delta(0, { index: 0, content: 'a' });
      stream.delta(1, { index: 1, content: 'b', finishReason: 'length' });
      stream.finish([[choice('a'), choice('late', { index: 1 })], [choice(null), choice('b', { index: 1 })]], usage);
    });

    expect(places(chunks)).toEqual([[0, 'a', null], [3, 'b', null], [3, '', 'length'], [0, '', 'stop'], [1, 'late', null], [1, '', 'stop'], [2, '', 'stop']]);
    for (const chunk of chunks) expect(chunk).not.toHaveProperty('usage');
  });

  test('tells the usage where it was asked for, and nowhere else', () => {
    const chunks = streamed(true, (stream) => {
      stream.delta(0, { index: 0, content: 'a' });
      stream.finish([[choice('a')]], usage, { weighbridge: { cost_usd: '1' } });
    });

    expect(chunks.slice(0, -1).every(({ usage: told }) => told === null)).toBe(true);
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 9, weighbridge: { cost_usd: '1' } } });
  });

  test('counts where each token stands in the text', () => {
    const chunks = streamed(false, (stream) => {
      stream.delta(0, { index: 0, content: 'ab', logprobs: { content: [token('ab', -1)] } });
      stream.delta(0, { index: 0, content: 'c', logprobs: { content: [token('c', -1)] } });
    });

    expect(chunks.map(({ choices }) => choices[0]?.logprobs)).toMatchObject([{ text_offset: [0] }, { text_offset: [2] }]);
  });
});
