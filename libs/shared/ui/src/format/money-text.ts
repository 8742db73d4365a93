import { parseUsd } from '@weighbridge/shared-domain';

const PICO_PER_USD = 1_000_000_000_000n;
const significantDigits = 3;

/**
 * US dollars for people, from the decimal string of the API and without a float on the way. From a dollar up: cents. Below: three significant
 * digits, because a call costs fractions of a cent, and "$0.00" would be a lie. Cut, not rounded: what is shown is never more than what was spent.
 */
export function moneyText(usd: string): string {
  const pico = parseUsd(usd);
  const magnitude = pico < 0n ? 0n - pico : pico;
  const sign = pico < 0n ? '−' : '';
  if (magnitude === 0n) return '$0';
  if (magnitude >= PICO_PER_USD) {
    const cents = ((magnitude % PICO_PER_USD) / 10_000_000_000n).toString().padStart(2, '0');
    return `${sign}$${grouped(magnitude / PICO_PER_USD)}.${cents}`;
  }
  const fraction = magnitude.toString().padStart(12, '0');
  const first = fraction.search(/[1-9]/);
  const places = Math.max(2, first + significantDigits);
  const shown = fraction.slice(0, places).replace(/0+$/, '').padEnd(2, '0');
  return `${sign}$0.${shown}`;
}

/** All digits, for titles and copies: `$0.000123456789`. */
export function exactMoneyText(usd: string): string {
  const negative = usd.startsWith('-');
  const [whole = '0', fraction] = (negative ? usd.slice(1) : usd).split('.');
  return `${negative ? '−' : ''}$${grouped(BigInt(whole))}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** Geometry only (bars, axes): a float near the amount. Never shown, never summed. */
export const moneyExtent = (usd: string): number => Number(usd);

const grouped = (whole: bigint): string => whole.toString().replace(/\B(?=(\d{3})+$)/g, ',');
