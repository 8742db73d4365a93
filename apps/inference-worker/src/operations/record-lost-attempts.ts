import type { BudgetHolds } from '@weighbridge/shared-adapters/budget-holds';
import { HoldContext, unknownUsageEvent } from '@weighbridge/cost-domain';
import type { AdmissionTicket } from '@weighbridge/inference-contracts';
import { parseUsd } from '@weighbridge/shared-domain';
import type { UsageMeter } from '../usage-meter.ts';

export interface RecordLostAttemptsDeps {
  readonly holds: Pick<BudgetHolds, 'inspect' | 'release'>;
  readonly meter: UsageMeter;
  readonly now: () => Date;
}

/**
 * A worker was lost while it worked on this job. Each call that it had begun may have spent money that nobody saw: it goes into the
 * ledger as unknown, at the amount held for it (promise P3). The ledger drops those whose true record it has, or gets.
 * `final`: the job is not gone on with, so the last of them settles the hold; one of which nothing was begun is freed.
 * False: the job has no hold any more, so it was done with.
 */
export async function recordLostAttempts(deps: RecordLostAttemptsDeps, ticket: AdmissionTicket, final: boolean): Promise<boolean> {
  const hold = await deps.holds.inspect(ticket.jobId);
  if (hold === null) return false;
  const context = HoldContext.parse(JSON.parse(hold.context));
  const cost = parseUsd(ticket.holdUsd);
  const last = hold.startedAttempts.at(-1);
  if (final && last === undefined) await deps.holds.release(ticket.jobId);
  await Promise.all(
    hold.startedAttempts.map((attempt) => deps.meter.record(unknownUsageEvent(context, { cost, attempt, occurredAt: deps.now(), final: final && attempt === last }))),
  );
  return true;
}
