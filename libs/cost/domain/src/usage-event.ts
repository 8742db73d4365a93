import { Instant, SignedUsdAmount, TokenUsage } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { chargedJob } from './charged-job.ts';

/** How an attempt ended. `unknown`: the worker was lost while the backend call ran. */
export const UsageOutcome = z.enum(['succeeded', 'failed', 'cancelled', 'unknown']);
export type UsageOutcome = z.infer<typeof UsageOutcome>;

/** Where the tokens come from: the backend's own count, our count of what was seen, or the reserved worst case. */
export const Settlement = z.enum(['exact', 'estimated', 'unknown']);
export type Settlement = z.infer<typeof Settlement>;

/**
 * The immutable record of one attempt. The id is made from job and attempt, so the same event sent twice is one row.
 * An `unknown` event carries the amount that was held and no tokens. When the attempt turns out to have a known cost after all, its own
 * event comes beside it, and the ledger adds a `correction`: the `unknown` event once more with its cost negated, at the same instant,
 * so that the two cancel wherever one sums. Only corrections may be negative, and only the ledger writes them.
 */
export const UsageEvent = z.object({
  /** `<jobId>.<attempt>`, `<jobId>.<attempt>.unknown` or `<jobId>.<attempt>.correction`. */
  id: z.string().regex(/^job_[0-9a-f]{32}\.\d{1,4}(\.(unknown|correction))?$/),
  ...chargedJob,
  outcome: UsageOutcome,
  settlement: Settlement,
  tokens: TokenUsage,
  costUsd: SignedUsdAmount,
  errorCode: z.string().max(60).nullable(),
  /** When the attempt ended: hours, days and budget periods of the reports go by it. */
  occurredAt: Instant,
  queuedMs: z.number().min(0),
  firstTokenMs: z.number().min(0).nullable(),
  durationMs: z.number().min(0),
  /** True when no further attempt of this job follows: the hold is settled with it and what is left of it is freed. */
  final: z.boolean(),
});
export type UsageEvent = z.infer<typeof UsageEvent>;

export const usageEventId = (jobId: string, attempt: number, kind?: 'unknown' | 'correction'): string => `${jobId}.${attempt}${kind === undefined ? '' : `.${kind}`}`;
