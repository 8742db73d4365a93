import { JobStatus, Lane } from '@weighbridge/inference-domain';
import type { BatchId, JobId, KeyId, ProjectId, RunId, UseCaseId } from '@weighbridge/shared-domain';

/** A durable job that does not exist yet. JSON members are stored as they are; whoever reads them parses them. */
export interface NewStoredJob {
  readonly id: JobId;
  readonly projectId: ProjectId;
  readonly keyId: KeyId | null;
  readonly useCaseId: UseCaseId | null;
  readonly lane: Lane;
  /** The batch or run that it belongs to. */
  readonly groupId: BatchId | RunId | null;
  /** custom_id of a line or key of a sample, unique in its group: the same again is the same job. */
  readonly clientKey: string | null;
  /** Number of the line in the input file, from 1; unique in its group. */
  readonly position: number | null;
  readonly modelReference: string;
  /** Null for a line that could not be read; `error` then says why. */
  readonly request: unknown;
  /** Null for a job whose admission comes later. An admitted job counts as dispatched from the start: the caller puts its message into the queue. */
  readonly ticket: unknown;
  readonly pool: string | null;
  readonly error: unknown;
  readonly tags: Readonly<Record<string, string>>;
  /** Now where absent. */
  readonly createdAt?: Date;
  readonly expiresAt: Date;
  /** Told of the end of the job. */
  readonly callbackUrl?: string | null;
}

/** A durable job as it is stored. `request`, `ticket`, `attempts`, `output`, `tokens` and `error` are unparsed JSON, null where absent. */
export interface StoredJob {
  readonly id: JobId;
  readonly projectId: ProjectId;
  readonly keyId: KeyId | null;
  readonly useCaseId: UseCaseId | null;
  readonly lane: Lane;
  readonly batchId: BatchId | null;
  readonly runId: RunId | null;
  readonly clientKey: string | null;
  readonly position: number | null;
  readonly modelReference: string;
  readonly request: unknown;
  readonly status: JobStatus;
  readonly ticket: unknown;
  readonly pool: string | null;
  /** Round of dispatch; messages of earlier rounds are void. */
  readonly dispatch: number;
  readonly owner: string | null;
  /** Grows with each claim: writes of an earlier owner are refused. */
  readonly epoch: number;
  readonly attempts: unknown;
  readonly output: unknown;
  readonly tokens: unknown;
  /** Decimal string of US dollars; null until something was charged. */
  readonly costUsd: string | null;
  readonly error: unknown;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** Place in the order in which the jobs of its group finished, from 1, without gaps. */
  readonly finishSequence: number | null;
  readonly expiresAt: Date;
  readonly callbackUrl: string | null;
}

/** A job's row as the driver gives it: `json` parsed, `numeric` and `bigint` as strings. */
export interface JobRow {
  readonly id: JobId;
  readonly project_id: ProjectId;
  readonly key_id: KeyId | null;
  readonly use_case_id: UseCaseId | null;
  readonly lane: string;
  readonly group_id: string | null;
  readonly client_key: string | null;
  readonly position: number | null;
  readonly model_reference: string;
  readonly request?: unknown;
  readonly status: string;
  readonly ticket: unknown;
  readonly pool: string | null;
  readonly dispatch: number;
  readonly owner: string | null;
  readonly epoch: number;
  readonly attempts: unknown;
  readonly output?: unknown;
  readonly tokens: unknown;
  readonly cost_usd: string | null;
  readonly error: unknown;
  readonly tags: Readonly<Record<string, string>>;
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
  readonly finish_sequence: string | null;
  readonly expires_at: Date;
  readonly callback_url: string | null;
}

const isBatch = (groupId: string) => groupId.startsWith('batch_');

export const batchIdOf = (groupId: string | null): BatchId | null => (groupId !== null && isBatch(groupId) ? (groupId as BatchId) : null);
export const runIdOf = (groupId: string | null): RunId | null => (groupId !== null && !isBatch(groupId) ? (groupId as RunId) : null);

export const jobFromRow = (row: JobRow): StoredJob => ({
  id: row.id,
  projectId: row.project_id,
  keyId: row.key_id,
  useCaseId: row.use_case_id,
  lane: Lane.parse(row.lane),
  batchId: batchIdOf(row.group_id),
  runId: runIdOf(row.group_id),
  clientKey: row.client_key,
  position: row.position,
  modelReference: row.model_reference,
  request: row.request ?? null,
  status: JobStatus.parse(row.status),
  ticket: row.ticket,
  pool: row.pool,
  dispatch: row.dispatch,
  owner: row.owner,
  epoch: row.epoch,
  attempts: row.attempts,
  output: row.output ?? null,
  tokens: row.tokens,
  costUsd: costFromColumn(row.cost_usd),
  error: row.error,
  tags: row.tags,
  createdAt: row.created_at,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
  finishSequence: sequenceFromColumn(row.finish_sequence),
  expiresAt: row.expires_at,
  callbackUrl: row.callback_url,
});

/** `numeric(30,12)` always comes with twelve places; amounts in JSON have no trailing zeros. */
export const costFromColumn = (value: string | null): string | null => (value === null ? null : value.replace(/\.?0+$/, '') || '0');

/** A sequence is counted by `bigint` and stays far below 2^53. */
export const sequenceFromColumn = (value: string | null): number | null => (value === null ? null : Number(value));

/** JSON for a `json` parameter; null stays SQL's null. */
export const toJson = (value: unknown): string | null => (value === null || value === undefined ? null : JSON.stringify(value));
