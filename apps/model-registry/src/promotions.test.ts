import type { ComparisonReport, Run } from '@weighbridge/evaluation-contracts';
import { summariseRun } from '@weighbridge/evaluation-domain';
import { GateResult } from '@weighbridge/registry-domain';
import { newId } from '@weighbridge/shared-adapters/ids';
import { ApiError } from '@weighbridge/shared-contracts';
import { noTokens } from '@weighbridge/shared-domain';
import { createTestDatabase } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestService } from './start-test-service.ts';
import type { RegistryClient, TestProject, TestService } from './start-test-service.ts';

let database: TestDatabase;
let service: TestService;
let project: TestProject;

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['registry'] });
  service = await startTestService({ databaseUrl: database.urlFor('registry') });
  project = await service.addProject('promotions');
  await project.as.editor.createModel({ body: { name: 'm', publisher: 'Acme' } });
  for (const version of ['1', '2', '3']) await project.as.editor.registerVersion({ params: { name: 'm' }, body: { version, license: 'apache-2.0', releasedOn: `2025-01-0${version}` } });
  await project.as.editor.registerVersion({ params: { name: 'm' }, body: { version: 'unknown', licenseText: 'Ask Acme first.' } });
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await database.close();
});

beforeEach(() => {
  service.evaluation.runs.clear();
  service.evaluation.down = false;
  service.evaluation.comparison = null;
  service.evaluation.asked.length = 0;
});

function measured(version: string, correct: number, total: number, more: Partial<Run> = {}): Run {
  const run: Run = {
    id: newId('run'),
    projectId: project.id,
    suite: 'tasks',
    suiteRevision: 1,
    suiteDigest: 'd',
    model: 'm',
    version,
    useCaseId: project.useCaseId,
    keyId: null,
    status: 'succeeded',
    planned: total,
    finished: total,
    summary: summariseRun(Array.from({ length: total }, (_, n) => ({ slice: null, score: n < correct ? 1 : 0, parsed: true, usage: noTokens, costPicoUsd: 1_000_000_000n }))),
    error: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    startedAt: null,
    finishedAt: null,
    ...more,
  };
  service.evaluation.runs.set(`m@${version}`, run);
  return run;
}

type Gate = Parameters<RegistryClient['promote']>[0]['body']['gate'];
const promote = (version: string, gate: Partial<Gate> = {}, alias = 'production') =>
  project.as.editor.promote({ params: { name: 'm' }, body: { version, alias, gate: { useCase: project.useCaseId, suite: 'tasks', minAccuracy: 0.8, minSamples: 100, ...gate } } });
const problemOf = (call: Promise<unknown>) => call.then(() => undefined, (error: unknown) => (error instanceof ApiError ? error.problem : Promise.reject(error)));
const aliasOf = async (alias: string) => (await project.as.viewer.getModel({ params: { name: 'm' } })).aliases.find(({ name }) => name === alias)?.version;

describe('a promotion', () => {
  test('that passes every condition moves the alias, and is recorded with its evidence', async () => {
    const run = measured('1', 180, 200);
    const promotion = await promote('1', { maxCostPerCorrectUsd: '0.002' });

    expect(promotion).toMatchObject({ promoted: true, model: 'm', version: '1', alias: 'production', projectId: project.id, result: { passed: true, outcome: 'pass' } });
    expect(promotion.result.conditions.map(({ name, outcome }) => [name, outcome])).toEqual([['license', 'pass'], ['quality', 'pass'], ['samples', 'pass'], ['cost', 'pass']]);
    expect(promotion.result.conditions.find(({ name }) => name === 'quality')?.evidence).toMatchObject({ runId: run.id, correct: 180, total: 200 });
    expect(service.evaluation.asked).toEqual([`${project.id} tasks m@1`]);
    expect(await aliasOf('production')).toBe('1');
    const audit = (await project.as.admin.listAudit({ query: { limit: 2 } })).data.map(({ action, subject }) => [action, subject]);
    expect(audit).toEqual([['alias.moved', 'm:production'], ['version.promoted', promotion.id]]);
  });

  test.each([
    { what: 'an accuracy below the minimum', correct: 100, total: 200, gate: {}, outcome: 'fail', code: 'interval_below_minimum' },
    { what: 'an accuracy that is not sure', correct: 165, total: 200, gate: {}, outcome: 'inconclusive', code: 'interval_includes_minimum' },
    { what: 'too few samples', correct: 90, total: 95, gate: {}, outcome: 'inconclusive', code: 'too_few_samples' },
    { what: 'too high a cost', correct: 190, total: 200, gate: { maxCostPerCorrectUsd: '0.0005' }, outcome: 'fail', code: 'cost_above_limit' },
  ])('with $what moves nothing, and answers 409 with the evidence of each condition', async ({ correct, total, gate, outcome, code }) => {
    measured('2', correct, total);
    const before = await aliasOf('production');

    const problem = await problemOf(promote('2', gate));

    expect(problem).toMatchObject({ status: 409, code: 'gate.failed' });
    const result = GateResult.parse(problem?.['result']);
    expect(result).toMatchObject({ passed: false, outcome });
    const failed = result.conditions.find((condition) => condition.code === code);
    expect(failed?.outcome).toBe(outcome);
    expect(problem?.detail).toContain(failed?.message);
    expect(await aliasOf('production')).toBe(before);
    const [newest] = (await project.as.viewer.listPromotions({ params: { name: 'm' } })).data;
    expect(newest).toMatchObject({ id: problem?.['promotionId'], version: '2', promoted: false, result });
  });

  test.each([
    { what: 'that nobody measured', prepare: () => {} },
    { what: 'whose newest run failed', prepare: () => measured('2', 190, 200, { status: 'failed' }) },
  ])('of a version $what is inconclusive', async ({ prepare }) => {
    prepare();

    expect(GateResult.parse((await problemOf(promote('2')))?.['result']).conditions.find(({ name }) => name === 'quality')).toMatchObject({ outcome: 'inconclusive', code: 'nothing_measured' });
  });

  test('that cannot be judged, because the evaluation runner is down, moves and records nothing', async () => {
    measured('2', 200, 200);
    service.evaluation.down = true;
    const [promotions, revision] = [(await project.as.viewer.listPromotions({ params: { name: 'm' } })).data.length, await service.registry.revision()];

    const problem = await problemOf(promote('2'));

    expect(problem).toMatchObject({ status: 503, code: 'service.unavailable', retryAfterSeconds: 5 });
    expect((await project.as.viewer.listPromotions({ params: { name: 'm' } })).data).toHaveLength(promotions);
    expect(await service.registry.revision()).toBe(revision);
  });

  test('under a licence that nobody knows needs an approval, and passes with one', async () => {
    measured('unknown', 200, 200);
    const refused = GateResult.parse((await problemOf(promote('unknown', {}, 'candidate')))?.['result']);
    const approval = await project.as.admin.createApproval({ body: { model: 'm@unknown', useCaseId: project.useCaseId, reason: 'Acme agreed by letter', expiresAt: '2099-01-01T00:00:00.000Z' } });
    const { result } = await promote('unknown', {}, 'candidate');

    expect(refused.conditions[0]).toMatchObject({ name: 'license', outcome: 'fail', code: 'license_review' });
    expect(result.conditions[0]).toMatchObject({ outcome: 'pass', code: 'license_review_approved', evidence: { approval: { id: approval.id } } });
  });

  test('of what is not registered, against a baseline that is not, or for a use case that is not, is refused before anything is asked', async () => {
    expect(await problemOf(promote('9'))).toMatchObject({ status: 404, code: 'model.not_found' });
    expect(await problemOf(promote('1', { useCase: `uc_${'f'.repeat(32)}` as Gate['useCase'] }))).toMatchObject({ status: 404, code: 'resource.not_found' });
    for (const model of ['m:nothing', 'm@9', 'absent'])
      expect(await problemOf(promote('1', { baseline: { model } }))).toMatchObject({ status: 400, code: 'request.invalid', errors: [{ pointer: '/body/gate/baseline/model' }] });
    expect(service.evaluation.asked).toEqual([]);
  });
});

describe('a baseline', () => {
  test.each([{ model: 'm@1' }, { model: 'm:production' }])('$model: the version must not be worse than it', async ({ model }) => {
    await project.as.editor.setAlias({ params: { name: 'm', alias: 'production' }, body: { version: '1' } });
    const [baseline, candidate] = [measured('1', 180, 200), measured('3', 190, 200)];
    service.evaluation.comparison = comparisonOf(baseline, candidate, { difference: 0.05, lowerBound: 0.01, upperBound: 0.09 });

    const { result } = await promote('3', { baseline: { model } }, 'candidate');

    expect(service.evaluation.asked).toEqual([`${project.id} tasks m@3`, `${project.id} tasks m@1`, `${baseline.id} ${candidate.id} 0.02`]);
    expect(result.conditions.find(({ name }) => name === 'baseline')).toMatchObject({ outcome: 'pass', evidence: { baselineRunId: baseline.id, lowerBound: 0.01 } });
  });

  test('that the version falls behind refuses it', async () => {
    const [baseline, candidate] = [measured('1', 199, 200), measured('3', 180, 200)];
    service.evaluation.comparison = comparisonOf(baseline, candidate, { difference: -0.1, lowerBound: -0.14, upperBound: -0.06 });

    const problem = await problemOf(promote('3', { baseline: { model: 'm@1' } }, 'candidate'));

    expect(GateResult.parse(problem?.['result']).conditions.find(({ name }) => name === 'baseline')).toMatchObject({ outcome: 'fail', code: 'inferior' });
  });

  test.each([
    { what: 'has no run', prepare: () => {} },
    { what: 'was measured on another revision of the suite', prepare: () => void (measured('1', 180, 200), (service.evaluation.comparison = 'incomparable')) },
  ])('that $what is inconclusive', async ({ prepare }) => {
    measured('3', 190, 200);
    prepare();

    const problem = await problemOf(promote('3', { baseline: { model: 'm@1' } }, 'candidate'));

    expect(GateResult.parse(problem?.['result']).conditions.find(({ name }) => name === 'baseline')).toMatchObject({ outcome: 'inconclusive', code: 'nothing_compared' });
  });
});

function comparisonOf(baseline: Run, candidate: Run, { difference, lowerBound, upperBound }: { difference: number; lowerBound: number; upperBound: number }): ComparisonReport {
  return {
    suite: 'tasks',
    baseline: 'm@1',
    candidate: 'm@3',
    baselineRun: baseline.id,
    candidateRun: candidate.id,
    pairs: 200,
    baselineOnly: 1,
    candidateOnly: 1,
    bothCorrect: 100,
    bothWrong: 98,
    missing: { baseline: 0, candidate: 0 },
    coverage: 1,
    difference: { value: difference, low: lowerBound, high: upperBound, confidence: 0.95, method: 'tango' },
    pValue: 0.5,
    midPValue: 0.5,
    method: 'mcnemar-exact',
    significant: false,
    nonInferior: { margin: 0.02, result: lowerBound > -0.02 ? 'pass' : 'fail', lowerBound, upperBound, method: 'tango', missingCouldFlip: false },
    bySlice: [],
  };
}

test('promotions of one project are no other project’s to see', async () => {
  const other = await service.addProject('other');

  expect((await other.as.viewer.listPromotions({ params: { name: 'm' } })).data).toEqual([]);
  expect((await project.as.viewer.listPromotions({ params: { name: 'm' } })).data.length).toBeGreaterThan(3);
  expect((await service.admin.listPromotions({ params: { name: 'm' } })).data.length).toBeGreaterThan(3);
});
