import { BatchId, DeploymentId, JobId, KeyId, ModelName, PriceId, ProjectId, RunId, Tags, UseCaseId, VersionName } from '@weighbridge/shared-domain';
import { z } from 'zod';

/** Whose attempt of what is charged to whom: what a hold knows beforehand and a usage event records. */
export const chargedJob = {
  jobId: JobId,
  /** From 1. A hold's is the attempt that it covers at present. */
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
  /** Digest of the licence decision's inputs, by which the decision can be found and repeated. */
  decisionDigest: z.string().max(80).nullable(),
  /** The budget accounts (`<budgetId>/<periodKey>`) that the hold was taken from; in the ledger, all that the event was charged to. */
  budgetAccounts: z.array(z.string().max(100)).max(100),
} as const;
