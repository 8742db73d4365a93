import { newId } from '@weighbridge/shared-adapters/ids';
import { ApiError } from '@weighbridge/shared-contracts';
import { AppError } from '@weighbridge/shared-domain';
import type { RunId } from '@weighbridge/shared-domain';
import { createTestDatabase, waitFor } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resumeRuns } from './operations/resume-runs.ts';
import { createGatewayClient } from './gateway-client.ts';
import { silentLogger } from '@weighbridge/shared-adapters/logging';
import type { DriveLimits } from './operations/drive-run.ts';
import { startTestRunner } from './testing/start-test-runner.ts';
import type { TestRunner } from './testing/start-test-runner.ts';
import type { TestProject } from './testing/stub-registry.ts';

let database: TestDatabase;
let runner: TestRunner;
let project: TestProject;
let client: ReturnType<TestRunner['client']>;

const startRunner = async (limits: Partial<DriveLimits> = {}) => {
  runner = await startTestRunner({ databaseUrl: database.urlFor('evaluation'), limits: { pageSamples: 50, window: 120, waitMs: 250, blockedPauseMs: 10, ...limits } });
  project = runner.registry.addProject('support');
  client = runner.client(runner.registry.addKey({ project, role: 'editor' }));
};

beforeEach(async () => {
  database = await createTestDatabase({ scopes: ['evaluation', 'queue'] });
  await startRunner();
});

afterEach(async () => {
  await runner.close();
  await database.close();
});

/** Sample s<i> is in slice even or odd, and right when the answer is its number. */
const suiteOf = (count: number, name = 'numbers') => ({
  name,
  dataset: { samples: Array.from({ length: count }, (_, index) => ({ id: `s${index}`, input: { prompt: `Say ${index}` }, target: `${index}`, slice: index % 2 === 0 ? 'even' : 'odd' })) },
  system: 'You repeat numbers.',
  scorers: [{ kind: 'exact_match' as const }, { kind: 'includes' as const }],
});
const numberOf = (key: string) => Number(key.slice(1));
const start = async (model = 'm@1', name = 'numbers') => (await client.createRun({ params: { name }, body: { model } })).id;
const ended = (id: RunId) => waitFor(async () => ((run) => run.finishedAt !== null && run)(await client.getRun({ params: { id } })), { timeoutMs: 20_000, what: `the end of ${id}` });
const statusOf = async (id: RunId) => (await client.getRun({ params: { id } })).status;
const problemOf = async (call: Promise<unknown>) => {
  const error = await call.then(() => undefined, (thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ApiError);
  return (error as ApiError).problem;
};

describe('a run from start to end', () => {
  test('sends every sample once, scores every answer, and adds up exactly', async () => {
    await client.createSuite({ body: suiteOf(300) });
    runner.gateway.answer(({ key }) => {
      const number = numberOf(key);
      if (number === 7) return { failure: { code: 'backend.failed', message: 'The model \0 broke' } };
      return { text: number % 3 === 0 ? `no ${number}` : `${number}` };
    });
    runner.startWorker();

    const run = await ended(await start());

    // 100 of 300 are multiples of 3; s7, which is none, has no score.
    expect(run).toMatchObject({ status: 'succeeded', planned: 300, finished: 300, error: null, model: 'm', version: '1', useCaseId: project.useCaseId });
    expect(run.summary).toMatchObject({ total: 300, scored: 299, errors: 1, correct: 199, costUsd: '0.003588000299', tokens: { inputTokens: 299 * 20, outputTokens: 299 * 5 } });
    expect(run.summary.bySlice.map(({ slice, total, errors, correct }) => [slice, total, errors, correct])).toEqual([['even', 150, 0, 100], ['odd', 150, 1, 99]]);
    expect(runner.gateway.pages.map(({ jobs }) => jobs.length)).toEqual(Array(6).fill(50));
    expect(runner.gateway.pages[0]).toMatchObject({
      runId: run.id,
      projectId: project.id,
      keyId: run.keyId,
      useCaseId: project.useCaseId,
      jobs: expect.arrayContaining([expect.objectContaining({ key: 's0', model: 'm@1', input: expect.objectContaining({ messages: [{ role: 'system', content: 'You repeat numbers.' }, { role: 'user', content: 'Say 0' }], max_completion_tokens: 64, temperature: 0 }) as object })]) as object,
    });
    expect(new Set(runner.gateway.keys(run.id)).size).toBe(300);

    const errors = await client.listResults({ params: { id: run.id }, query: { outcome: 'error' } });
    expect(errors.data).toMatchObject([{ sampleId: 's7', prompt: 'Say 7', target: ['7'], output: null, score: null, reason: 'backend.failed: The model \uFFFD broke', tokens: null, costUsd: '0' }]);
    const wrong = await client.listResults({ params: { id: run.id }, query: { outcome: 'incorrect', slice: 'odd', limit: 1 } });
    expect(wrong.data).toMatchObject([{ sampleId: 's3', outcome: 'incorrect', score: 0, output: 'no 3', scores: [{ scorer: 'exact_match@1', score: 0 }, { scorer: 'includes@1', score: 1 }], costUsd: '0.000012000001' }]);
    const next = await client.listResults({ params: { id: run.id }, query: { outcome: 'incorrect', slice: 'odd', limit: 1, cursor: wrong.nextCursor ?? '' } });
    expect(next.data.map(({ sampleId }) => sampleId)).toEqual(['s9']);
  });

  test('no more than the window is with the gateway, and progress can be watched', async () => {
    await client.createSuite({ body: suiteOf(300) });
    runner.gateway.answer(({ key }) => ({ text: `${numberOf(key)}` }));
    runner.gateway.hold();
    runner.startWorker();
    const id = await start();

    // Pages of 50 go out while fewer than 120 are open.
    await waitFor(() => runner.gateway.openJobs(id) === 150);
    runner.gateway.finish(id, 40);
    const run = await waitFor(async () => ((now) => now.finished === 40 && now)(await client.getRun({ params: { id } })));

    expect(run).toMatchObject({ status: 'running', summary: { total: 40, scored: 40, correct: 40 } });
    expect(runner.gateway.keys(id).length - 40).toBeLessThanOrEqual(170);
    await waitFor(() => runner.gateway.finish(id) === 0 && runner.gateway.keys(id).length === 300);
    expect(await ended(id)).toMatchObject({ status: 'succeeded', finished: 300, summary: { correct: 300 } });
  });

  test('an output with characters that PostgreSQL dislikes is kept and scored as it is', async () => {
    await client.createSuite({ body: { ...suiteOf(1), dataset: { samples: [{ id: 'x', input: { prompt: 'p' }, target: 'ab' }] } } });
    runner.gateway.answer(() => ({ text: 'a\0b' }));
    runner.startWorker();

    const run = await ended(await start());

    expect(run.summary).toMatchObject({ scored: 1, correct: 0 });
    expect((await client.listResults({ params: { id: run.id } })).data[0]?.output).toBe('a\0b');
  });
});

describe('refusals of the gateway', () => {
  const slowDown = { code: 'rate_limit.exceeded', message: 'Slow down.' } as const;

  test('a refused sample is an error with the reason, and no zero', async () => {
    await client.createSuite({ body: suiteOf(100) });
    runner.gateway.answer(({ key }) => (numberOf(key) === 99 ? { refusal: { code: 'budget.exceeded', message: 'The budget is used up.' } } : { text: `${numberOf(key)}` }));
    runner.startWorker();

    const run = await ended(await start());

    expect(run).toMatchObject({ status: 'succeeded', finished: 100, summary: { scored: 99, errors: 1, correct: 99 } });
    expect((await client.listResults({ params: { id: run.id }, query: { outcome: 'error' } })).data).toMatchObject([{ sampleId: 's99', reason: 'budget.exceeded: The budget is used up.', scores: [] }]);
  });

  test('when the licence forbids all of them the run fails with that, and sends no more', async () => {
    await client.createSuite({ body: suiteOf(200) });
    runner.gateway.answer(() => ({ refusal: { code: 'license.denied', message: 'The licence forbids it: clause 2.' } }));
    runner.startWorker();

    const run = await ended(await start());

    expect(run).toMatchObject({ status: 'failed', error: 'license.denied: The licence forbids it: clause 2.' });
    expect(runner.gateway.pages).toHaveLength(1);
    expect(await client.getLeaderboard({ query: { suite: 'numbers' } })).toEqual({ suite: 'numbers', data: [] });
  });

  test.each(['model.not_found', 'model.no_deployment', 'license.review', 'price.unknown'] as const)('%s for the whole page fails the run at once', async (code) => {
    await client.createSuite({ body: suiteOf(10) });
    runner.gateway.refuseCalls(new AppError(code, 'no', { detail: 'Not this version.' }));
    runner.startWorker();

    expect(await ended(await start())).toMatchObject({ status: 'failed', finished: 0, error: `${code}: Not this version.` });
    expect(runner.gateway.pages).toHaveLength(1);
  });

  test('while the gateway is too busy for more, what it has is taken in', async () => {
    await client.createSuite({ body: suiteOf(100) });
    let full = false;
    runner.gateway.answer(({ key }) => {
      if (key === 's49' && !full) runner.gateway.refuseCalls(new AppError('queue.full', 'full'));
      full ||= key === 's49';
      return { text: `${numberOf(key)}` };
    });
    runner.gateway.hold();
    runner.startWorker();
    const id = await start();
    await waitFor(() => runner.gateway.pages.length > 3);
    runner.gateway.finish(id, 30);

    await waitFor(async () => (await client.getRun({ params: { id } })).finished === 30);
    runner.gateway.refuseCalls(null);
    await waitFor(() => runner.gateway.keys(id).length === 100);
    runner.gateway.finish(id);
    expect(await ended(id)).toMatchObject({ status: 'succeeded', summary: { correct: 100 } });
  });

  test('when every backend call fails nothing was measured, and the run says why', async () => {
    await client.createSuite({ body: suiteOf(60) });
    runner.gateway.answer(() => ({ failure: { code: 'backend.unavailable', message: 'Nobody answers.' } }));
    runner.startWorker();

    expect(await ended(await start())).toMatchObject({ status: 'failed', finished: 60, error: 'backend.unavailable: Nobody answers.', summary: { scored: 0, errors: 60, accuracy: null } });
  });

  test('a passing refusal is asked again until it passes', async () => {
    await client.createSuite({ body: suiteOf(60) });
    let refusals = 0;
    runner.gateway.answer(({ key }) => (numberOf(key) === 5 && refusals < 3 && (refusals += 1) > 0 ? { refusal: slowDown } : { text: `${numberOf(key)}` }));
    runner.startWorker();

    expect(await ended(await start())).toMatchObject({ status: 'succeeded', finished: 60, summary: { scored: 60 } });
    expect(refusals).toBe(3);
  });

  test('one that does not pass within its time becomes the result', async () => {
    await runner.close();
    await startRunner({ blockedMs: 100 });
    await client.createSuite({ body: suiteOf(60) });
    runner.gateway.answer(({ key }) => (numberOf(key) % 50 < 9 ? { text: `${numberOf(key)}` } : { refusal: slowDown }));
    runner.startWorker();

    expect(await ended(await start())).toMatchObject({ status: 'succeeded', finished: 60, summary: { scored: 18, errors: 42 } });
  });
});

describe('what a run survives', () => {
  test('the gateway is away for a while: the message is tried again', async () => {
    await client.createSuite({ body: suiteOf(60) });
    runner.gateway.refuseCalls(new AppError('service.unavailable', 'away'));
    runner.gateway.answer(({ key }) => ({ text: `${numberOf(key)}` }));
    runner.startWorker();
    const id = await start();
    await waitFor(() => runner.gateway.pages.length > 0);
    runner.gateway.refuseCalls(null);

    expect(await ended(id)).toMatchObject({ status: 'succeeded', summary: { correct: 60 } });
  });

  test('when the tries of its message are used up the run fails with the reason, and a payload that does not parse harms no run', async () => {
    await client.createSuite({ body: suiteOf(10) });
    runner.gateway.refuseCalls(new AppError('service.unavailable', 'away', { detail: 'The gateway is away.' }));
    const id = await start();
    await runner.producer.remove('evaluation', id);
    const queue = runner.producer.bullQueue('evaluation');
    await queue.add('evaluation', { v: 1, runId: id }, { jobId: 'last-try', attempts: 1 });
    await queue.add('evaluation', { v: 2, runId: id }, { jobId: 'from-the-future' });
    runner.startWorker();

    expect(await ended(id)).toMatchObject({ status: 'failed', error: 'service.unavailable: The gateway is away.' });
    await waitFor(async () => (await runner.producer.counts('evaluation')).failed === 2);
  });

  test('the gateway loses what it had: samples without a result are sent again, those with one are not scored twice', async () => {
    await client.createSuite({ body: suiteOf(100) });
    runner.gateway.answer(({ key }) => ({ text: `${numberOf(key)}` }));
    runner.gateway.hold();
    runner.startWorker();
    const id = await start();
    await waitFor(() => runner.gateway.openJobs(id) === 100);
    runner.gateway.finish(id, 30);
    await waitFor(async () => (await client.getRun({ params: { id } })).finished === 30);
    runner.gateway.forget(id);

    await waitFor(() => runner.gateway.openJobs(id) === 100, { timeoutMs: 15_000 });
    runner.gateway.answer(() => ({ text: 'another answer' }));
    runner.gateway.finish(id);

    expect(await ended(id)).toMatchObject({ status: 'succeeded', finished: 100, summary: { total: 100, scored: 100, correct: 30 } });
  });

  test('the worker stops in the middle: another one goes on from there', async () => {
    await client.createSuite({ body: suiteOf(100) });
    runner.gateway.answer(({ key }) => ({ text: `${numberOf(key)}` }));
    runner.gateway.hold();
    const first = runner.startWorker();
    const id = await start();
    await waitFor(() => runner.gateway.openJobs(id) === 100);
    runner.gateway.finish(id, 40);
    await waitFor(async () => (await client.getRun({ params: { id } })).finished === 40);
    await first.close();
    runner.gateway.finish(id);
    runner.startWorker();

    expect(await ended(id)).toMatchObject({ status: 'succeeded', finished: 100, summary: { total: 100, correct: 100 } });
    expect(runner.gateway.pages.map(({ jobs }) => jobs.length)).toEqual([50, 50]);
  });

  test('two consumers at once: the later one has the run, the earlier one changes nothing any more', async () => {
    await client.createSuite({ body: suiteOf(100) });
    runner.gateway.answer(({ key }) => ({ text: `${numberOf(key)}` }));
    runner.gateway.hold();
    runner.startWorker();
    const id = await start();
    await waitFor(() => runner.gateway.openJobs(id) === 100);
    await runner.producer.add('evaluation', { v: 1, runId: id }, { id: `${id}.again` });
    await waitFor(async () => ((await runner.store.runs.findRun(id, null))?.epoch ?? 0) >= 2);
    runner.gateway.finish(id);

    expect(await ended(id)).toMatchObject({ status: 'succeeded', finished: 100, summary: { total: 100, correct: 100 } });
    await waitFor(async () => (await runner.producer.counts('evaluation')).active === 0);
    expect(await statusOf(id)).toBe('succeeded');
  });

  test('a message for a run that has ended, or never was, does nothing', async () => {
    await client.createSuite({ body: suiteOf(10) });
    runner.startWorker();
    const run = await ended(await start());

    await runner.producer.add('evaluation', { v: 1, runId: run.id }, { id: `${run.id}.again` });
    await runner.producer.add('evaluation', { v: 1, runId: newId('run') });

    await waitFor(async () => ((counts) => counts.completed === 3 && counts.failed === 0)(await runner.producer.counts('evaluation')));
    expect(await client.getRun({ params: { id: run.id } })).toEqual(run);
    expect(runner.gateway.pages).toHaveLength(1);
  });

  test('a run that the queue forgot is given to it again by housekeeping, once', async () => {
    await client.createSuite({ body: suiteOf(10) });
    runner.gateway.answer(({ key }) => ({ text: `${numberOf(key)}` }));
    const id = await start();
    await runner.producer.remove('evaluation', id);
    const deps = { store: runner.store, producer: runner.producer, gateway: createGatewayClient(runner.gateway.url, runner.serviceToken), logger: silentLogger(), now: () => new Date(Date.now() + 60_000) };

    await resumeRuns({ ...deps, now: () => new Date() });
    expect(await runner.producer.counts('evaluation')).toMatchObject({ waiting: 0 });
    await resumeRuns(deps);
    await resumeRuns({ ...deps, now: () => new Date(Date.now() + 180_000) });
    expect(await runner.producer.counts('evaluation')).toMatchObject({ waiting: 1 });
    runner.startWorker();

    expect(await ended(id)).toMatchObject({ status: 'succeeded', finished: 10 });
  });

  test('housekeeping is scheduled once, however many processes ask', async () => {
    const workers = [runner.startWorker(), runner.startWorker()];
    await Promise.all(workers.map((worker) => worker.schedule()));

    const queue = runner.producer.bullQueue('housekeeping', { suffix: 'evaluation' });
    expect((await queue.getJobSchedulers()).map(({ key, every }) => [key, Number(every)])).toEqual([['resume-runs', 15_000]]);
    await waitFor(async () => (await runner.producer.counts('housekeeping', { suffix: 'evaluation' })).completed > 0);
    expect((await runner.producer.counts('housekeeping', { suffix: 'evaluation' })).failed).toBe(0);
  });
});

describe('cancelling', () => {
  test('ends the run and its open jobs; what is finished is kept; twice is once', async () => {
    await client.createSuite({ body: suiteOf(100) });
    runner.gateway.answer(({ key }) => ({ text: `${numberOf(key)}` }));
    runner.gateway.hold();
    runner.startWorker();
    const id = await start();
    await waitFor(() => runner.gateway.openJobs(id) === 100);
    runner.gateway.finish(id, 40);
    await waitFor(async () => (await client.getRun({ params: { id } })).finished === 40);

    const cancelled = await client.cancelRun({ params: { id } });
    const again = await client.cancelRun({ params: { id } });

    expect(cancelled).toMatchObject({ status: 'cancelled', finished: 40, summary: { correct: 40 } });
    expect(again).toEqual(cancelled);
    expect(runner.gateway.cancelled.has(id)).toBe(true);
    expect(runner.gateway.openJobs(id)).toBe(0);
    await waitFor(async () => (await runner.producer.counts('evaluation')).active === 0);
    expect(await client.getRun({ params: { id } })).toEqual(cancelled);
    expect((await client.listResults({ params: { id }, query: { limit: 200 } })).data).toHaveLength(40);
  });

  test('a run that has ended otherwise cannot be cancelled', async () => {
    await client.createSuite({ body: suiteOf(10) });
    runner.startWorker();
    const { id } = await ended(await start());

    expect(await problemOf(client.cancelRun({ params: { id } }))).toMatchObject({ status: 409, code: 'resource.wrong_state' });
    expect((await problemOf(client.cancelRun({ params: { id: newId('run') } }))).code).toBe('resource.not_found');
  });

  test('when the gateway is away meanwhile, it is told later', async () => {
    await client.createSuite({ body: suiteOf(10) });
    const id = await start();
    await runner.store.runs.claimRun(id, new Date());
    await runner.store.transaction((db) => runner.store.runs.saveProgress(db, { id, epoch: 1 }, { sent: 10, takenSequence: 0, finishedMore: 0, summary: emptySummary, blockedSince: null }, new Date()));
    const { url } = runner.gateway;
    const deps = { store: runner.store, producer: runner.producer, logger: silentLogger(), now: () => new Date() };
    await runner.store.runs.cancelRun(id, new Date());

    await resumeRuns({ ...deps, gateway: createGatewayClient('http://127.0.0.1:9', runner.serviceToken) });
    expect(await runner.store.runs.listCancelPending(10)).toEqual([id]);
    await resumeRuns({ ...deps, gateway: createGatewayClient(url, runner.serviceToken) });

    expect(await runner.store.runs.listCancelPending(10)).toEqual([]);
    expect(runner.gateway.cancelled.has(id)).toBe(true);
  });
});

const emptySummary = { total: 0, scored: 0, errors: 0, correct: 0, parseFailures: 0, accuracy: null, bySlice: [], tokens: { inputTokens: 0, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 0, reasoningTokens: 0 }, costUsd: '0', costPerCorrectUsd: null };

describe('what is concluded', () => {
  /** Which of 600 samples each version has right, so that the paired counts are those of the models' card. */
  const rights: Record<string, (number: number) => boolean> = {
    mini: (number) => number < 529,
    // Loses 9 that mini has, wins 30 that mini has not.
    base: (number) => number < 520 || (number >= 529 && number < 559),
  };

  beforeEach(async () => {
    runner.gateway.answer(({ key, model }) => ({ text: (rights[model.split('@')[1] ?? ''] ?? (() => true))(numberOf(key)) ? `${numberOf(key)}` : 'wrong' }));
    runner.startWorker();
  });

  test('base against mini: 30 and 9, paired by sample; leaderboard and evidence name the newest whole runs of the newest revision', async () => {
    await client.createSuite({ body: suiteOf(600) });
    const [mini, base] = await Promise.all([start('abacus@mini'), start('abacus@base')]);
    await Promise.all([ended(mini), ended(base)]);

    const report = await client.compareRuns({ body: { baseline: mini, candidate: base, margin: 0.02 } });
    expect(report).toMatchObject({ suite: 'numbers', baseline: 'abacus@mini', candidate: 'abacus@base', baselineRun: mini, candidateRun: base, pairs: 600, candidateOnly: 30, baselineOnly: 9, bothCorrect: 520, bothWrong: 41, coverage: 1, significant: true, method: 'mcnemar-exact', nonInferior: { result: 'pass' } });
    expect(report.pValue.toExponential(1)).toBe('1.1e-3');
    expect(report.difference?.value).toBeCloseTo(0.035, 10);
    expect(report.bySlice.map(({ slice, pairs }) => [slice, pairs])).toEqual([['even', 300], ['odd', 300]]);

    const partial = await client.createRun({ params: { name: 'numbers' }, body: { model: 'abacus@base', limit: 10 } });
    await ended(partial.id);
    expect((await client.getLeaderboard({ query: { suite: 'numbers' } })).data.map(({ id }) => id)).toEqual([base, mini]);
    const services = runner.client(runner.serviceToken);
    const evidence = (version: string, suite = 'numbers') => services.getEvidence({ query: { projectId: project.id, suite, model: 'abacus', version } });
    expect((await evidence('base')).run?.id).toBe(base);
    expect([(await evidence('nano')).run, (await evidence('base', 'no-such')).run]).toEqual([null, null]);
    expect(await client.compareRuns({ body: { baseline: base, candidate: partial.id } })).toMatchObject({ pairs: 10, coverage: 10 / 600, missing: { baseline: 0, candidate: 590 } });

    const newer = await ended(await start('abacus@base'));
    expect((await evidence('base')).run?.id).toBe(newer.id);
    await client.createSuite({ body: { ...suiteOf(600), description: 'revised' } });
    expect((await evidence('base')).run).toBeNull();
    expect((await client.getLeaderboard({ query: { suite: 'numbers' } })).data).toEqual([]);
  });

  test('runs of unlike content are not compared, and the answer says what differs; nor are runs that go on', async () => {
    await client.createSuite({ body: suiteOf(10) });
    const first = await ended(await start());
    await client.createSuite({ body: { ...suiteOf(10), prompt: 'Please: {{prompt}}' } });
    const second = await ended(await start());
    await client.createSuite({ body: suiteOf(10) });
    const third = await ended(await start());
    await client.createSuite({ body: suiteOf(10, 'others') });
    const other = await ended(await start('m@1', 'others'));
    runner.gateway.hold();
    const open = await start();

    const unlike = await problemOf(client.compareRuns({ body: { baseline: first.id, candidate: second.id } }));
    expect(unlike).toMatchObject({ status: 409, code: 'resource.conflict', differences: [expect.stringContaining('revision 1') as string] });
    expect(await problemOf(client.compareRuns({ body: { baseline: first.id, candidate: other.id } }))).toMatchObject({ code: 'resource.conflict' });
    expect(await problemOf(client.compareRuns({ body: { baseline: first.id, candidate: open } }))).toMatchObject({ status: 409, code: 'resource.wrong_state' });
    expect(await problemOf(client.compareRuns({ body: { baseline: first.id, candidate: newId('run') } }))).toMatchObject({ status: 404 });
    // Revision 3 has the content of revision 1.
    expect(await client.compareRuns({ body: { baseline: first.id, candidate: third.id } })).toMatchObject({ pairs: 10, bothCorrect: 10 });
  });
});
