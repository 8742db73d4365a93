import { BudgetId, BudgetPeriod, Instant, KeyId, ProjectId, UsdAmount, UseCaseId, periodKey } from '@weighbridge/shared-domain';
import type { TimeRange } from '@weighbridge/shared-domain';
import { z } from 'zod';

/** `hard` refuses what could go beyond the limit; `soft` lets it through and warns. */
export const BudgetKind = z.enum(['hard', 'soft']);
export type BudgetKind = z.infer<typeof BudgetKind>;

/** A limit on the spend of a project, or of one key or use case in it, per period (UTC). */
export const Budget = z.object({
  id: BudgetId,
  name: z.string().min(1).max(100),
  projectId: ProjectId,
  keyId: KeyId.nullable(),
  useCaseId: UseCaseId.nullable(),
  kind: BudgetKind,
  period: BudgetPeriod,
  limitUsd: UsdAmount,
  createdAt: Instant,
});
export type Budget = z.infer<typeof Budget>;

export interface Spender {
  readonly projectId: string;
  readonly keyId: string | null;
  readonly useCaseId: string | null;
}

export const budgetApplies = (budget: Pick<Budget, 'projectId' | 'keyId' | 'useCaseId'>, spender: Spender): boolean =>
  budget.projectId === spender.projectId &&
  (budget.keyId === null || budget.keyId === spender.keyId) &&
  (budget.useCaseId === null || budget.useCaseId === spender.useCaseId);

/** The account of a budget in the period that an instant falls into: `<budgetId>/<periodKey>`. */
export const budgetAccountId = (budget: Pick<Budget, 'id' | 'period'>, at: Date): string => `${budget.id}/${periodKey(budget.period, at)}`;

/** The period that an instant falls into, in UTC. `total` is all of time. */
export function periodRange(period: BudgetPeriod, at: Date): TimeRange {
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  switch (period) {
    case 'day':
      return { from: new Date(Date.UTC(year, month, day)), to: new Date(Date.UTC(year, month, day + 1)) };
    case 'month':
      return { from: new Date(Date.UTC(year, month, 1)), to: new Date(Date.UTC(year, month + 1, 1)) };
    case 'total':
      return { from: new Date(0), to: new Date(Date.UTC(9999, 11, 31)) };
  }
}
