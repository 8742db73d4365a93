import { Lane } from '@weighbridge/inference-domain';
import { BatchId, DeploymentId, Instant, JobId, KeyId, ModelName, PriceId, ProjectId, RunId, Tags, UsdAmount, UseCaseId, VersionName } from '@weighbridge/shared-domain';
import { PublishedPrice } from '@weighbridge/cost-domain';
import { z } from 'zod';

/** A deployment that may serve the job, with the price in force for it at admission. */
export const Candidate = z.object({ deploymentId: DeploymentId, priceId: PriceId.nullable(), price: PublishedPrice.nullable() });
export type Candidate = z.infer<typeof Candidate>;

/**
 * What admission decided about one job. It travels with a waiting call's message and is stored with a durable job;
 * the worker obeys it and asks nobody else.
 */
export const AdmissionTicket = z.object({
  jobId: JobId,
  projectId: ProjectId,
  keyId: KeyId.nullable(),
  useCaseId: UseCaseId,
  lane: Lane,
  model: ModelName,
  version: VersionName,
  pool: z.string(),
  /** In the order in which they are tried. All are of the admitted version. */
  candidates: z.array(Candidate).min(1).max(20),
  passedOver: z.array(z.object({ deploymentId: DeploymentId, reason: z.string() })),
  decision: z.object({ outcome: z.enum(['allow', 'allow_with_obligations', 'review']), inputsDigest: z.string(), approvalId: z.string().nullable() }),
  /** The worst case of one attempt, which the budgets hold; also what an attempt of unknown outcome is recorded at. */
  holdUsd: UsdAmount,
  budgetAccounts: z.array(z.string()),
  /** Upper bounds that the hold was computed from. */
  inputTokensBound: z.int(),
  maxOutputTokens: z.int().min(1),
  admittedAt: Instant,
  /** After this nobody wants the answer any more. */
  deadlineAt: Instant,
  batchId: BatchId.nullable(),
  runId: RunId.nullable(),
  tags: Tags,
});
export type AdmissionTicket = z.infer<typeof AdmissionTicket>;
