import { AppError, picoUsd } from '@weighbridge/shared-domain';
import type { PicoUsd } from '@weighbridge/shared-domain';

const PICO_PER_USD = 1_000_000_000_000n;

const mostPicoUsd = 10n ** 15n * PICO_PER_USD;

/** Amounts are not negative here, and at most 1e15 USD. Throws a RangeError. */
export function checkAmount(amountPicoUsd: bigint): bigint {
  if (amountPicoUsd < 0n || amountPicoUsd > mostPicoUsd) throw new RangeError('an amount of money to hold or to settle is between 0 and 1e15 USD');
  return amountPicoUsd;
}

/**
 * Lua counts in doubles, exact only to 2^53, which is 9,007 USD in pico-USD. So an amount goes to Redis in two parts, whole dollars
 * and pico-USD below one dollar: each exact, up to nine quadrillion dollars.
 */
export const toLimbs = (amountPicoUsd: bigint): [usd: string, pico: string] => [
  `${checkAmount(amountPicoUsd) / PICO_PER_USD}`,
  `${amountPicoUsd % PICO_PER_USD}`,
];

export const fromLimbs = (usd: string | null | undefined, pico: string | null | undefined): PicoUsd =>
  picoUsd(BigInt(usd ?? 0) * PICO_PER_USD + BigInt(pico ?? 0));

/** A home that is away, or answers with an error, means that no budget can be checked. */
export async function orUnavailable<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (cause) {
    throw new AppError('budget.unavailable', `budget holds: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
