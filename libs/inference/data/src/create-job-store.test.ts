import { createPool } from '@weighbridge/shared-data';
import type { BatchId, JobId, ProjectId, RunId } from '@weighbridge/shared-domain';
import { idFromUuid } from '@weighbridge/shared-domain';
import { createTestDatabase } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createJobStore } from './create-job-store.ts';
import type { JobCompletion, JobStore } from './job-store.ts';
import type { NewStoredJob, StoredJob } from './stored-job.ts';

let database: TestDatabase;
let pool: pg.Pool;
let store: JobStore;

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['inference'] });
  pool = createPool({ connectionString: database.urlFor('inference'), schema: 'inference', applicationName: 'test', max: 20 });
  store = createJobStore(pool);
});
afterAll(async () => {
  await pool.end();
  await database.close();
});

const idOf = <T extends string>(kind: 'job' | 'project' | 'batch' | 'run') => idFromUuid(kind, randomUUID()) as T;
const inAnHour = () => new Date(Date.now() + 3_600_000);
const newJob = (more: Partial<NewStoredJob> = {}): NewStoredJob => ({
  id: idOf<JobId>('job'),
  projectId: idOf<ProjectId>('project'),
  keyId: null,
  useCaseId: null,
  lane: 'background',
  groupId: null,
  clientKey: null,
  position: null,
  modelReference: 'abacus:production',
  request: { messages: [{ role: 'user', content: 'a "quoted" \\ text\nof two lines' }] },
  ticket: { pool: 'default' },
  pool: 'default',
  error: null,
  tags: { team: 'search' },
  expiresAt: inAnHour(),
  ...more,
});
const answered = (job: StoredJob, more: Partial<JobCompletion> = {}): JobCompletion => ({
  id: job.id,
  owner: job.owner,
  epoch: job.epoch,
  status: 'succeeded',
  attempts: [{ attempt: 1 }],
  output: { text: '42' },
  tokens: { inputTokens: 3 },
  costUsd: '0.000000000001',
  error: null,
  ...more,
});
const claimAll = (jobs: readonly { id: JobId }[], owner = 'w1') => store.claimJobs(jobs.map(({ id }) => ({ id, dispatch: 0 })), owner, 30_000);
const cancelledError = { code: 'job.cancelled', message: 'The job was cancelled.' };

describe('a job', () => {
  test('goes from insertion over a claim to its end, and is found with all of it', async () => {
    const job = newJob();

    expect(await store.insertJobs([job])).toEqual(new Set([job.id]));
    const [claimed] = await claimAll([job]);
    const ended = await store.completeJobs([answered(claimed!)]);

    expect(claimed).toMatchObject({ status: 'running', owner: 'w1', epoch: 1, request: job.request, ticket: job.ticket, tags: job.tags });
    expect(ended).toMatchObject([{ id: job.id, status: 'succeeded', was: 'running', finishSequence: null }]);
    expect(await store.findJob(job.id, job.projectId)).toMatchObject({ status: 'succeeded', costUsd: '0.000000000001', output: { text: '42' }, attempts: [{ attempt: 1 }] });
  });

  test('of another project is not found', async () => {
    const job = newJob();
    await store.insertJobs([job]);

    expect(await store.findJob(job.id, idOf('project'))).toBeNull();
    expect(await store.cancelJobs([job.id], idOf('project'), cancelledError)).toEqual([]);
    expect(await store.findJob(job.id, null)).toMatchObject({ status: 'queued' });
  });

  test('inserted twice is one job', async () => {
    const [projectId, groupId] = [idOf<ProjectId>('project'), idOf<RunId>('run')];
    const sample = (clientKey: string) => newJob({ projectId, groupId, clientKey, lane: 'evaluation' });

    const first = await store.insertJobs([sample('a'), sample('b')]);
    const second = await store.insertJobs([sample('b'), sample('c')]);

    expect([first.size, second.size]).toEqual([2, 1]);
    expect(await store.listClientKeys(groupId, ['a', 'd'])).toEqual(new Set(['a']));
    expect(await store.groupProgress(groupId)).toMatchObject({ total: 3, finished: 0 });
  });

  test('of two with the same key in one call the first is kept', async () => {
    const [projectId, groupId] = [idOf<ProjectId>('project'), idOf<BatchId>('batch')];
    const lines = [newJob({ projectId, groupId, clientKey: 'a', position: 1 }), newJob({ projectId, groupId, clientKey: 'b', position: 2 }), newJob({ projectId, groupId, clientKey: 'a', position: 3 })];

    expect(await store.insertJobs(lines)).toEqual(new Set([lines[0]!.id, lines[1]!.id]));
  });

  test('is claimed by one of many workers that ask at once', async () => {
    const jobs = Array.from({ length: 20 }, () => newJob());
    await store.insertJobs(jobs);

    const claims = await Promise.all(Array.from({ length: 8 }, (_, worker) => claimAll(worker % 2 ? jobs : jobs.toReversed(), `w${worker}`)));

    expect(claims.flat().map(({ id }) => id).toSorted()).toEqual(jobs.map(({ id }) => id).toSorted());
  });

  test('that another worker runs is taken over only by a redelivered message, and the first worker then writes nothing', async () => {
    const job = newJob();
    await store.insertJobs([job]);
    const [first] = await claimAll([job], 'w1');

    expect(await claimAll([job], 'w2')).toEqual([]);
    const [second] = await store.claimJobs([{ id: job.id, dispatch: 0, takeover: true }], 'w2', 30_000);
    const late = await store.completeJobs([answered(first!, { output: { text: 'late' } })]);
    const ended = await store.completeJobs([answered(second!)]);

    expect(second).toMatchObject({ owner: 'w2', epoch: 2 });
    expect(late).toEqual([]);
    expect(ended).toHaveLength(1);
    expect(await store.findJob(job.id, null)).toMatchObject({ output: { text: '42' } });
  });

  test('has one end, however many try at once (P2)', async () => {
    const job = newJob();
    await store.insertJobs([job]);
    const [claimed] = await claimAll([job]);

    const outcomes = await Promise.all([
      ...Array.from({ length: 10 }, (_, index) => store.completeJobs([answered(claimed!, { output: { index } })])),
      ...Array.from({ length: 5 }, () => store.cancelJobs([job.id], null, cancelledError)),
    ]);

    expect(outcomes.flat()).toHaveLength(1);
    const [winner] = outcomes.flat();
    expect(await store.findJob(job.id, null)).toMatchObject({ status: winner!.status });
  });

  test('that was cancelled under its worker keeps what the attempt cost', async () => {
    const job = newJob();
    await store.insertJobs([job]);
    const [claimed] = await claimAll([job]);

    const [ended] = await store.cancelJobs([job.id], job.projectId, cancelledError);
    const written = await store.completeJobs([answered(claimed!, { status: 'cancelled', output: null })]);

    expect(ended).toMatchObject({ status: 'cancelled', was: 'running' });
    expect(written).toEqual([]);
    expect(await store.findJob(job.id, null)).toMatchObject({ status: 'cancelled', error: cancelledError, attempts: [{ attempt: 1 }], costUsd: '0.000000000001', output: null });
  });

  test('that is finished cannot be claimed, cancelled, expired, renewed or requeued', async () => {
    const job = newJob();
    await store.insertJobs([job]);
    const [claimed] = await claimAll([job]);
    await store.completeJobs([answered(claimed!)]);
    await pool.query(`update job set expires_at = now() - interval '1 hour' where id = $1`, [job.id]);

    expect(await store.claimJobs([{ id: job.id, dispatch: 0, takeover: true }], 'w2', 1_000)).toEqual([]);
    expect(await store.cancelJobs([job.id], null, cancelledError)).toEqual([]);
    expect((await store.expireJobs(null, 100)).map(({ id }) => id)).not.toContain(job.id);
    expect(await store.renewLeases([{ id: job.id, epoch: 1 }], 'w1', 1_000)).toEqual(new Set());
  });
});

describe('a lost job', () => {
  const lose = (id: JobId) => pool.query(`update job set lease_until = now() - interval '1 second' where id = $1`, [id]);

  test('comes back under a new dispatch, and messages of the old one are void (P1)', async () => {
    const job = newJob();
    await store.insertJobs([job]);
    const [claimed] = await claimAll([job]);
    await lose(job.id);

    const requeued = await store.requeueLost(1_000);

    expect(requeued.filter(({ id }) => id === job.id)).toMatchObject([{ dispatch: 1, pool: 'default', lane: 'background' }]);
    expect(await store.claimJobs([{ id: job.id, dispatch: 0, takeover: true }], 'w1', 1_000)).toEqual([]);
    expect(await store.completeJobs([answered(claimed!)])).toEqual([]);
    expect(await store.claimJobs([{ id: job.id, dispatch: 1 }], 'w2', 30_000)).toMatchObject([{ epoch: 2 }]);
  });

  test('is not lost while its lease is renewed', async () => {
    const job = newJob();
    await store.insertJobs([job]);
    await claimAll([job]);
    await lose(job.id);

    expect(await store.renewLeases([{ id: job.id, epoch: 1 }], 'w1', 30_000)).toEqual(new Set([job.id]));
    expect((await store.requeueLost(1_000)).map(({ id }) => id)).not.toContain(job.id);
  });

  test('that no queue knows any more is given to it again, once per round', async () => {
    const job = newJob();
    await store.insertJobs([job]);
    await pool.query(`update job set dispatched_at = now() - interval '5 minutes' where id = $1`, [job.id]);

    const rounds = await Promise.all([store.redispatch(60_000, 1_000), store.redispatch(60_000, 1_000)]);

    expect(rounds.flat().filter(({ id }) => id === job.id)).toMatchObject([{ dispatch: 0 }]);
  });

  test('expires when its time is over, a running one only after its lease', async () => {
    const [waiting, running] = [newJob(), newJob()];
    await store.insertJobs([waiting, running]);
    await claimAll([running]);
    await pool.query(`update job set expires_at = now() - interval '1 second' where id = any($1)`, [[waiting.id, running.id]]);

    const first = await store.expireJobs({ code: 'job.expired', message: 'late' }, 100);
    await lose(running.id);
    const second = await store.expireJobs({ code: 'job.expired', message: 'late' }, 100);

    expect(first.map(({ id, was }) => [id, was])).toEqual([[waiting.id, 'queued']]);
    expect(second.map(({ id, was }) => [id, was])).toEqual([[running.id, 'running']]);
  });
});

describe('a group', () => {
  const groupOf = async (count: number, more: Partial<NewStoredJob> = {}) => {
    const [projectId, groupId] = [idOf<ProjectId>('project'), idOf<BatchId>('batch')];
    const jobs = Array.from({ length: count }, (_, index) => newJob({ projectId, groupId, lane: 'batch', clientKey: `k${index}`, position: index + 1, ...more }));
    await store.insertJobs(jobs);
    return { projectId, groupId, jobs };
  };

  test('counts its ends, and a reader that follows the sequence while they happen misses none', async () => {
    const { groupId, jobs } = await groupOf(200);
    const claimed = await claimAll(jobs);
    const seen: StoredJob[] = [];
    let writing = true;
    const reader = (async () => {
      for (;;) {
        const last = !writing;
        const more = await store.listFinished(groupId, seen.at(-1)?.finishSequence ?? 0, 50);
        seen.push(...more);
        if (last && more.length === 0) return;
      }
    })();

    await Promise.all(claimed.map((job, index) => store.completeJobs([answered(job, index % 10 === 0 ? { status: 'failed' } : {})])));
    writing = false;
    await reader;

    expect(seen.map(({ finishSequence }) => finishSequence)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
    expect(await store.groupProgress(groupId)).toMatchObject({ total: 200, finished: 200, succeeded: 180 });
  });

  test('many completions over several groups at once do not wait for each other in a circle', async () => {
    const groups = await Promise.all(Array.from({ length: 4 }, () => groupOf(40)));
    const claimed = await Promise.all(groups.map(({ jobs }) => claimAll(jobs)));
    const mixed = Array.from({ length: 40 }, (_, index) => claimed.map((jobs) => answered(jobs[index]!)));

    await Promise.all(mixed.map((completions, index) => store.completeJobs(index % 2 ? completions : completions.toReversed())));

    for (const { groupId } of groups) expect(await store.groupProgress(groupId)).toMatchObject({ finished: 40, succeeded: 40 });
  });

  test('hands out its lines for admission in order, and each counts as outstanding until it ends', async () => {
    const { groupId, jobs } = await groupOf(5, { ticket: null, pool: null });

    const next = await store.listUnadmitted(groupId, 3);
    const dispatched = await store.admitJobs(next.map(({ id }) => ({ id, ticket: { pool: 'gpu' }, pool: 'gpu' })));
    const again = await store.admitJobs(next.map(({ id }) => ({ id, ticket: {}, pool: 'gpu' })));
    await store.completeJobs([{ ...answered((await store.findJob(jobs[3]!.id, null))!), owner: null, status: 'failed' }]);

    expect(next.map(({ position }) => position)).toEqual([1, 2, 3]);
    expect(dispatched).toHaveLength(3);
    expect(again).toEqual([]);
    expect(await store.countOutstanding(groupId)).toBe(3);
    expect((await store.listUnadmitted(groupId, 10)).map(({ position }) => position)).toEqual([5]);
    expect((await store.listFinishedByPosition(groupId, 0, 10)).map(({ position }) => position)).toEqual([4]);
  });

  test('that is cancelled takes no further jobs', async () => {
    const { groupId, projectId, jobs } = await groupOf(7);
    await claimAll(jobs.slice(0, 1));

    const rounds = [await store.cancelGroup(groupId, cancelledError, 4), await store.cancelGroup(groupId, cancelledError, 4), await store.cancelGroup(groupId, cancelledError, 4)];
    const added = await store.insertJobs([newJob({ groupId, projectId, clientKey: 'late' })]);

    expect(rounds.map((round) => round.length)).toEqual([4, 3, 0]);
    expect(rounds.flat().filter(({ was }) => was === 'running')).toHaveLength(1);
    expect(added.size).toBe(0);
    expect(await store.groupProgress(groupId)).toMatchObject({ total: 7, finished: 7, succeeded: 0 });
  });
});

describe('lists', () => {
  test('page newest first within a project, and count its states', async () => {
    const projectId = idOf<ProjectId>('project');
    const jobs = Array.from({ length: 5 }, (_, index) => newJob({ projectId, id: `job_${String(index).padStart(32, '0')}` as JobId }));
    await store.insertJobs(jobs);
    await store.insertJobs([newJob()]);
    await claimAll(jobs.slice(0, 1));

    const first = await store.listJobs({ projectId, limit: 3 });
    const second = await store.listJobs({ projectId, limit: 3, before: first.at(-1)!.id });
    const running = await store.listJobs({ projectId, limit: 3, status: 'running' });

    expect([...first, ...second].map(({ id }) => id)).toEqual(jobs.map(({ id }) => id).toReversed());
    expect(running).toHaveLength(1);
    expect((await store.summariseJobs(projectId)).counts).toMatchObject({ queued: 4, running: 1, succeeded: 0 });
    expect((await store.listOutstanding()).filter((count) => count.projectId === projectId)).toEqual([{ projectId, lane: 'background', jobs: 5 }]);
  });
});
