import { attemptCost, tokenPrice, usageEventId } from '@weighbridge/cost-domain';
import type { UsageEvent } from '@weighbridge/cost-domain';
import type { AdmissionTicket, AttemptRecord, Candidate } from '@weighbridge/inference-contracts';
import type { AttemptOutcome, Settlement } from '@weighbridge/inference-domain';
import { formatUsd, noTokens, zeroUsd } from '@weighbridge/shared-domain';
import type { TokenUsage } from '@weighbridge/shared-domain';

export interface AttemptFacts {
  readonly attempt: number;
  readonly candidate: Candidate;
  readonly backend: string;
  readonly outcome: AttemptOutcome;
  readonly settlement: Settlement;
  /** Null: nobody knows what was spent. */
  readonly usage: TokenUsage | null;
  readonly errorCode: string | null;
  readonly queuedMs: number;
  readonly firstTokenMs: number | null;
  readonly durationMs: number;
  readonly endedAt: Date;
}

/** One attempt as receipts show it. What nobody knows is recorded at the amount that was held for it, never at zero. */
export function attemptRecord(ticket: AdmissionTicket, facts: AttemptFacts): AttemptRecord {
  const { candidate, usage } = facts;
  const cost = usage === null ? null : candidate.price === null ? zeroUsd : attemptCost(usage, tokenPrice(candidate.price));
  return {
    attempt: facts.attempt,
    deploymentId: candidate.deploymentId,
    backend: facts.backend,
    outcome: facts.outcome,
    settlement: usage === null ? 'unknown' : facts.settlement,
    tokens: usage ?? noTokens,
    priceId: candidate.priceId,
    costUsd: cost === null ? ticket.holdUsd : formatUsd(cost),
    errorCode: facts.errorCode,
    queuedMs: Math.max(0, facts.queuedMs),
    firstTokenMs: facts.firstTokenMs,
    durationMs: facts.durationMs,
    endedAt: facts.endedAt.toISOString(),
  };
}

/** The same attempt for the ledger. `final` settles the job's hold. */
export const usageEventOf = (ticket: AdmissionTicket, record: AttemptRecord, final: boolean): UsageEvent => ({
  id: usageEventId(ticket.jobId, record.attempt, record.settlement === 'unknown' ? 'unknown' : undefined),
  jobId: ticket.jobId,
  attempt: record.attempt,
  projectId: ticket.projectId,
  keyId: ticket.keyId,
  useCaseId: ticket.useCaseId,
  model: ticket.model,
  version: ticket.version,
  deploymentId: record.deploymentId,
  backend: record.backend,
  lane: ticket.lane,
  batchId: ticket.batchId,
  runId: ticket.runId,
  tags: ticket.tags,
  outcome: record.outcome,
  settlement: record.settlement,
  tokens: record.tokens,
  priceId: record.priceId,
  costUsd: record.costUsd,
  decisionDigest: ticket.decision.inputsDigest,
  errorCode: record.errorCode,
  occurredAt: record.endedAt,
  queuedMs: record.queuedMs,
  firstTokenMs: record.firstTokenMs,
  durationMs: record.durationMs,
  final,
  budgetAccounts: ticket.budgetAccounts,
});
