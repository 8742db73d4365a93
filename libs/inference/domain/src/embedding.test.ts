import { describe, expect, test } from 'vitest';
import { EmbeddingRequest, ModelRequest, embeddingCount, embeddingListBody, estimateEmbeddingTokens, estimateEmbeddingUsage, isEmbeddingRequest } from './index.ts';

describe('a request for embeddings', () => {
  test.each([
    { input: 'abc', count: 1, tokens: 19 },
    { input: 'ü€😀', count: 1, tokens: 25 },
    { input: ['a', 'bc'], count: 2, tokens: 35 },
    { input: [7, 8, 9], count: 1, tokens: 19 },
    { input: [[7], [8, 9]], count: 2, tokens: 35 },
  ])('$input: $count vectors, at most $tokens tokens', ({ input, count, tokens }) => {
    expect(embeddingCount({ input })).toBe(count);
    expect(estimateEmbeddingTokens({ input })).toBe(tokens);
    expect(estimateEmbeddingUsage({ input })).toMatchObject({ inputTokens: tokens, outputTokens: 0 });
  });

  test.each([
    { body: { model: 'm', input: 'a' }, accepted: true },
    { body: { model: 'm', input: ['a'], encoding_format: 'base64', dimensions: 8, user: 'u' }, accepted: true },
    { body: { model: 'm', input: '' }, accepted: false },
    { body: { model: 'm', input: [] }, accepted: false },
    { body: { model: 'm', input: ['a', 1] }, accepted: false },
    { body: { model: 'm', input: 'a', encoding_format: 'int8' }, accepted: false },
    { body: { model: 'm', input: 'a', dimensions: 0 }, accepted: false },
    { body: { model: 'm', input: 'a', messages: [{ role: 'user', content: 'hi' }] }, accepted: false },
  ])('$body: accepted $accepted', ({ body, accepted }) => {
    expect(EmbeddingRequest.safeParse(body).success).toBe(accepted);
  });

  test('is told from a chat, also by its next reader', () => {
    const read = (body: object) => isEmbeddingRequest(ModelRequest.parse(JSON.parse(JSON.stringify(body))));
    expect(read({ model: 'm', input: 'a' })).toBe(true);
    expect(read({ model: 'm', messages: [{ role: 'user', content: 'hi' }] })).toBe(false);
    expect(read({ model: 'm', input: 'a field of the future', messages: [{ role: 'user', content: 'hi' }] })).toBe(false);
  });
});

describe('a list of embeddings', () => {
  const usage = { inputTokens: 3, cachedInputTokens: 1, cacheWriteTokens: 0, outputTokens: 0, reasoningTokens: 0 };
  const base64 = Buffer.from(Float32Array.from([0.5, -2, 1e-3]).buffer).toString('base64');
  const list = (embeddings: (string | number[])[], format: 'float' | 'base64' | undefined) => embeddingListBody({ model: 'm', embeddings, format, usage }).data.map(({ embedding }) => embedding);

  test.each([
    { what: 'numbers as base64', given: [0.5, -2, 1e-3], format: 'base64' as const, is: base64 },
    { what: 'base64 as it is', given: base64, format: 'base64' as const, is: base64 },
    { what: 'base64 as numbers', given: base64, format: 'float' as const, is: [0.5, -2, Math.fround(1e-3)] },
    { what: 'numbers where nothing was asked for', given: [0.1], format: undefined, is: [0.1] },
  ])('$what', ({ given, format, is }) => {
    expect(list([given], format)).toEqual([is]);
  });

  test('counts cached tokens among the prompt’s, and numbers its vectors', () => {
    expect(embeddingListBody({ model: 'm', embeddings: [[1], [2]], format: 'float', usage })).toEqual({
      object: 'list',
      model: 'm',
      data: [{ object: 'embedding', index: 0, embedding: [1] }, { object: 'embedding', index: 1, embedding: [2] }],
      usage: { prompt_tokens: 4, total_tokens: 4 },
    });
  });
});
