import { BatchStatus } from '@weighbridge/inference-domain';
import type { BatchId, FileId, KeyId, ProjectId, UseCaseId } from '@weighbridge/shared-domain';
import type pg from 'pg';
import { toJson } from './stored-job.ts';
import { batchOutbox } from './webhook-outbox.ts';

export interface NewStoredBatch {
  readonly id: BatchId;
  readonly projectId: ProjectId;
  readonly keyId: KeyId | null;
  readonly useCaseId: UseCaseId | null;
  readonly endpoint: string;
  readonly inputFileId: FileId;
  readonly completionWindow: string;
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly expiresAt: Date;
}

export interface StoredBatch extends NewStoredBatch {
  readonly status: BatchStatus;
  /** Unparsed JSON; null where absent. */
  readonly errors: unknown;
  readonly outputFileId: FileId | null;
  readonly errorFileId: FileId | null;
  readonly createdAt: Date;
  /** When it entered a state; null: never. */
  readonly inProgressAt: Date | null;
  readonly finalizingAt: Date | null;
  readonly completedAt: Date | null;
  readonly failedAt: Date | null;
  readonly expiredAt: Date | null;
  readonly cancellingAt: Date | null;
  readonly cancelledAt: Date | null;
  /** Lines: all, finished, succeeded. */
  readonly total: number;
  readonly finished: number;
  readonly succeeded: number;
}

export interface BatchMove {
  readonly id: BatchId;
  /** Nothing happens when it is in none of these. */
  readonly from: readonly BatchStatus[];
  readonly to: BatchStatus;
  readonly errors?: unknown;
  readonly outputFileId?: FileId | null;
  readonly errorFileId?: FileId | null;
}

export interface BatchStore {
  /** False when the id is there already. */
  createBatch(batch: NewStoredBatch): Promise<boolean>;
  /** `projectId` null: whosever it is. */
  findBatch(id: BatchId, projectId: ProjectId | null): Promise<StoredBatch | null>;
  /** Newest first; `before` an id. */
  listBatches(projectId: ProjectId, before: string | undefined, limit: number): Promise<StoredBatch[]>;
  /** Those that are not finished and that nobody advances now, oldest first. */
  listOpenBatches(limit: number): Promise<BatchId[]>;
  /** Makes the caller the only one who advances the batch, for `leaseMs`; again prolongs it. False while another one does. */
  leaseBatch(id: BatchId, owner: string, leaseMs: number): Promise<boolean>;
  releaseBatch(id: BatchId, owner: string): Promise<void>;
  /** Changes the state, and dates it. Null when it was in none of the states to come from. */
  moveBatch(move: BatchMove): Promise<StoredBatch | null>;
}

interface BatchRow {
  readonly id: BatchId;
  readonly project_id: ProjectId;
  readonly key_id: KeyId | null;
  readonly use_case_id: UseCaseId | null;
  readonly endpoint: string;
  readonly input_file_id: FileId;
  readonly completion_window: string;
  readonly status: string;
  readonly errors: unknown;
  readonly output_file_id: FileId | null;
  readonly error_file_id: FileId | null;
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly created_at: Date;
  readonly in_progress_at: Date | null;
  readonly expires_at: Date;
  readonly finalizing_at: Date | null;
  readonly completed_at: Date | null;
  readonly failed_at: Date | null;
  readonly expired_at: Date | null;
  readonly cancelling_at: Date | null;
  readonly cancelled_at: Date | null;
  readonly total: string | null;
  readonly finished: string | null;
  readonly succeeded: string | null;
}

const batchFromRow = (row: BatchRow): StoredBatch => ({
  id: row.id,
  projectId: row.project_id,
  keyId: row.key_id,
  useCaseId: row.use_case_id,
  endpoint: row.endpoint,
  inputFileId: row.input_file_id,
  completionWindow: row.completion_window,
  status: BatchStatus.parse(row.status),
  errors: row.errors,
  outputFileId: row.output_file_id,
  errorFileId: row.error_file_id,
  metadata: row.metadata,
  createdAt: row.created_at,
  inProgressAt: row.in_progress_at,
  expiresAt: row.expires_at,
  finalizingAt: row.finalizing_at,
  completedAt: row.completed_at,
  failedAt: row.failed_at,
  expiredAt: row.expired_at,
  cancellingAt: row.cancelling_at,
  cancelledAt: row.cancelled_at,
  total: Number(row.total ?? 0),
  finished: Number(row.finished ?? 0),
  succeeded: Number(row.succeeded ?? 0),
});

const withCounts = 'select b.*, g.total, g.finished, g.succeeded from batch b left join job_group g on g.id = b.id';
const open = `b.status in ('validating', 'in_progress', 'finalizing', 'cancelling')`;

export function createBatchStore(pool: pg.Pool): BatchStore {
  const rowsOf = async <R extends object>(name: string, text: string, values: readonly unknown[]) => (await pool.query<R>({ name: `batch.${name}`, text, values: [...values] })).rows;
  const one = async (name: string, text: string, values: readonly unknown[]) => {
    const [row] = await rowsOf<BatchRow>(name, text, values);
    return row === undefined ? null : batchFromRow(row);
  };
  return {
    createBatch: async (batch) => {
      const rows = await rowsOf(
        'create',
        `insert into batch (id, project_id, key_id, use_case_id, endpoint, input_file_id, completion_window, metadata, expires_at, status)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'validating') on conflict do nothing returning id`,
        [batch.id, batch.projectId, batch.keyId, batch.useCaseId, batch.endpoint, batch.inputFileId, batch.completionWindow, toJson(batch.metadata), batch.expiresAt],
      );
      return rows.length === 1;
    },
    findBatch: (id, projectId) => one('find', `${withCounts} where b.id = $1 and ($2::text is null or b.project_id = $2)`, [id, projectId]),
    listBatches: async (projectId, before, limit) => {
      const text = `${withCounts} where b.project_id = $1 and ($2::text is null or b.id < $2) order by b.id desc limit $3`;
      return (await rowsOf<BatchRow>('list', text, [projectId, before ?? null, limit])).map(batchFromRow);
    },
    listOpenBatches: async (limit) => {
      const text = `select b.id from batch b where ${open} and (b.lease_until is null or b.lease_until < now()) order by b.created_at limit $1`;
      return (await rowsOf<{ id: BatchId }>('list-open', text, [limit])).map(({ id }) => id);
    },
    leaseBatch: async (id, owner, leaseMs) => {
      const text = `update batch b set lease_owner = $2, lease_until = now() + make_interval(secs => $3::float8 / 1000)
        where b.id = $1 and ${open} and (b.lease_until is null or b.lease_until < now() or b.lease_owner = $2) returning b.id`;
      return (await rowsOf('lease', text, [id, owner, leaseMs])).length === 1;
    },
    releaseBatch: async (id, owner) => {
      await rowsOf('release', 'update batch set lease_owner = null, lease_until = null where id = $1 and lease_owner = $2', [id, owner]);
    },
    moveBatch: ({ id, from, to, errors, outputFileId, errorFileId }) =>
      one(
        'move',
        `with moved as (
           update batch b set status = $3, errors = coalesce($4::json, b.errors),
             output_file_id = coalesce($5, b.output_file_id), error_file_id = coalesce($6, b.error_file_id),
             in_progress_at = case when $3 = 'in_progress' then now() else b.in_progress_at end,
             finalizing_at = case when $3 = 'finalizing' then now() else b.finalizing_at end,
             completed_at = case when $3 = 'completed' then now() else b.completed_at end,
             failed_at = case when $3 = 'failed' then now() else b.failed_at end,
             expired_at = case when $3 = 'expired' then now() else b.expired_at end,
             cancelling_at = case when $3 = 'cancelling' then now() else b.cancelling_at end,
             cancelled_at = case when $3 = 'cancelled' then now() else b.cancelled_at end
           where b.id = $1 and b.status = any($2::text[]) returning b.*
         ),
         told as (${batchOutbox('moved')})
         ${withCounts.replace('from batch b', 'from moved b')}`,
        [id, from, to, toJson(errors), outputFileId ?? null, errorFileId ?? null],
      ),
  };
}
