import { HoldContext, unknownUsageEvent } from '@weighbridge/cost-domain';
import type { UsageEvent } from '@weighbridge/cost-domain';
import { listRecordedAttempts } from '@weighbridge/cost-data';
import type { BudgetHolds, ExpiredHold } from '@weighbridge/shared-adapters/budget-holds';
import type { Logger } from '@weighbridge/shared-adapters/logging';
import { picoUsd } from '@weighbridge/shared-domain';
import type { PicoUsd } from '@weighbridge/shared-domain';
import type { AlignAccountsDeps } from './align-accounts.ts';
import { settlePending } from './settle-pending.ts';
import { storeUsage } from './store-usage.ts';
import type { StoreUsageDeps } from './store-usage.ts';

export interface SweepHoldsDeps extends StoreUsageDeps, AlignAccountsDeps {
  readonly holds: Pick<BudgetHolds, 'expired' | 'release' | 'settle' | 'configure' | 'forget'>;
  readonly logger: Logger;
}

export interface SweptHolds {
  /** Nothing had been started: freed. */
  readonly released: number;
  /** All that was started is recorded: the rest was freed. */
  readonly closed: number;
  /** Attempts recorded as unknown, at what was held for them. */
  readonly unknown: number;
}

const mostHolds = 500;

/** Deals with holds whose owner has not been heard of. Money that may have been spent is recorded; the rest goes back to the budgets. */
export async function sweepHolds(deps: SweepHoldsDeps): Promise<SweptHolds> {
  await settlePending(deps);
  const swept = { released: 0, closed: 0, unknown: 0 };
  for (const hold of await deps.holds.expired(mostHolds)) {
    if (hold.startedAttempts.length === 0) {
      if ((await deps.holds.release(hold.holdId)) === 'released') swept.released += 1;
      continue;
    }
    const recorded = new Set(await listRecordedAttempts(deps.pool, hold.holdId));
    const lost = hold.startedAttempts.filter((attempt) => !recorded.has(attempt));
    if (lost.length === 0) {
      await deps.holds.settle(hold.holdId, 0n, { final: true, key: `${hold.holdId}.rest`, accountIds: hold.accountIds });
      swept.closed += 1;
    } else {
      swept.unknown += await recordLost(deps, hold, lost);
    }
  }
  if (swept.unknown > 0) await settlePending(deps);
  return swept;
}

async function recordLost(deps: SweepHoldsDeps, hold: ExpiredHold, lost: readonly number[]): Promise<number> {
  const context = readContext(hold);
  if (context === null) {
    // It stays held: money that cannot be recorded must not look free.
    deps.logger.error({ event: 'hold_unreadable', holdId: hold.holdId, owner: hold.owner });
    return 0;
  }
  const shares = shareOut(hold.amountPicoUsd, lost.length);
  const occurredAt = deps.now();
  const events: UsageEvent[] = lost.map((attempt, index) =>
    unknownUsageEvent(context, { cost: shares[index] ?? picoUsd(0n), attempt, occurredAt, final: index === lost.length - 1 }),
  );
  const { recorded, refused } = await storeUsage(deps, events);
  for (const { id, fault } of refused) deps.logger.error({ event: 'usage_refused', usageEventId: id, fault });
  for (const { id } of recorded) deps.logger.warn({ event: 'attempt_lost', usageEventId: id, jobId: hold.holdId, owner: hold.owner });
  return recorded.length;
}

function readContext(hold: ExpiredHold): HoldContext | null {
  try {
    return HoldContext.parse(JSON.parse(hold.context));
  } catch {
    return null;
  }
}

/** Equal parts; the last takes what does not divide, so that the parts add up. */
function shareOut(amount: PicoUsd, parts: number): PicoUsd[] {
  const share = amount / BigInt(parts);
  return Array.from({ length: parts }, (_, index) => picoUsd(index === parts - 1 ? amount - share * BigInt(parts - 1) : share));
}
