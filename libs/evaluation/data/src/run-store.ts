import type { RunSummary } from '@weighbridge/evaluation-domain';
import type { ProjectId, RunId, SuiteId } from '@weighbridge/shared-domain';
import type pg from 'pg';
import { runFromRow } from './stored-run.ts';
import type { NewStoredRun, RunRow, StoredRun, StoredRunStatus } from './stored-run.ts';

/** A run in the hands of one consumer. */
export interface RunClaim {
  readonly id: RunId;
  readonly epoch: number;
}

export interface RunProgress {
  readonly sent: number;
  readonly takenSequence: number;
  /** Results that are new. */
  readonly finishedMore: number;
  readonly summary: RunSummary;
  readonly blockedSince: Date | null;
}

export interface RunEnd {
  readonly status: 'succeeded' | 'failed';
  readonly error: string | null;
  /** The gateway may still have open jobs of this run, and must be told. */
  readonly cancelPending: boolean;
}

export interface RunFilter {
  /** Null: of all projects. */
  readonly projectId: ProjectId | null;
  readonly suite?: string | undefined;
  readonly model?: string | undefined;
  readonly version?: string | undefined;
  readonly status?: StoredRunStatus | undefined;
  /** Only runs with a smaller id, i.e. older ones. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/**
 * Evaluation runs. A run enters exactly one of its terminal states, once. What a consumer writes is guarded by its claim, so that
 * one that runs twice or too late changes nothing. Methods with a `client` join the caller's transaction.
 */
export interface RunStore {
  createRun(run: NewStoredRun): Promise<StoredRun>;
  /** `projectId` null: whosever it is. */
  findRun(id: RunId, projectId: ProjectId | null): Promise<StoredRun | null>;
  /** Newest first. */
  listRuns(filter: RunFilter): Promise<StoredRun[]>;

  /** Takes an open run, also from another consumer; null when there is none. */
  claimRun(id: RunId, at: Date): Promise<StoredRun | null>;
  /** Locks the run until the transaction ends; false when it has ended or was taken by another consumer. */
  lockClaimed(client: pg.PoolClient, claim: RunClaim): Promise<boolean>;
  saveProgress(client: pg.PoolClient, claim: RunClaim, progress: RunProgress, at: Date): Promise<void>;
  /** False when the run has ended already, or was taken by another consumer. */
  endRun(claim: RunClaim, end: RunEnd, at: Date): Promise<boolean>;

  /** Ends an open run, whoever has it. Null when there is no such open run. */
  cancelRun(id: RunId, at: Date): Promise<StoredRun | null>;
  failRun(id: RunId, error: string, at: Date): Promise<StoredRun | null>;
  /** Ended runs whose open jobs the gateway has yet to cancel. */
  listCancelPending(limit: number): Promise<RunId[]>;
  clearCancelPending(id: RunId): Promise<void>;
  /** Open runs that no consumer has touched since, with the number of the message that each is now given. */
  listUntouched(since: Date, at: Date, limit: number): Promise<{ readonly id: RunId; readonly dispatch: number }[]>;

  /** The newest succeeded run of each version over all samples of this revision, best first: by accuracy, then newest. */
  listBest(suiteId: SuiteId, samples: number, limit: number): Promise<StoredRun[]>;
  /** The newest succeeded run of a version over all samples of this revision. */
  findNewestWhole(suiteId: SuiteId, samples: number, version: { readonly model: string; readonly version: string }): Promise<StoredRun | null>;
}

const joined = (run: string) => `
  select r.*, s.name as suite_name, s.revision as suite_revision, s.digest as suite_digest, s.scorers as suite_scorers
  from ${run} r join suite s on s.id = r.suite_id`;

const changed = (statement: string) => `with r as (${statement} returning *) ${joined('r').replace('from r r', 'from r')}`;

const endOpen = (status: 'cancelled' | 'failed') =>
  changed(`update run set status = '${status}', error = $3, finished_at = $2, touched_at = $2, epoch = epoch + 1, cancel_pending = sent > 0
           where id = $1 and status in ('queued', 'running')`);

export function createRunStore(pool: pg.Pool): RunStore {
  const runs = async (name: string, text: string, values: readonly unknown[]) =>
    (await pool.query<RunRow>({ name: `run.${name}`, text, values: [...values] })).rows.map(runFromRow);
  const one = async (name: string, text: string, values: readonly unknown[]) => (await runs(name, text, values))[0] ?? null;

  return {
    createRun: async (run) =>
      (await one(
        'create',
        changed(`insert into run (id, project_id, suite_id, model, version, use_case_id, key_id, status, planned, summary, created_at, touched_at)
                 values ($1, $2, $3, $4, $5, $6, $7, 'queued', $8, $9, $10, $10)`),
        [run.id, run.projectId, run.suiteId, run.model, run.version, run.useCaseId, run.keyId, run.planned, JSON.stringify(run.summary), run.createdAt],
      )) as StoredRun,
    findRun: (id, projectId) => one('find', `${joined('run')} where r.id = $1 and ($2::text is null or r.project_id = $2)`, [id, projectId]),
    listRuns: ({ projectId, suite, model, version, status, before, limit }) =>
      runs(
        'list',
        `${joined('run')}
         where ($1::text is null or r.project_id = $1) and ($2::text is null or s.name = $2) and ($3::text is null or r.model = $3)
           and ($4::text is null or r.version = $4) and ($5::text is null or r.status = $5) and ($6::text is null or r.id < $6)
         order by r.id desc limit $7`,
        [projectId, suite ?? null, model ?? null, version ?? null, status ?? null, before ?? null, limit],
      ),

    claimRun: (id, at) =>
      one(
        'claim',
        changed(`update run set status = 'running', epoch = epoch + 1, started_at = coalesce(started_at, $2), touched_at = $2
                 where id = $1 and status in ('queued', 'running')`),
        [id, at],
      ),
    lockClaimed: async (client, { id, epoch }) =>
      (await client.query({ name: 'run.lock', text: `select from run where id = $1 and epoch = $2 and status = 'running' for update`, values: [id, epoch] })).rowCount === 1,
    saveProgress: async (client, { id }, { sent, takenSequence, finishedMore, summary, blockedSince }, at) => {
      await client.query({
        name: 'run.save-progress',
        text: `update run set sent = $2, taken_sequence = $3, finished = finished + $4, summary = $5, blocked_since = $6, touched_at = $7 where id = $1`,
        values: [id, sent, takenSequence, finishedMore, JSON.stringify(summary), blockedSince, at],
      });
    },
    endRun: async ({ id, epoch }, { status, error, cancelPending }, at) =>
      (await pool.query({
        name: 'run.end',
        text: `update run set status = $3, error = $4, cancel_pending = $5, finished_at = $6, touched_at = $6 where id = $1 and epoch = $2 and status = 'running'`,
        values: [id, epoch, status, storable(error), cancelPending, at],
      })).rowCount === 1,

    cancelRun: (id, at) => one('cancel', endOpen('cancelled'), [id, at, null]),
    failRun: (id, error, at) => one('fail', endOpen('failed'), [id, at, storable(error)]),
    listCancelPending: async (limit) =>
      (await pool.query<{ id: RunId }>({ name: 'run.list-cancel-pending', text: 'select id from run where cancel_pending order by id limit $1', values: [limit] })).rows.map(({ id }) => id),
    clearCancelPending: async (id) => void (await pool.query({ name: 'run.clear-cancel-pending', text: 'update run set cancel_pending = false where id = $1', values: [id] })),
    listUntouched: async (since, at, limit) =>
      (
        await pool.query<{ id: RunId; dispatch: number }>({
          name: 'run.list-untouched',
          text: `update run set dispatch = dispatch + 1, touched_at = $2
                 where id in (select id from run where status in ('queued', 'running') and touched_at < $1 order by touched_at limit $3 for update skip locked)
                 returning id, dispatch`,
          values: [since, at, limit],
        })
      ).rows,

    listBest: (suiteId, samples, limit) =>
      runs(
        'list-best',
        `select * from (
           select distinct on (r.model, r.version) * from (${joined('run')}) r
           where r.suite_id = $1 and r.status = 'succeeded' and r.planned = $2
           order by r.model, r.version, r.id desc
         ) newest
         order by (summary->'accuracy'->>'value')::float8 desc nulls last, id desc limit $3`,
        [suiteId, samples, limit],
      ),
    findNewestWhole: (suiteId, samples, { model, version }) =>
      one(
        'find-newest-whole',
        `${joined('run')} where r.suite_id = $1 and r.planned = $2 and r.model = $3 and r.version = $4 and r.status = 'succeeded' order by r.id desc limit 1`,
        [suiteId, samples, model, version],
      ),
  };
}

/** PostgreSQL's `text` has no U+0000, and messages of model servers may have. */
const storable = (text: string | null): string | null => text && text.replaceAll('\0', '\uFFFD');
