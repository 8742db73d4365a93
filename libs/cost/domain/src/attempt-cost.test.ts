import { formatUsd, noTokens } from '@weighbridge/shared-domain';
import { describe, expect, test } from 'vitest';
import { attemptCost, worstCaseCost } from './attempt-cost.ts';
import { PublishedPrice, tokenPrice } from './token-price.ts';

const price = tokenPrice(
  PublishedPrice.parse({ inputUsdPerMillion: '3', cachedInputUsdPerMillion: '0.3', cacheWriteUsdPerMillion: '3.75', outputUsdPerMillion: '15' }),
);

describe('attemptCost, at $3 in, $0.30 cached, $3.75 to write the cache, $15 out per million tokens', () => {
  test.each([
    { usage: {}, usd: '0' },
    { usage: { inputTokens: 1_000_000 }, usd: '3' },
    { usage: { cachedInputTokens: 1_000_000 }, usd: '0.3' },
    { usage: { cacheWriteTokens: 1_000_000 }, usd: '3.75' },
    { usage: { outputTokens: 1_000_000 }, usd: '15' },
    { usage: { inputTokens: 1, cachedInputTokens: 1, cacheWriteTokens: 1, outputTokens: 1 }, usd: '0.00002205' },
    { usage: { outputTokens: 100, reasoningTokens: 80 }, usd: '0.0015' },
    { usage: { inputTokens: 1_000_000_000, cachedInputTokens: 1_000_000_000, cacheWriteTokens: 1_000_000_000, outputTokens: 1_000_000_000 }, usd: '22050' },
    { usage: { inputTokens: 333_333_333 }, usd: '999.999999' },
  ])('$usage costs $usd USD', ({ usage, usd }) => {
    expect(formatUsd(attemptCost({ ...noTokens, ...usage }, price))).toBe(usd);
  });

  test('the costs of the parts add up to the cost of the whole, to the last pico-dollar', () => {
    const parts = Array.from({ length: 997 }, (_, index) => ({ ...noTokens, inputTokens: index * 7 + 1, cachedInputTokens: index % 13, outputTokens: index * 3 }));

    const whole = parts.reduce((sum, part) => ({
      ...noTokens,
      inputTokens: sum.inputTokens + part.inputTokens,
      cachedInputTokens: sum.cachedInputTokens + part.cachedInputTokens,
      outputTokens: sum.outputTokens + part.outputTokens,
    }));

    expect(parts.reduce((sum, part) => sum + attemptCost(part, price), 0n)).toBe(attemptCost(whole, price));
  });
});

describe('worstCaseCost', () => {
  test.each([
    { inputTokens: 0, maxOutputTokens: 0, usd: '0' },
    { inputTokens: 1_000_000, maxOutputTokens: 0, usd: '3.75' },
    { inputTokens: 0, maxOutputTokens: 1_000_000, usd: '15' },
    { inputTokens: 200, maxOutputTokens: 100, usd: '0.00225' },
  ])('$inputTokens in and at most $maxOutputTokens out hold $usd USD', ({ usd, ...tokens }) => {
    expect(formatUsd(worstCaseCost(tokens, price))).toBe(usd);
  });

  test.each([
    { inputTokens: 10, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 5 },
    { inputTokens: 0, cachedInputTokens: 10, cacheWriteTokens: 0, outputTokens: 5 },
    { inputTokens: 0, cachedInputTokens: 0, cacheWriteTokens: 10, outputTokens: 5 },
    { inputTokens: 3, cachedInputTokens: 3, cacheWriteTokens: 4, outputTokens: 0 },
  ])('no split of the same tokens over the kinds costs more than what was held: %o', (usage) => {
    expect(attemptCost({ ...usage, reasoningTokens: 0 }, price)).toBeLessThanOrEqual(worstCaseCost({ inputTokens: 10, maxOutputTokens: 5 }, price));
  });

  test.each([
    { inputTokens: -1, maxOutputTokens: 1 },
    { inputTokens: 1, maxOutputTokens: -1 },
    { inputTokens: 1.5, maxOutputTokens: 1 },
    { inputTokens: 1, maxOutputTokens: Number.POSITIVE_INFINITY },
    { inputTokens: Number.NaN, maxOutputTokens: 1 },
  ])('refuses $inputTokens in and $maxOutputTokens out, which would give budget away', (tokens) => {
    expect(() => worstCaseCost(tokens, price)).toThrow(RangeError);
  });
});
