import { Instant, formatUsd, noTokens } from '@weighbridge/shared-domain';
import type { PicoUsd } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { chargedJob } from './charged-job.ts';
import { usageEventId } from './usage-event.ts';
import type { UsageEvent } from './usage-event.ts';

/**
 * What a budget hold knows about the job it stands for: enough to write the usage event of an attempt whose worker was lost.
 * The gateway writes it when it takes the hold, the worker when it goes on to another attempt or deployment, and whoever
 * finds an attempt of unknown outcome reads it.
 */
export const HoldContext = z.object({
  v: z.literal(1),
  ...chargedJob,
  queuedAt: Instant,
});
export type HoldContext = z.infer<typeof HoldContext>;

export interface UnknownAttempt {
  /** What is recorded until the true cost is known: the amount held for the attempt. */
  readonly cost: PicoUsd;
  /** From 1. */
  readonly attempt: number;
  /** When the attempt was found to be lost. */
  readonly occurredAt: Date;
  /** False when the job goes on with another attempt. */
  readonly final: boolean;
}

/** The usage event of an attempt whose outcome nobody knows. It carries money and no tokens: none were counted. */
export function unknownUsageEvent(context: HoldContext, { cost, attempt, occurredAt, final }: UnknownAttempt): UsageEvent {
  const { v: _, queuedAt, ...job } = context;
  return {
    ...job,
    id: usageEventId(job.jobId, attempt, 'unknown'),
    attempt,
    outcome: 'unknown',
    settlement: 'unknown',
    tokens: noTokens,
    costUsd: formatUsd(cost),
    errorCode: null,
    occurredAt: occurredAt.toISOString(),
    queuedMs: 0,
    firstTokenMs: null,
    durationMs: Math.max(0, occurredAt.getTime() - Date.parse(queuedAt)),
    final,
  };
}
