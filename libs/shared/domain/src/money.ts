import { z } from 'zod';

/**
 * Money is whole pico-US-dollars (1e-12 USD) in a `bigint`, a decimal string of US dollars in JSON and `numeric(30,12)` in PostgreSQL.
 * Every published token price is a whole number of pico-USD per token, so price times tokens is exact and nothing is ever rounded.
 */
export const PicoUsd = z.bigint().brand<'PicoUsd'>();
export type PicoUsd = z.infer<typeof PicoUsd>;

const PICO_PER_USD = 1_000_000_000_000n;
const decimalPattern = /^-?\d{1,18}(\.\d{1,12})?$/;

export const picoUsd = (value: bigint): PicoUsd => value as PicoUsd;
export const zeroUsd = picoUsd(0n);

/** `"0.0005"` -> 500_000_000n. Throws a RangeError on anything but a plain decimal with at most 12 places. */
export function parseUsd(text: string): PicoUsd {
  if (!decimalPattern.test(text)) throw new RangeError(`not a decimal amount of US dollars with at most 12 places: ${JSON.stringify(text)}`);
  const negative = text.startsWith('-');
  const [whole = '0', fraction = ''] = (negative ? text.slice(1) : text).split('.');
  const pico = BigInt(whole) * PICO_PER_USD + BigInt(fraction.padEnd(12, '0'));
  return picoUsd(negative ? -pico : pico);
}

/** 500_000_000n -> `"0.0005"`. Exact; no trailing zeros; zero is `"0"`. */
export function formatUsd(amount: bigint): string {
  const magnitude = amount < 0n ? -amount : amount;
  const fraction = (magnitude % PICO_PER_USD).toString().padStart(12, '0').replace(/0+$/, '');
  const text = `${magnitude / PICO_PER_USD}${fraction ? `.${fraction}` : ''}`;
  return amount < 0n ? `-${text}` : text;
}

export const sumUsd = (amounts: Iterable<bigint>): PicoUsd => {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return picoUsd(total);
};

/** A non-negative decimal string of US dollars in JSON, e.g. `"0.0005"`. It stays a string on the wire: {@link parseUsd} makes it exact money. */
export const UsdAmount = z
  .string()
  .regex(/^\d{1,18}(\.\d{1,12})?$/, 'must be a decimal string of US dollars with at most 12 places, like "0.0005"')
  .meta({ id: 'UsdAmount', description: 'US dollars as a decimal string, exact to 1e-12', examples: ['0.0005'] });

/** Like {@link UsdAmount}, and may be negative (corrections). */
export const SignedUsdAmount = z.string().regex(decimalPattern, 'must be a decimal string of US dollars with at most 12 places, like "-0.0005"');
