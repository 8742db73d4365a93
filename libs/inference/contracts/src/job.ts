import { AttemptOutcome, ChatCompletion, ChatRequest, JobStatus, Lane, Settlement } from '@weighbridge/inference-domain';
import { BatchId, DeploymentId, Instant, JobId, KeyId, ModelName, ModelReference, PriceId, ProjectId, RunId, SignedUsdAmount, Tags, TokenUsage, UseCaseId, VersionName, isErrorCode } from '@weighbridge/shared-domain';
import type { ErrorCode } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { callbackUrl } from './webhook.ts';

export const JobError = z.object({ code: z.custom<ErrorCode>(isErrorCode).meta({ type: 'string' }), message: z.string() });
export type JobError = z.infer<typeof JobError>;

/** One call of a backend, as receipts show it. */
export const AttemptRecord = z.object({
  attempt: z.int(),
  deploymentId: DeploymentId,
  backend: z.string(),
  outcome: AttemptOutcome,
  settlement: Settlement,
  tokens: TokenUsage,
  priceId: PriceId.nullable(),
  costUsd: SignedUsdAmount,
  errorCode: z.string().nullable(),
  queuedMs: z.number(),
  firstTokenMs: z.number().nullable(),
  durationMs: z.number(),
  endedAt: Instant,
});
export type AttemptRecord = z.infer<typeof AttemptRecord>;

/** A durable job: what POST /v1/jobs, a batch line or an evaluation sample becomes. */
export const NewJob = z.strictObject({
  model: ModelReference,
  input: ChatRequest.omit({ model: true, stream: true, stream_options: true }),
  priority: z.enum(['interactive', 'background', 'batch']).default('background'),
  useCaseId: UseCaseId.optional(),
  expiresAt: Instant.optional(),
  tags: Tags.default({}),
  /** Told of the end of the job, as a webhook signed with the project's secret for callbacks. */
  callbackUrl: callbackUrl.optional(),
});
export type NewJob = z.infer<typeof NewJob>;

export const JobSummary = z.object({
  id: JobId,
  status: JobStatus,
  lane: Lane,
  model: ModelReference,
  /** What the reference meant when the job was admitted. */
  resolved: z.object({ model: ModelName, version: VersionName }).nullable(),
  projectId: ProjectId,
  keyId: KeyId.nullable(),
  useCaseId: UseCaseId.nullable(),
  batchId: BatchId.nullable(),
  runId: RunId.nullable(),
  tags: Tags,
  attempts: z.int(),
  tokens: TokenUsage.nullable(),
  costUsd: SignedUsdAmount.nullable(),
  error: JobError.nullable(),
  createdAt: Instant,
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  expiresAt: Instant,
});
export type JobSummary = z.infer<typeof JobSummary>;

/** `output` is the chat completion, once there is one. */
export const Job = JobSummary.extend({ input: z.unknown(), output: ChatCompletion.nullable(), callbackUrl: z.string().nullish() });
export type Job = z.infer<typeof Job>;

export const Receipt = z.object({
  jobId: JobId,
  model: ModelName,
  version: VersionName,
  useCaseId: UseCaseId.nullable(),
  decision: z.object({ outcome: z.string(), inputsDigest: z.string(), approvalId: z.string().nullable() }),
  route: z.object({ candidates: z.array(DeploymentId), passedOver: z.array(z.object({ deploymentId: DeploymentId, reason: z.string() })) }),
  attempts: z.array(AttemptRecord),
  holdUsd: z.string(),
  costUsd: SignedUsdAmount,
});
export type Receipt = z.infer<typeof Receipt>;

/** Up to 500 durable jobs of one evaluation run, made in one act: all are stored or none. `key` makes a repeated call harmless. */
export const EvaluationJobs = z.strictObject({
  runId: RunId,
  projectId: ProjectId,
  keyId: KeyId.nullable(),
  useCaseId: UseCaseId,
  jobs: z.array(z.strictObject({ key: z.string().min(1).max(200), model: ModelReference, input: ChatRequest.omit({ model: true, stream: true, stream_options: true }) })).min(1).max(500),
});
export type EvaluationJobs = z.infer<typeof EvaluationJobs>;

/** A finished job of a run, in the order in which they finished. */
export const FinishedJob = z.object({
  sequence: z.int(),
  jobId: JobId,
  key: z.string(),
  status: JobStatus,
  text: z.string().nullable(),
  finishReason: z.string().nullable(),
  tokens: TokenUsage.nullable(),
  costUsd: SignedUsdAmount,
  durationMs: z.number().nullable(),
  error: JobError.nullable(),
});
export type FinishedJob = z.infer<typeof FinishedJob>;
