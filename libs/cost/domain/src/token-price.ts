import { UsdAmount, parseUsd } from '@weighbridge/shared-domain';
import type { PicoUsd } from '@weighbridge/shared-domain';
import { z } from 'zod';

/** Prices per token by kind, in pico-USD (1e-12 USD). $3 per million tokens is 3_000_000n. */
export interface TokenPrice {
  readonly input: PicoUsd;
  readonly cachedInput: PicoUsd;
  readonly cacheWrite: PicoUsd;
  readonly output: PicoUsd;
}

/**
 * Prices as providers publish them and as they travel in JSON: US dollars per million tokens.
 * Absent cache prices mean that the provider charges cached tokens like any input token.
 */
export const PublishedPrice = z
  .object({
    inputUsdPerMillion: UsdAmount,
    cachedInputUsdPerMillion: UsdAmount.optional(),
    cacheWriteUsdPerMillion: UsdAmount.optional(),
    outputUsdPerMillion: UsdAmount,
  })
  .refine((price) => Object.values(price).every((usd) => usd === undefined || isWholePico(usd)), {
    message: 'a price per million tokens may have at most 6 decimal places, so that one token costs a whole number of pico-dollars',
  })
  .refine((price) => Object.values(price).every((usd) => usd === undefined || isPlausible(usd)), {
    message: 'a price per million tokens may be at most 1000000 US dollars, so that no cost outgrows what the ledger can hold',
  });
export type PublishedPrice = z.infer<typeof PublishedPrice>;

const TOKENS_PER_PRICE = 1_000_000n;
const DEAREST_PER_MILLION = parseUsd('1000000');

// What is no amount at all has been reported already.
const isAmount = (text: string): boolean => UsdAmount.safeParse(text).success;
const isWholePico = (usdPerMillion: string): boolean => !isAmount(usdPerMillion) || parseUsd(usdPerMillion) % TOKENS_PER_PRICE === 0n;
const isPlausible = (usdPerMillion: string): boolean => !isAmount(usdPerMillion) || parseUsd(usdPerMillion) <= DEAREST_PER_MILLION;

/** Exact: the schema of {@link PublishedPrice} refuses what would need rounding. */
export function tokenPrice(published: PublishedPrice): TokenPrice {
  const perToken = (usd: string): PicoUsd => (parseUsd(usd) / TOKENS_PER_PRICE) as PicoUsd;
  const input = perToken(published.inputUsdPerMillion);
  return {
    input,
    cachedInput: published.cachedInputUsdPerMillion === undefined ? input : perToken(published.cachedInputUsdPerMillion),
    cacheWrite: published.cacheWriteUsdPerMillion === undefined ? input : perToken(published.cacheWriteUsdPerMillion),
    output: perToken(published.outputUsdPerMillion),
  };
}
