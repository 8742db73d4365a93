import { picoUsd } from '@weighbridge/shared-domain';
import type { PicoUsd, TokenUsage } from '@weighbridge/shared-domain';
import type { TokenPrice } from './token-price.ts';

/**
 * Cost of one attempt, in pico-USD. Prices are pico-USD per token, so the sum is exact and nothing is rounded.
 * The kinds of tokens do not overlap (see `TokenUsage`); reasoning tokens are part of the output tokens and priced with them.
 */
export function attemptCost(usage: TokenUsage, price: TokenPrice): PicoUsd {
  return picoUsd(
    BigInt(usage.inputTokens) * price.input +
      BigInt(usage.cachedInputTokens) * price.cachedInput +
      BigInt(usage.cacheWriteTokens) * price.cacheWrite +
      BigInt(usage.outputTokens) * price.output,
  );
}

const dearest = (...prices: PicoUsd[]): PicoUsd => prices.reduce((a, b) => (b > a ? b : a));

/**
 * The most that an attempt can cost: every input token at the dearest of the input prices (a cache write can cost more than a plain read),
 * and as many output tokens as the request allows. This is what admission holds. Throws a RangeError on counts that are negative or not whole.
 */
export function worstCaseCost(tokens: { readonly inputTokens: number; readonly maxOutputTokens: number }, price: TokenPrice): PicoUsd {
  return picoUsd(count(tokens.inputTokens) * dearest(price.input, price.cachedInput, price.cacheWrite) + count(tokens.maxOutputTokens) * price.output);
}

/** A hold for a negative count would give budget away. */
function count(tokens: number): bigint {
  if (!Number.isSafeInteger(tokens) || tokens < 0) throw new RangeError(`a number of tokens is a whole number from 0, not ${tokens}`);
  return BigInt(tokens);
}
