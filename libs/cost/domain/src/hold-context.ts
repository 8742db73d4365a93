import { BatchId, DeploymentId, Instant, JobId, KeyId, ModelName, PriceId, ProjectId, RunId, Tags, UseCaseId, VersionName, formatUsd, noTokens } from '@weighbridge/shared-domain';
import type { PicoUsd } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { usageEventId } from './usage-event.ts';
import type { UsageEvent } from './usage-event.ts';

/**
 * What a budget hold knows about the job it stands for: enough to write the usage event of an attempt whose worker was lost.
 * The gateway writes it when it takes the hold, the worker when it goes on to another attempt or deployment, and whoever
 * finds an attempt of unknown outcome reads it.
 */
export const HoldContext = z.object({
  v: z.literal(1),
  jobId: JobId,
  /** The attempt that the hold covers at present, from 1. */
  attempt: z.int().min(1).max(9999),
  projectId: ProjectId,
  keyId: KeyId.nullable(),
  useCaseId: UseCaseId.nullable(),
  model: ModelName,
  version: VersionName,
  deploymentId: DeploymentId,
  backend: z.string().max(40),
  lane: z.string().max(20),
  batchId: BatchId.nullable(),
  runId: RunId.nullable(),
  tags: Tags,
  priceId: PriceId.nullable(),
  decisionDigest: z.string().max(80).nullable(),
  /** The accounts (`<budgetId>/<periodKey>`) that the hold was taken from. */
  budgetAccounts: z.array(z.string().max(100)).max(100),
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
export const unknownUsageEvent = (context: HoldContext, { cost, attempt, occurredAt, final }: UnknownAttempt): UsageEvent => ({
  id: usageEventId(context.jobId, attempt, 'unknown'),
  jobId: context.jobId,
  attempt,
  projectId: context.projectId,
  keyId: context.keyId,
  useCaseId: context.useCaseId,
  model: context.model,
  version: context.version,
  deploymentId: context.deploymentId,
  backend: context.backend,
  lane: context.lane,
  batchId: context.batchId,
  runId: context.runId,
  tags: context.tags,
  outcome: 'unknown',
  settlement: 'unknown',
  tokens: noTokens,
  priceId: context.priceId,
  costUsd: formatUsd(cost),
  decisionDigest: context.decisionDigest,
  errorCode: null,
  occurredAt: occurredAt.toISOString(),
  queuedMs: 0,
  firstTokenMs: null,
  durationMs: Math.max(0, occurredAt.getTime() - Date.parse(context.queuedAt)),
  final,
  budgetAccounts: context.budgetAccounts,
});
