import { describe, expect, test } from 'vitest';
import { PublishedPrice, tokenPrice } from './token-price.ts';

describe('tokenPrice', () => {
  test.each([
    { what: '$3 and $15 per million', published: { inputUsdPerMillion: '3', outputUsdPerMillion: '15' }, input: 3_000_000n, cachedInput: 3_000_000n, cacheWrite: 3_000_000n, output: 15_000_000n },
    {
      what: 'own prices for the cache',
      published: { inputUsdPerMillion: '3', cachedInputUsdPerMillion: '0.30', cacheWriteUsdPerMillion: '3.75', outputUsdPerMillion: '15' },
      input: 3_000_000n,
      cachedInput: 300_000n,
      cacheWrite: 3_750_000n,
      output: 15_000_000n,
    },
    { what: 'the smallest price there is, 1 pico-USD a token', published: { inputUsdPerMillion: '0.000001', outputUsdPerMillion: '0' }, input: 1n, cachedInput: 1n, cacheWrite: 1n, output: 0n },
    { what: 'the dearest price there is, 1 USD a token', published: { inputUsdPerMillion: '1000000', outputUsdPerMillion: '1000000.000000' }, input: 10n ** 12n, cachedInput: 10n ** 12n, cacheWrite: 10n ** 12n, output: 10n ** 12n },
    { what: 'a free cache', published: { inputUsdPerMillion: '1', cachedInputUsdPerMillion: '0', outputUsdPerMillion: '2' }, input: 1_000_000n, cachedInput: 0n, cacheWrite: 1_000_000n, output: 2_000_000n },
  ])('$what', ({ published, input, cachedInput, cacheWrite, output }) => {
    expect(tokenPrice(PublishedPrice.parse(published))).toEqual({ input, cachedInput, cacheWrite, output });
  });
});

describe('PublishedPrice', () => {
  test.each([
    ['a price that is no whole number of pico-USD a token', { inputUsdPerMillion: '0.0000001', outputUsdPerMillion: '1' }, /at most 6 decimal places/],
    ['seven places in any of the prices', { inputUsdPerMillion: '1', outputUsdPerMillion: '1', cacheWriteUsdPerMillion: '1.0000005' }, /at most 6 decimal places/],
    ['more than a dollar a token', { inputUsdPerMillion: '1000000.000001', outputUsdPerMillion: '1' }, /at most 1000000/],
    ['a negative price', { inputUsdPerMillion: '-1', outputUsdPerMillion: '1' }, /decimal string/],
    ['a number', { inputUsdPerMillion: 3, outputUsdPerMillion: '15' }, /expected string/],
    ['an exponent', { inputUsdPerMillion: '1e3', outputUsdPerMillion: '15' }, /decimal string/],
    ['no output price', { inputUsdPerMillion: '3' }, /expected string/],
  ])('refuses %s', (_, published, message) => {
    expect(() => PublishedPrice.parse(published)).toThrow(message);
  });

  test('takes more than six places when those past the sixth are zero', () => {
    expect(PublishedPrice.safeParse({ inputUsdPerMillion: '0.1500000000', outputUsdPerMillion: '0.6' }).success).toBe(true);
  });
});
