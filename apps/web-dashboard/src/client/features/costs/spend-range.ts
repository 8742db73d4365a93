import type { UsageInterval } from '../../pieces/stack-usage.ts';

export const rangeNames = ['24h', '7d', '30d', '12m'] as const;
export type RangeName = (typeof rangeNames)[number];

export interface SpendRange {
  /** Includes this instant. */
  readonly from: string;
  /** Excludes this instant. */
  readonly to: string;
  readonly interval: UsageInterval;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Whole hours, days or months in UTC that end with the present one, so that a range stays the same until the next begins. */
export function spendRange(name: RangeName, now: number): SpendRange {
  const date = new Date(now);
  const nextHour = now - (now % hourMs) + hourMs;
  const nextDay = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + 1);
  const iso = (at: number) => new Date(at).toISOString();
  switch (name) {
    case '24h':
      return { from: iso(nextHour - dayMs), to: iso(nextHour), interval: 'hour' };
    case '7d':
      return { from: iso(nextDay - 7 * dayMs), to: iso(nextDay), interval: 'day' };
    case '30d':
      return { from: iso(nextDay - 30 * dayMs), to: iso(nextDay), interval: 'day' };
    case '12m':
      return { from: iso(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - 11, 1)), to: iso(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)), interval: 'month' };
  }
}
