import { budgetAccountId, periodRange } from '@weighbridge/cost-domain';
import type { Budget } from '@weighbridge/cost-domain';
import { listBudgetsOf, lockLedger, readAccountSpend } from '@weighbridge/cost-data';
import type { AccountSetting, BudgetHolds } from '@weighbridge/shared-adapters/budget-holds';
import { parseUsd, zeroUsd } from '@weighbridge/shared-domain';
import { inTransaction } from '@weighbridge/shared-data';
import type pg from 'pg';
import { tellHolds } from './tell-holds.ts';

export interface AlignAccountsDeps {
  readonly pool: pg.Pool;
  readonly holds: Pick<BudgetHolds, 'configure' | 'settle' | 'forget'>;
  readonly now: () => Date;
}

/** An account of nobody's. When the hold store does not know it, it has lost its memory. */
export const markerAccountId = 'weighbridge/marker';

/**
 * Sets the accounts of all budgets in the hold store to what the ledger says: of the present period, and of the next, so that
 * no request at the turn finds none. Other accounts named in `alsoAccountIds` are set too. Nothing is recorded meanwhile, and everything
 * recorded before has been told, so the figures are exact (decision 21).
 */
export async function alignAccounts({ pool, holds, now }: AlignAccountsDeps, alsoAccountIds: readonly string[] = []): Promise<{ readonly accounts: number }> {
  return inTransaction(pool, async (client) => {
    await lockLedger(client, 'alone');
    while ((await tellHolds(client, holds)).more);
    const budgets = await listBudgetsOf(client, null);
    const at = now();
    const wanted = new Map<string, Budget>(budgets.flatMap((budget) => presentAccountIds(budget, at).map((accountId) => [accountId, budget] as const)));
    const byId = new Map<string, Budget>(budgets.map((budget) => [budget.id, budget]));
    for (const accountId of alsoAccountIds) {
      const budget = byId.get(accountId.split('/')[0] ?? '');
      if (budget !== undefined) wanted.set(accountId, budget);
    }
    const spent = await readAccountSpend(client, [...wanted.keys()]);
    const settings = [...wanted].map(([accountId, budget]) => accountSetting(budget, accountId, spent.get(accountId) ?? zeroUsd));
    await holds.configure([{ accountId: markerAccountId, kind: 'soft', limitPicoUsd: 0n, spentPicoUsd: 0n }, ...settings]);
    await holds.forget(budgets.flatMap((budget) => pastAccountIds(budget, at)));
    return { accounts: settings.length };
  });
}

export const accountSetting = (budget: Budget, accountId: string, spentPicoUsd: bigint): AccountSetting => ({
  accountId,
  kind: budget.kind,
  limitPicoUsd: parseUsd(budget.limitUsd),
  spentPicoUsd,
  reseed: true,
});

/** The accounts of a budget now and in the period that comes. */
export const presentAccountIds = (budget: Budget, at: Date): string[] => [
  ...new Set([budgetAccountId(budget, at), budgetAccountId(budget, periodRange(budget.period, at).to)]),
];

/** The last but one: late requests of the last period may still settle. */
function pastAccountIds(budget: Budget, at: Date): string[] {
  if (budget.period === 'total') return [];
  const last = new Date(periodRange(budget.period, at).from.getTime() - 1);
  return [budgetAccountId(budget, new Date(periodRange(budget.period, last).from.getTime() - 1))];
}
