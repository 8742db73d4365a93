import type { BudgetHolds } from '@weighbridge/shared-adapters/budget-holds';
import { HoldContext } from '@weighbridge/cost-domain';
import type { AdmissionTicket } from '@weighbridge/inference-contracts';
import type { DeploymentFacts } from '@weighbridge/registry-contracts';
import { parseUsd } from '@weighbridge/shared-domain';

export interface RetakeHoldDeps {
  readonly holds: Pick<BudgetHolds, 'start' | 'extend' | 'release' | 'hold'>;
  readonly findDeployment: (id: string) => DeploymentFacts | undefined;
  readonly owner: string;
}

/**
 * The holds for a job taken over from a lost worker. That worker may have recorded its last attempt, which settles the hold, and died
 * before it stored the answer: the answer is lost, the job is not done, and its budgets are asked anew for the next attempt.
 * Not for calls that somebody waits for: their answer is sent before the record, so they have it.
 */
export function holdsOfTakenOver({ holds, findDeployment, owner }: RetakeHoldDeps, ticket: AdmissionTicket): Pick<BudgetHolds, 'start' | 'extend' | 'release'> {
  return {
    start: (holdId, attempt, ttlMs) => holds.start(holdId, attempt, ttlMs),
    release: (holdId) => holds.release(holdId),
    extend: async (holdId, amountPicoUsd, ttlMs) => {
      const extended = await holds.extend(holdId, amountPicoUsd, ttlMs);
      if (extended.ok || extended.reason !== 'unknown-hold') return extended;
      return holds.hold({ holdId, owner, amountPicoUsd: parseUsd(ticket.holdUsd), accountIds: ticket.budgetAccounts, context: JSON.stringify(contextOf(ticket, findDeployment)), ttlMs });
    },
  };
}

function contextOf(ticket: AdmissionTicket, findDeployment: RetakeHoldDeps['findDeployment']): HoldContext {
  const candidate = ticket.candidates.find(({ deploymentId }) => findDeployment(deploymentId) !== undefined) ?? ticket.candidates[0];
  return HoldContext.parse({
    ...ticket,
    v: 1,
    attempt: 1,
    deploymentId: candidate?.deploymentId,
    backend: findDeployment(candidate?.deploymentId ?? '')?.backend.kind ?? '',
    priceId: candidate?.priceId ?? null,
    decisionDigest: ticket.decision.inputsDigest,
    queuedAt: ticket.admittedAt,
  });
}
