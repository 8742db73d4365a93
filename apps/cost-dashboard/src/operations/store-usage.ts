import { lateAccounts, planRecording, usageEventFault, usageEventKind } from '@weighbridge/cost-domain';
import type { UsageEvent } from '@weighbridge/cost-domain';
import { addSettlements, findRecordedAttempts, insertUsageEvents, listBudgetsOf, lockLedger } from '@weighbridge/cost-data';
import type { HoldSettlement, PriceRepository } from '@weighbridge/cost-data';
import { inTransaction } from '@weighbridge/shared-data';
import type pg from 'pg';

export interface StoreUsageDeps {
  readonly pool: pg.Pool;
  readonly prices: Pick<PriceRepository, 'findPrices'>;
}

export interface RefusedEvent {
  readonly id: string;
  readonly fault: string;
}

export interface StoredUsage {
  /** New in the ledger; what it had already is not counted. */
  readonly recorded: readonly UsageEvent[];
  readonly refused: readonly RefusedEvent[];
}

/**
 * Records what a group of attempts used, with the rollups, the spend of the accounts and the settlements of their holds, in one
 * transaction. An event that is not to be believed is refused by itself: the others are recorded all the same.
 */
export async function storeUsage({ pool, prices }: StoreUsageDeps, events: readonly UsageEvent[]): Promise<StoredUsage> {
  const priceIds = new Set(events.flatMap(({ priceId }) => priceId ?? []));
  const known = await prices.findPrices([...priceIds]);
  const refused: RefusedEvent[] = [];
  const believed = events.filter((event) => {
    const fault = usageEventFault(event, event.priceId === null ? undefined : known.get(event.priceId));
    if (fault !== null) refused.push({ id: event.id, fault });
    return fault === null;
  });
  const recorded = await inTransaction(pool, async (client) => {
    // Whether an attempt of unknown outcome is known after all must not change while we look.
    await lockLedger(client, believed.some((event) => usageEventKind(event) === 'unknown') ? 'alone' : 'shared');
    const plan = planRecording(believed, await findRecordedAttempts(client, believed));
    refused.push(...plan.conflicts.map((id) => ({ id, fault: 'this attempt is recorded already with other content' })));
    const budgets = await listBudgetsOf(client, [...new Set(plan.events.map(({ projectId }) => projectId))]);
    const late = new Map(plan.events.map((event) => [event.id, lateAccounts(event, budgets)]));
    const charged = plan.events.map((event) => ({ ...event, budgetAccounts: [...event.budgetAccounts, ...(late.get(event.id) ?? [])] }));
    const inserted = await insertUsageEvents(client, charged);
    await addSettlements(client, settlementsOf(plan.events, inserted, late));
    return inserted;
  });
  return { recorded, refused };
}

function settlementsOf(planned: readonly UsageEvent[], inserted: readonly UsageEvent[], late: ReadonlyMap<string, string[]>): HoldSettlement[] {
  const new_ = new Set(inserted.map(({ id }) => id));
  const corrections = new Map(inserted.filter((event) => usageEventKind(event) === 'correction').map((event) => [`${event.jobId}.${event.attempt}`, event]));
  return planned
    .filter((event) => new_.has(event.id) && usageEventKind(event) !== 'correction')
    .map((event) => {
      const lateAccountIds = late.get(event.id) ?? [];
      const correction = corrections.get(event.id);
      return {
        holdId: event.jobId,
        key: event.id,
        // Where the reserve was charged already and is taken back now, the sum is read from the ledger instead.
        costUsd: correction === undefined ? event.costUsd : '0',
        final: event.final,
        accountIds: event.budgetAccounts,
        lateAccountIds: correction === undefined ? lateAccountIds : [],
        compareAccounts: correction === undefined ? [] : [...event.budgetAccounts, ...lateAccountIds, ...correction.budgetAccounts],
      };
    });
}
