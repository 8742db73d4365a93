import { describe, expect, test } from 'vitest';
import type { ChatRequest } from './chat.ts';
import { estimateInputTokens, estimateUsage } from './token-estimate.ts';

const request = (content: ChatRequest['messages'][number]['content'], more: Record<string, unknown> = {}): ChatRequest =>
  ({ model: 'm', messages: [{ role: 'user', content }], ...more }) as ChatRequest;

const empty = estimateInputTokens(request(''));

describe('estimateInputTokens', () => {
  test.each([
    ['ASCII', 'What is 2 + 2?', 14],
    ['two bytes', 'éé', 4],
    ['three bytes', '漢字', 6],
    ['four bytes', '😀', 4],
    ['a lone surrogate', '\ud83d', 3],
  ])('counts every byte: %s', (_name, text, bytes) => {
    expect(estimateInputTokens(request(text)) - empty).toBe(bytes);
    expect(new TextEncoder().encode(text).length).toBe(bytes);
  });

  test('counts what a template puts around messages, tools, tool calls and images', () => {
    expect(empty).toBeGreaterThan(100);
    expect(estimateInputTokens({ ...request(''), messages: Array.from({ length: 10 }, () => ({ role: 'user' as const, content: '' })) })).toBeGreaterThan(empty + 100);
    expect(estimateInputTokens(request('', { tools: [{ type: 'function', function: { name: 'f', description: 'x'.repeat(1_000) } }] }))).toBeGreaterThan(empty + 2_000);
    expect(estimateInputTokens(request([{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }]))).toBeGreaterThan(empty + 48_000);
    expect(estimateInputTokens(request([{ type: 'input_audio', input_audio: { data: 'x'.repeat(500), format: 'wav' } }]))).toBeGreaterThan(empty + 500);
    const call = { id: 'call_1', type: 'function', function: { name: 'f', arguments: 'x'.repeat(300) } };
    expect(estimateInputTokens({ model: 'm', messages: [{ role: 'assistant', content: null, tool_calls: [call] }] })).toBeGreaterThan(empty + 300);
  });
});

test('estimated usage bounds the output by its bytes and the end token', () => {
  expect(estimateUsage(request(''), 'four')).toEqual({ inputTokens: empty, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 5, reasoningTokens: 0 });
  expect(estimateUsage(request(''), '').outputTokens).toBe(0);
});
