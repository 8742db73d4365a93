import { JobStatus, Lane } from '@weighbridge/inference-domain';
import type { JobId, ProjectId } from '@weighbridge/shared-domain';
import type pg from 'pg';
import { cancelGroupStatement, cancelStatement, completeStatement, expireStatement, lateAttemptsStatement } from './finish-statements.ts';
import * as sql from './job-statements.ts';
import type { DispatchableJob, EndedJob, JobStore } from './job-store.ts';
import { batchIdOf, jobFromRow, runIdOf, sequenceFromColumn, toJson } from './stored-job.ts';
import type { JobRow } from './stored-job.ts';

/** The job store on a pool whose search path is the schema of the inference scope. */
export function createJobStore(pool: pg.Pool): JobStore {
  const rowsOf = async <R extends object>(name: string, text: string, values: readonly unknown[]): Promise<R[]> =>
    (await pool.query<R>({ name: `job.${name}`, text, values: [...values] })).rows;
  const jobs = async (name: string, text: string, values: readonly unknown[]) => (await rowsOf<JobRow>(name, text, values)).map(jobFromRow);
  const ended = async (name: string, text: string, values: readonly unknown[]) => (await rowsOf<EndedRow>(name, text, values)).map(endedFromRow);
  const dispatchable = async (name: string, text: string, values: readonly unknown[]) => (await rowsOf<DispatchableRow>(name, text, values)).map(dispatchableFromRow);

  return {
    insertJobs: async (added) => {
      if (added.length === 0) return new Set();
      const of = <T>(pick: (job: (typeof added)[number]) => T): readonly T[] => added.map(pick);
      const rows = await rowsOf<{ id: JobId }>('insert', sql.insertStatement, [
        of((job) => job.id),
        of((job) => job.projectId),
        of((job) => job.keyId),
        of((job) => job.useCaseId),
        of((job) => job.lane),
        of((job) => job.groupId),
        of((job) => job.clientKey),
        of((job) => job.position),
        of((job) => job.modelReference),
        of((job) => toJson(job.request)),
        of((job) => toJson(job.ticket)),
        of((job) => job.pool),
        of((job) => toJson(job.error)),
        of((job) => JSON.stringify(job.tags)),
        of((job) => job.createdAt ?? null),
        of((job) => job.expiresAt),
        of((job) => job.callbackUrl ?? null),
      ]);
      return new Set(rows.map(({ id }) => id));
    },

    claimJobs: async (claims, owner, leaseMs) => {
      if (claims.length === 0) return [];
      return jobs('claim', sql.claimStatement, [
        claims.map((claim) => claim.id),
        claims.map((claim) => claim.dispatch),
        claims.map((claim) => claim.takeover === true),
        owner,
        leaseMs,
      ]);
    },

    renewLeases: async (held, owner, leaseMs) => {
      if (held.length === 0) return new Set();
      const rows = await rowsOf<{ id: JobId }>('renew', sql.renewStatement, [held.map((job) => job.id), held.map((job) => job.epoch), owner, leaseMs]);
      return new Set(rows.map(({ id }) => id));
    },

    completeJobs: async (completions) => {
      if (completions.length === 0) return [];
      const of = <T>(pick: (completion: (typeof completions)[number]) => T): readonly T[] => completions.map(pick);
      const [ids, owners, epochs] = [of(({ id }) => id), of(({ owner }) => owner), of(({ epoch }) => epoch)];
      const [attempts, tokens, costs] = [of((done) => toJson(done.attempts)), of((done) => toJson(done.tokens)), of((done) => done.costUsd)];
      const written = await ended('complete', completeStatement, [
        ids,
        owners,
        epochs,
        of(({ status }) => status),
        attempts,
        of(({ output }) => toJson(output)),
        tokens,
        costs,
        of(({ error }) => toJson(error)),
      ]);
      if (written.length < completions.length) await pool.query({ name: 'job.late-attempts', text: lateAttemptsStatement, values: [ids, owners, epochs, attempts, tokens, costs] });
      return written;
    },

    cancelJobs: (ids, projectId, error) => ended('cancel', cancelStatement, [ids, projectId, toJson(error)]),
    cancelGroup: async (groupId, error, limit) => {
      await pool.query({ name: 'job.mark-group-cancelled', text: sql.markGroupCancelledStatement, values: [groupId] });
      return ended('cancel-group', cancelGroupStatement, [groupId, toJson(error), limit]);
    },
    expireJobs: (error, limit) => ended('expire', expireStatement, [toJson(error), limit]),

    findJob: async (id, projectId) => {
      const [job] = await jobs('find', sql.findStatement, [id, projectId]);
      return job ?? null;
    },

    listJobs: async ({ projectId, status, lane, useCaseId, before, limit }) => {
      const found = await jobs('list', sql.listStatement, [projectId, status ?? null, lane ?? null, useCaseId ?? null, before ?? null, limit]);
      return found.map(({ request: _request, output: _output, ...summary }) => summary);
    },

    summariseJobs: async (projectId) => {
      const rows = await rowsOf<SummaryRow>('summary', sql.summaryStatement, [projectId]);
      const counts = Object.fromEntries(JobStatus.options.map((status) => [status, 0])) as Record<JobStatus, number>;
      for (const { status, jobs: count } of rows) counts[JobStatus.parse(status)] = count;
      const queued = rows.find(({ status }) => status === 'queued');
      return {
        counts,
        oldestQueuedMs: queued === undefined ? null : Math.max(0, Number(queued.oldest_ms)),
        finishedLastHour: rows.reduce((sum, row) => sum + row.last_hour, 0),
      };
    },

    listClientKeys: async (groupId, keys) =>
      new Set((await rowsOf<{ client_key: string }>('list-client-keys', sql.listClientKeysStatement, [groupId, keys])).map((row) => row.client_key)),
    listUnadmitted: (groupId, limit) => jobs('list-unadmitted', sql.listUnadmittedStatement, [groupId, limit]),
    countOutstanding: async (groupId) => (await rowsOf<{ jobs: number }>('count-outstanding', sql.countOutstandingStatement, [groupId]))[0]?.jobs ?? 0,
    admitJobs: async (admitted) =>
      admitted.length === 0
        ? []
        : dispatchable('admit', sql.admitStatement, [admitted.map(({ id }) => id), admitted.map(({ ticket }) => toJson(ticket)), admitted.map((job) => job.pool)]),
    redispatch: (olderThanMs, limit) => dispatchable('redispatch', sql.redispatchStatement, [olderThanMs, limit]),
    requeueLost: (limit) => dispatchable('requeue-lost', sql.requeueLostStatement, [limit]),
    listOutstanding: async () => {
      const rows = await rowsOf<{ project_id: ProjectId; lane: string; jobs: number }>('list-outstanding', sql.listOutstandingStatement, []);
      return rows.map((row) => ({ projectId: row.project_id, lane: Lane.parse(row.lane), jobs: row.jobs }));
    },

    groupProgress: async (groupId) => {
      const [row] = await rowsOf<GroupRow>('group-progress', sql.groupProgressStatement, [groupId]);
      if (row === undefined) return null;
      return { projectId: row.project_id, total: Number(row.total), finished: Number(row.finished), succeeded: Number(row.succeeded), cancelledAt: row.cancelled_at };
    },
    listFinished: (groupId, after, limit) => jobs('list-finished', sql.listFinishedStatement, [groupId, after, limit]),
    listFinishedByPosition: (groupId, after, limit) => jobs('list-finished-by-position', sql.listFinishedByPositionStatement, [groupId, after, limit]),
  };
}

interface SummaryRow {
  readonly status: string;
  readonly jobs: number;
  readonly oldest_ms: string;
  readonly last_hour: number;
}

interface GroupRow {
  readonly project_id: ProjectId;
  readonly total: string;
  readonly finished: string;
  readonly succeeded: string;
  readonly cancelled_at: Date | null;
}

type DispatchableRow = Pick<JobRow, 'id' | 'project_id' | 'lane' | 'dispatch'> & { readonly pool: string };
type EndedRow = Pick<JobRow, 'id' | 'project_id' | 'lane' | 'group_id' | 'status' | 'pool' | 'dispatch' | 'finish_sequence'> & { readonly was: 'queued' | 'running' };

const endedFromRow = (row: EndedRow): EndedJob => ({
  id: row.id,
  projectId: row.project_id,
  lane: Lane.parse(row.lane),
  batchId: batchIdOf(row.group_id),
  runId: runIdOf(row.group_id),
  status: JobStatus.parse(row.status),
  was: row.was,
  pool: row.pool,
  dispatch: row.dispatch,
  finishSequence: sequenceFromColumn(row.finish_sequence),
});

const dispatchableFromRow = (row: DispatchableRow): DispatchableJob => ({
  id: row.id,
  projectId: row.project_id,
  lane: Lane.parse(row.lane),
  pool: row.pool,
  dispatch: row.dispatch,
});
