import { budgetAccountId } from '@weighbridge/cost-domain';
import type { Budget } from '@weighbridge/cost-domain';
import { readAccountSpend } from '@weighbridge/cost-data';
import type { BudgetStatus } from '@weighbridge/cost-contracts';
import type { BudgetHolds } from '@weighbridge/shared-adapters/budget-holds';
import { formatUsd, parseUsd, periodKey, zeroUsd } from '@weighbridge/shared-domain';
import type pg from 'pg';

export interface ReadBudgetStatusDeps {
  readonly pool: pg.Pool;
  readonly holds: Pick<BudgetHolds, 'status'>;
  readonly now: () => Date;
}

/** Where budgets stand in their present period: what the hold store counts, or the ledger where that has no account yet. */
export async function readBudgetStatuses({ pool, holds, now }: ReadBudgetStatusDeps, budgets: readonly Budget[]): Promise<BudgetStatus[]> {
  const at = now();
  const accountIds = budgets.map((budget) => budgetAccountId(budget, at));
  const held = new Map((await holds.status(accountIds)).map((status) => [status.accountId, status]));
  const missing = accountIds.filter((accountId) => !held.has(accountId));
  const recorded = missing.length === 0 ? new Map<string, bigint>() : await readAccountSpend(pool, missing);
  return budgets.map((budget) => {
    const accountId = budgetAccountId(budget, at);
    const spent = held.get(accountId)?.spentPicoUsd ?? recorded.get(accountId) ?? zeroUsd;
    const heldPicoUsd = held.get(accountId)?.heldPicoUsd ?? zeroUsd;
    return {
      budget,
      periodKey: periodKey(budget.period, at),
      limitUsd: budget.limitUsd,
      spentUsd: formatUsd(spent),
      heldUsd: formatUsd(heldPicoUsd),
      remainingUsd: formatUsd(parseUsd(budget.limitUsd) - spent - heldPicoUsd),
    };
  });
}
