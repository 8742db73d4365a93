import type { BudgetHolds } from '@weighbridge/shared-adapters/budget-holds';
import { HoldContext, unknownUsageEvent } from '@weighbridge/cost-domain';
import type { AdmissionTicket } from '@weighbridge/inference-contracts';
import { parseUsd } from '@weighbridge/shared-domain';
import type { UsageMeter } from '../usage-meter.ts';

export interface RecordLostAttemptsDeps {
  readonly holds: Pick<BudgetHolds, 'inspect'>;
  readonly meter: UsageMeter;
  readonly now: () => Date;
}

/**
 * A worker was lost while it worked on this job. Each call that it had begun may have spent money that nobody saw: it goes into the
 * ledger as unknown, at the amount held for it (promise P3). The ledger drops those whose true record it has, or gets.
 */
export async function recordLostAttempts(deps: RecordLostAttemptsDeps, ticket: AdmissionTicket): Promise<void> {
  const hold = await deps.holds.inspect(ticket.jobId);
  if (hold === null) return;
  const context = HoldContext.parse(JSON.parse(hold.context));
  const cost = parseUsd(ticket.holdUsd);
  await Promise.all(hold.startedAttempts.map((attempt) => deps.meter.record(unknownUsageEvent(context, { cost, attempt, occurredAt: deps.now(), final: false }))));
}
