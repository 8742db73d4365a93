import { Comparison, RunSummary, SuiteDefinition } from '@weighbridge/evaluation-domain';
import { VersionName, Instant, KeyId, ModelName, ProjectId, RunId, SuiteId, SuiteName, TokenUsage, UsdAmount, UseCaseId } from '@weighbridge/shared-domain';
import { z } from 'zod';

/** A suite belongs to a project. Its content never changes: another content under the same name is a new revision. */
export const SuiteSummary = z.object({
  id: SuiteId,
  projectId: ProjectId,
  name: SuiteName,
  revision: z.int().min(1),
  description: z.string().nullable(),
  samples: z.int(),
  slices: z.array(z.string()),
  scorers: z.array(z.string()),
  /** SHA-256 of the canonical definition: results of different digests are never compared. */
  digest: z.string(),
  createdAt: Instant,
});
export type SuiteSummary = z.infer<typeof SuiteSummary>;

export const Suite = SuiteSummary.extend({ definition: SuiteDefinition });
export type Suite = z.infer<typeof Suite>;

/** A suite as it is posted. What only the whole of it can show (duplicate ids, missing variables) is checked when it is stored. */
export const NewSuite = z.strictObject({ ...SuiteDefinition.shape, project: ProjectId.optional() });

export const RunStatus = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']);
export type RunStatus = z.infer<typeof RunStatus>;

export const NewRun = z.strictObject({
  project: ProjectId.optional(),
  model: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*@[A-Za-z0-9][A-Za-z0-9._-]*$/, 'must be "name@version": an alias can move, and a result belongs to a version'),
  /** An evaluation is a use too, and its licence decision is made for this use case. The key's own where absent. */
  useCaseId: UseCaseId.optional(),
  /** Runs only the first samples; such a run is no evidence for a gate that asks for more. */
  limit: z.int().min(1).max(20_000).optional(),
});
export type NewRun = z.infer<typeof NewRun>;

export const Run = z.object({
  id: RunId,
  projectId: ProjectId,
  suite: SuiteName,
  suiteRevision: z.int(),
  suiteDigest: z.string(),
  model: ModelName,
  version: VersionName,
  useCaseId: UseCaseId,
  keyId: KeyId.nullable(),
  status: RunStatus,
  planned: z.int(),
  finished: z.int(),
  /** Up to date while the run goes on. */
  summary: RunSummary,
  error: z.string().nullable(),
  createdAt: Instant,
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
});
export type Run = z.infer<typeof Run>;

export const SampleOutcome = z.enum(['correct', 'incorrect', 'error']);

/** What one scorer of the suite said about an output. */
export const ScorerResult = z.object({
  /** With its version: `exact_match@1`. */
  scorer: z.string(),
  score: z.number().nullable(),
  /** Whether the scorer found its piece of the output; null for scorers that compare all of it. */
  parsed: z.boolean().nullable(),
  extracted: z.string().nullable(),
  reason: z.string().nullable(),
});

export const SampleResult = z.object({
  sampleId: z.string(),
  slice: z.string().nullable(),
  prompt: z.string(),
  target: z.array(z.string()),
  output: z.string().nullable(),
  outcome: SampleOutcome,
  score: z.number().nullable(),
  reason: z.string().nullable(),
  /** Of every scorer, in the order of the suite; `outcome`, `score` and `reason` are the first one's. */
  scores: z.array(ScorerResult).optional(),
  tokens: TokenUsage.nullable(),
  costUsd: UsdAmount,
  durationMs: z.number().nullable(),
});
export type SampleResult = z.infer<typeof SampleResult>;

export const ComparisonRequest = z.strictObject({ baseline: RunId, candidate: RunId, margin: z.number().gt(0).max(1).optional() });
export const ComparisonReport = Comparison.extend({ suite: SuiteName, baseline: z.string(), candidate: z.string() });
export type ComparisonReport = z.infer<typeof ComparisonReport>;

/** What a promotion gate asks for: the newest finished run of a version on a suite. */
export const Evidence = z.object({ run: Run.nullable() });
