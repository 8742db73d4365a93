import { removeSettlements, takeSettlements } from '@weighbridge/cost-data';
import type { HoldSettlement } from '@weighbridge/cost-data';
import type { BudgetHolds } from '@weighbridge/shared-adapters/budget-holds';
import { parseUsd } from '@weighbridge/shared-domain';
import type pg from 'pg';

/** Outbox rows of one transaction; a row is the settlements of one usage message. */
const mostRows = 4;
/** Settlements under way at a time: enough to keep the hold store busy, and no more than its connections can take in turn. */
const atOnce = 100;

export interface ToldHolds {
  /** There may be more. */
  readonly more: boolean;
  /** Accounts whose spend must be read from the ledger again. */
  readonly compareAccounts: readonly string[];
}

/**
 * Empties a stretch of the outbox into the hold store, inside a transaction that holds the ledger's lock. When the transaction does not
 * commit, the rows are told again: the hold store knows their keys.
 */
export async function tellHolds(client: pg.PoolClient, holds: Pick<BudgetHolds, 'settle'>): Promise<ToldHolds> {
  const pending = await takeSettlements(client, mostRows);
  const settlements = pending.flatMap((row) => row.settlements);
  for (let first = 0; first < settlements.length; first += atOnce) {
    await Promise.all(settlements.slice(first, first + atOnce).map((settlement) => tell(holds, settlement)));
  }
  await removeSettlements(client, pending.map(({ id }) => id));
  return { more: pending.length === mostRows, compareAccounts: [...new Set(settlements.flatMap(({ compareAccounts }) => compareAccounts))] };
}

async function tell(holds: Pick<BudgetHolds, 'settle'>, { holdId, key, costUsd, final, accountIds, lateAccountIds }: HoldSettlement): Promise<void> {
  const cost = parseUsd(costUsd);
  await holds.settle(holdId, cost, { final, key, accountIds });
  // A hold charges the accounts it was taken from, and no others: these are charged by a settlement that has no hold.
  if (lateAccountIds.length > 0) await holds.settle(`${key}.late`, cost, { final: false, key: `${key}.late`, accountIds: lateAccountIds });
}
