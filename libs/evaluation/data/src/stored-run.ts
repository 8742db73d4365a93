import { RunSummary } from '@weighbridge/evaluation-domain';
import { KeyId, ProjectId, RunId, SuiteId, UseCaseId } from '@weighbridge/shared-domain';
import { z } from 'zod';

export const StoredRunStatus = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']);
export type StoredRunStatus = z.infer<typeof StoredRunStatus>;

export interface NewStoredRun {
  readonly id: RunId;
  readonly projectId: ProjectId;
  readonly suiteId: SuiteId;
  readonly model: string;
  readonly version: string;
  readonly useCaseId: UseCaseId;
  readonly keyId: KeyId | null;
  /** How many of the suite's samples, from the first on. */
  readonly planned: number;
  /** Of nothing yet. */
  readonly summary: RunSummary;
  readonly createdAt: Date;
}

export interface StoredRun extends NewStoredRun {
  readonly suite: string;
  readonly suiteRevision: number;
  readonly suiteDigest: string;
  /** Of the suite, with versions. */
  readonly scorers: readonly string[];
  readonly status: StoredRunStatus;
  /** Samples before this position were given to the gateway, which took or refused each of them. */
  readonly sent: number;
  /** Samples with a result. */
  readonly finished: number;
  /** The gateway's number of the last finished job that was taken in; 0 before the first. */
  readonly takenSequence: number;
  /** Grows with each claim: writes of an earlier one are refused. */
  readonly epoch: number;
  readonly error: string | null;
  /** Since when the gateway takes no sample for a passing reason. */
  readonly blockedSince: Date | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

export interface RunRow {
  readonly id: string;
  readonly project_id: string;
  readonly suite_id: string;
  readonly suite_name: string;
  readonly suite_revision: number;
  readonly suite_digest: string;
  readonly suite_scorers: string[];
  readonly model: string;
  readonly version: string;
  readonly use_case_id: string;
  readonly key_id: string | null;
  readonly status: string;
  readonly planned: number;
  readonly sent: number;
  readonly finished: number;
  readonly taken_sequence: string;
  readonly epoch: number;
  readonly summary: unknown;
  readonly error: string | null;
  readonly blocked_since: Date | null;
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
}

export const runFromRow = (row: RunRow): StoredRun => ({
  id: RunId.parse(row.id),
  projectId: ProjectId.parse(row.project_id),
  suiteId: SuiteId.parse(row.suite_id),
  suite: row.suite_name,
  suiteRevision: row.suite_revision,
  suiteDigest: row.suite_digest,
  scorers: row.suite_scorers,
  model: row.model,
  version: row.version,
  useCaseId: UseCaseId.parse(row.use_case_id),
  keyId: row.key_id === null ? null : KeyId.parse(row.key_id),
  status: StoredRunStatus.parse(row.status),
  planned: row.planned,
  sent: row.sent,
  finished: row.finished,
  takenSequence: Number(row.taken_sequence),
  epoch: row.epoch,
  summary: RunSummary.parse(row.summary),
  error: row.error,
  blockedSince: row.blocked_since,
  createdAt: row.created_at,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
});
