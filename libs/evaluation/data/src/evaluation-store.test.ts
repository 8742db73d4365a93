import { createRunAccumulator } from '@weighbridge/evaluation-domain';
import { SuiteDefinition } from '@weighbridge/evaluation-domain';
import { createPool } from '@weighbridge/shared-data';
import { KeyId, ProjectId, RunId, SuiteId, UseCaseId, idFromUuid, noTokens, parseUsd } from '@weighbridge/shared-domain';
import type { IdKind } from '@weighbridge/shared-domain';
import { createTestDatabase } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEvaluationStore } from './evaluation-store.ts';
import type { EvaluationStore } from './evaluation-store.ts';
import type { StoredResult } from './stored-result.ts';
import type { StoredRun } from './stored-run.ts';

let database: TestDatabase;
let pool: pg.Pool;
let store: EvaluationStore;

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['evaluation'] });
  pool = createPool({ connectionString: database.urlFor('evaluation'), schema: 'evaluation', applicationName: 'test' });
  store = createEvaluationStore(pool);
});

afterAll(async () => {
  await pool.end();
  await database.close();
});

let made = 0;
/** Ids that sort in the order in which they are made. */
const idOf = (kind: IdKind) => idFromUuid(kind, (made += 1).toString(16).padStart(32, '0'));
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds));
const summary = createRunAccumulator().finish();

const projectId = ProjectId.parse(idOf('project'));
const storeSuite = (name: string, count = 4, digest = name) =>
  store.suites.storeSuite({
    id: SuiteId.parse(idOf('suite')),
    projectId,
    definition: SuiteDefinition.parse({ name, dataset: { samples: Array.from({ length: count }, (_, index) => ({ id: `s${index}`, input: { prompt: `p${index}` }, target: 't' })) }, scorers: [{ kind: 'exact_match' }] }),
    digest,
    scorers: ['exact_match@1'],
    slices: [],
    createdAt: at(0),
  });
const createRun = async (suite: string, version = '1', planned = 4): Promise<StoredRun> =>
  store.runs.createRun({
    id: RunId.parse(idOf('run')),
    projectId,
    suiteId: (await storeSuite(suite)).id,
    model: 'm',
    version,
    useCaseId: UseCaseId.parse(idOf('useCase')),
    keyId: KeyId.parse(idOf('key')),
    planned,
    summary,
    createdAt: at(0),
  });
const result = (position: number, score: number | null = 1, over: Partial<StoredResult> = {}): StoredResult => ({
  sampleId: `s${position}`,
  position,
  slice: null,
  jobId: null,
  output: 'out',
  outcome: score === null ? 'error' : score === 1 ? 'correct' : 'incorrect',
  score,
  parsed: null,
  reason: null,
  scores: [],
  tokens: { ...noTokens, inputTokens: 3 },
  costPicoUsd: parseUsd('0.000000000001'),
  durationMs: 1.5,
  ...over,
});
const insert = (id: RunId, results: readonly StoredResult[]) => store.transaction((client) => store.results.insertResults(client, id, results));

describe('suites', () => {
  test('the newest revision is found; the newest with the same digest is not stored again', async () => {
    const first = await storeSuite('revised', 2, 'a');
    const same = await storeSuite('revised', 2, 'a');
    const second = await storeSuite('revised', 3, 'b');

    expect(same).toEqual(first);
    expect([first.revision, second.revision]).toEqual([1, 2]);
    expect(await store.suites.findSuite(projectId, 'revised')).toEqual(second);
    expect(await store.suites.findRevision(first.id)).toEqual(first);
    expect((await store.suites.listSamples(second.id, { from: 1, until: 3, limit: 10 })).map(({ position, sample }) => [position, sample.id])).toEqual([[1, 's1'], [2, 's2']]);
    expect((await store.suites.findSamples(second.id, ['s2', 'other'])).map(({ position }) => position)).toEqual([2]);
  });

  test.each(['suite', 'suite_sample', 'sample_result'])('rows of %s cannot be changed', async (table) => {
    await insert((await createRun('unchanged')).id, [result(0)]);

    await expect(pool.query(`update ${table} set ${table === 'suite' ? 'name' : 'sample_id'} = 'x'`)).rejects.toThrow('never changed');
  });
});

describe('a claim', () => {
  test('a later one refuses what the earlier one writes', async () => {
    const { id } = await createRun('claimed');
    const first = await store.runs.claimRun(id, at(1));
    const second = await store.runs.claimRun(id, at(2));
    const lock = (epoch: number) => store.transaction((client) => store.runs.lockClaimed(client, { id, epoch }));
    const end = { status: 'succeeded', error: null, cancelPending: false } as const;

    expect([first?.epoch, second?.epoch, second?.startedAt]).toEqual([1, 2, at(1)]);
    expect([await lock(1), await lock(2)]).toEqual([false, true]);
    expect([await store.runs.endRun({ id, epoch: 1 }, end, at(3)), await store.runs.endRun({ id, epoch: 2 }, end, at(3)), await store.runs.endRun({ id, epoch: 2 }, end, at(4))]).toEqual([false, true, false]);
    expect(await store.runs.findRun(id, projectId)).toMatchObject({ status: 'succeeded', finishedAt: at(3) });
    expect(await store.runs.claimRun(id, at(5))).toBeNull();
  });

  test('a run that was cancelled has no claim any more, and cannot end another way', async () => {
    const { id } = await createRun('cancelled');
    await store.runs.claimRun(id, at(1));

    expect(await store.runs.cancelRun(id, at(2))).toMatchObject({ status: 'cancelled', finishedAt: at(2) });
    expect(await store.runs.cancelRun(id, at(3))).toBeNull();
    expect(await store.runs.failRun(id, 'too late', at(3))).toBeNull();
    expect(await store.transaction((client) => store.runs.lockClaimed(client, { id, epoch: 1 }))).toBe(false);
  });

  test('untouched runs are given out once, each time with another number', async () => {
    const { id } = await createRun('untouched');
    const of = async (since: Date, now: Date) => (await store.runs.listUntouched(since, now, 100)).filter((run) => run.id === id).map(({ dispatch }) => dispatch);

    expect(await of(at(0), at(10))).toEqual([]);
    expect(await of(at(5), at(10))).toEqual([1]);
    expect(await of(at(5), at(11))).toEqual([]);
    expect(await of(at(15), at(20))).toEqual([2]);
  });
});

describe('results', () => {
  test('the first result of a sample stays, and money and odd characters are exact', async () => {
    const run = await createRun('written-once');
    const odd = result(0, 0.25, { output: 'nul \0 half \uD800', reason: 'nul \0', parsed: false, jobId: 'job_1', slice: 'x', costPicoUsd: parseUsd('123456789012345678.000000000001'), scores: [{ scorer: 'regex@1', score: 0.25, parsed: false, extracted: '\0', reason: null }] });

    expect(await insert(run.id, [odd, result(1, null, { tokens: null }), result(1)])).toEqual(new Set(['s0', 's1']));
    expect(await insert(run.id, [result(0), result(2)])).toEqual(new Set(['s2']));

    const stored = await store.results.listResults({ runId: run.id, suiteId: run.suiteId, from: 0, limit: 10 });
    expect(stored[0]).toEqual({ ...odd, reason: 'nul \uFFFD', sample: { id: 's0', input: { prompt: 'p0' }, target: 't' } });
    expect(stored.map(({ score, tokens }) => [score, tokens?.inputTokens ?? null])).toEqual([[0.25, 3], [null, null], [1, 3]]);
    expect((await store.results.listMeasures(run.id, 1, 1)).map(({ position }) => position)).toEqual([1]);
    expect((await store.results.listResults({ runId: run.id, suiteId: run.suiteId, outcome: 'incorrect', slice: 'x', from: 0, limit: 10 })).map(({ sampleId }) => sampleId)).toEqual(['s0']);
  });

  test('pairs are every sample of the suite, with null for what a run does not have', async () => {
    const [baseline, candidate] = [await createRun('paired', '1'), await createRun('paired', '2')];
    await insert(baseline.id, [result(0, 1), result(1, 0, { slice: 'x' }), result(2, null)]);
    await insert(candidate.id, [result(0, 0), result(2, 1)]);

    const pairs = await store.results.listPairs({ suiteId: baseline.suiteId, baseline: baseline.id, candidate: candidate.id, from: 0, until: 4, limit: 10 });

    expect(pairs.map(({ slice, baseline: b, candidate: c }) => [slice, b, c])).toEqual([[null, 1, 0], ['x', 0, null], [null, null, 1], [null, null, null]]);
  });

  test('the best are the newest succeeded whole run of each version, by accuracy', async () => {
    const end = async (version: string, value: number | null, status: 'succeeded' | 'failed' = 'succeeded', planned = 4) => {
      const { id, suiteId } = await createRun('ranked', version, planned);
      const claimed = await store.runs.claimRun(id, at(1));
      const claim = { id, epoch: claimed?.epoch ?? 0 };
      const accuracy = value === null ? null : ({ value, low: 0, high: 1, confidence: 0.95, method: 'wilson' } as const);
      await store.transaction((client) => store.runs.saveProgress(client, claim, { sent: planned, takenSequence: 4, finishedMore: planned, summary: { ...summary, accuracy }, blockedSince: null }, at(2)));
      await store.runs.endRun(claim, { status, error: null, cancelPending: false }, at(3));
      return { id, suiteId };
    };
    await end('a', 0.9);
    const a = await end('a', 0.5);
    const b = await end('b', 0.7);
    await end('b', 0.99, 'failed');
    await end('c', 0.99, 'succeeded', 2);
    const d = await end('d', null);

    expect((await store.runs.listBest(a.suiteId, 4, 10)).map(({ id }) => id)).toEqual([b.id, a.id, d.id]);
    expect((await store.runs.findNewestWhole(a.suiteId, 4, { model: 'm', version: 'a' }))?.id).toBe(a.id);
    expect(await store.runs.findNewestWhole(a.suiteId, 4, { model: 'm', version: 'c' })).toBeNull();
  });
});
