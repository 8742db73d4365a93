import { describe, expect, test } from 'vitest';
import { TokenUsage, noTokens, totalInputTokens } from './token-usage.ts';

describe('TokenUsage', () => {
  test('the kinds of input add up, reasoning is part of the output', () => {
    expect(totalInputTokens({ inputTokens: 1, cachedInputTokens: 20, cacheWriteTokens: 300, outputTokens: 4_000, reasoningTokens: 3_000 })).toBe(321);
  });

  test.each([-1, 0.5, 1_000_000_001, Number.NaN, '1', null])('refuses a count of %s', (count) => {
    expect(TokenUsage.safeParse({ ...noTokens, inputTokens: count }).success).toBe(false);
  });

  test('needs every kind: a missing count is not a zero', () => {
    const { reasoningTokens: _, ...incomplete } = noTokens;

    expect(TokenUsage.safeParse(incomplete).success).toBe(false);
    expect(TokenUsage.parse(noTokens)).toEqual(noTokens);
  });
});
