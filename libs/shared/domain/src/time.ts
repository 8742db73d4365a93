import { z } from 'zod';

/** An instant in ISO 8601, UTC, as it travels in JSON: `2026-01-31T09:30:00.000Z`. */
export const Instant = z.iso.datetime({ message: 'must be an ISO 8601 instant in UTC, like "2026-01-31T09:30:00Z"' });

/** A range of time: includes `from`, excludes `to`. */
export interface TimeRange {
  readonly from: Date;
  readonly to: Date;
}

export const budgetPeriods = ['day', 'month', 'total'] as const;
export const BudgetPeriod = z.enum(budgetPeriods);
export type BudgetPeriod = z.infer<typeof BudgetPeriod>;

/** The key of the period that an instant falls into, in UTC: `2026-01-31`, `2026-01` or `total`. */
export function periodKey(period: BudgetPeriod, at: Date): string {
  const iso = at.toISOString();
  return period === 'day' ? iso.slice(0, 10) : period === 'month' ? iso.slice(0, 7) : 'total';
}

/** The key of the calendar month, in UTC, so many months before that of an instant: `monthsBefore(new Date('2026-01-31T00:00:00Z'), 1)` is `2025-12`. Negative: after it. */
export const monthsBefore = (at: Date, months: number): string => periodKey('month', new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - months)));
