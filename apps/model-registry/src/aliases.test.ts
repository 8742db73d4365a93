import { ApiError } from '@weighbridge/shared-contracts';
import { createTestDatabase } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestService } from './start-test-service.ts';
import type { TestProject, TestService } from './start-test-service.ts';

let database: TestDatabase;
let service: TestService;
let ours: TestProject;
let theirs: TestProject;

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['registry'] });
  service = await startTestService({ databaseUrl: database.urlFor('registry') });
  [ours, theirs] = [await service.addProject('ours'), await service.addProject('theirs')];
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await database.close();
});

let models = 0;
/** A model of our project with the versions 1 to 4. */
async function newModel(): Promise<string> {
  const name = `m${++models}`;
  await ours.as.editor.createModel({ body: { name, publisher: 'Acme' } });
  for (const version of ['1', '2', '3', '4']) await ours.as.editor.registerVersion({ params: { name }, body: { version, license: 'mit' } });
  return name;
}
const production = (name: string) => ({ name, alias: 'production' });
const set = (name: string, version: string, as = ours.as.editor) => as.setAlias({ params: production(name), body: { version } });
const rollBack = (name: string, more: { expectedVersion?: string | null } = {}, as = ours.as.editor) => as.rollbackAlias({ params: production(name), body: { reason: 'it answers in riddles', ...more } });
const at = async (name: string) => (await ours.as.viewer.getAlias({ params: production(name) })).version;
const moves = async (name: string, as = ours.as.viewer) => (await as.listAliasMoves({ params: production(name) })).data;
const problemOf = (call: Promise<unknown>) => call.then(() => undefined, (error: unknown) => (error instanceof ApiError ? error.problem : Promise.reject(error)));

describe('the history of an alias', () => {
  test('keeps every move with what it was, who made it and why, newest first, page by page', async () => {
    const name = await newModel();
    await set(name, '1');
    await ours.as.editor.setAlias({ params: production(name), body: { version: '2', reason: 'faster' } });
    await rollBack(name);
    await ours.as.editor.removeAlias({ params: production(name) });

    const history = await moves(name);
    const first = await ours.as.viewer.listAliasMoves({ params: production(name), query: { limit: 3 } });
    const second = await ours.as.viewer.listAliasMoves({ params: production(name), query: { limit: 3, cursor: first.nextCursor ?? '' } });

    expect(history.map(({ from, to, by, reason }) => [from, to, by, reason])).toEqual([
      ['1', null, 'removal', null],
      ['2', '1', 'rollback', 'it answers in riddles'],
      ['1', '2', 'set', 'faster'],
      [null, '1', 'set', null],
    ]);
    const editor = await ours.as.editor.getMe();
    expect(history.every(({ keyId }) => keyId === editor.keyId)).toBe(true);
    expect([...first.data, ...second.data]).toEqual(history);
  });

  test('has no move where there was none: the same version again is no move', async () => {
    const name = await newModel();
    await set(name, '1');
    const revision = await service.registry.revision();

    expect(await set(name, '1')).toMatchObject({ alias: { version: '1' }, changeRequest: null });

    expect(await moves(name)).toHaveLength(1);
    expect(await service.registry.revision()).toBe(revision);
  });

  test('shows everyone where the alias went, and nobody else whose key it was and what they said', async () => {
    const name = await newModel();
    await ours.as.editor.setAlias({ params: production(name), body: { version: '1', reason: 'our secret launch' } });

    expect(await moves(name, theirs.as.admin)).toMatchObject([{ to: '1', by: 'set', keyId: null, reason: null }]);
    expect(await moves(name, service.admin)).toMatchObject([{ to: '1', reason: 'our secret launch' }]);
  });
});

describe('a rollback', () => {
  test('takes back the move that led here; the next one goes further back, not forth', async () => {
    const name = await newModel();
    for (const version of ['1', '2', '3']) await set(name, version);

    const first = await rollBack(name);
    const second = await rollBack(name);

    expect([first.from, first.to, second.from, second.to]).toEqual(['3', '2', '2', '1']);
    expect(await at(name)).toBe('1');
    expect(await problemOf(rollBack(name))).toMatchObject({ status: 409, code: 'resource.wrong_state' });
    expect(await at(name)).toBe('1');
  });

  test('after a new move takes that one back: what was taken back before stays out', async () => {
    const name = await newModel();
    for (const version of ['1', '2', '3']) await set(name, version);
    await rollBack(name);
    await set(name, '4');

    expect((await rollBack(name)).to).toBe('2');
    expect((await rollBack(name)).to).toBe('1');
  });

  test('brings a removed alias back to where it was', async () => {
    const name = await newModel();
    await set(name, '1');
    await set(name, '2');
    await ours.as.editor.removeAlias({ params: production(name) });
    expect(await problemOf(ours.as.viewer.getAlias({ params: production(name) }))).toMatchObject({ status: 404, code: 'model.not_found' });

    expect(await rollBack(name)).toMatchObject({ from: null, to: '2', alias: { version: '2' } });
    expect((await rollBack(name)).to).toBe('1');
  });

  test('of an alias that never moved, or that is not there, has nowhere to go', async () => {
    const name = await newModel();
    expect(await problemOf(rollBack(name))).toMatchObject({ status: 409, code: 'resource.wrong_state' });
    await set(name, '1');

    expect(await problemOf(rollBack(name))).toMatchObject({ status: 409, detail: expect.stringContaining('nothing to go back to') as unknown });
  });

  test('that expects another version is refused, so two people do not go back twice', async () => {
    const name = await newModel();
    for (const version of ['1', '2', '3']) await set(name, version);

    const answers = await Promise.all([problemOf(rollBack(name, { expectedVersion: '3' })), problemOf(rollBack(name, { expectedVersion: '3' }))]);

    expect(answers.map((problem) => String(problem?.status ?? 200)).toSorted()).toEqual(['200', '409']);
    expect(answers.find((problem) => problem !== undefined)).toMatchObject({ code: 'resource.conflict', version: '2' });
    expect(await at(name)).toBe('2');
  });

  test('goes only to a version that runs, where the model runs at all, and says what was checked', async () => {
    const name = await newModel();
    const deploy = (version: string) => service.admin.createDeployment({ params: { name }, body: { version, backend: { kind: 'openai', baseUrl: 'https://models.example/v1', upstreamModel: 'm' } } });
    for (const version of ['1', '2', '3']) await set(name, version);
    await deploy('3');
    expect(await problemOf(rollBack(name))).toMatchObject({ status: 409, code: 'resource.wrong_state', detail: expect.stringContaining(`${name}@2 is not deployed`) as unknown });

    const two = await deploy('2');
    await ours.as.editor.setDeploymentStatus({ params: { id: two.id }, body: { status: 'paused' } });
    expect(await problemOf(rollBack(name))).toMatchObject({ status: 409, detail: expect.stringContaining('only deployments that are paused') as unknown });

    await ours.as.editor.setDeploymentStatus({ params: { id: two.id }, body: { status: 'active' } });
    const { checks } = await rollBack(name);
    expect(checks.map((check) => [check.name, check.judged])).toEqual([['deployed', true], ['gate', false], ['license', false]]);
    expect(await at(name)).toBe('2');
  });
});

describe('an alias that is set', () => {
  test.each([
    { what: 'nothing, and it points at one', before: '1', expectedVersion: null },
    { what: 'a version, and it points at another', before: '2', expectedVersion: '1' },
    { what: 'a version, and it points at nothing', before: null, expectedVersion: '1' },
  ])('where the caller expects $what, is refused', async ({ before, expectedVersion }) => {
    const name = await newModel();
    if (before !== null) await set(name, before);

    expect(await problemOf(ours.as.editor.setAlias({ params: production(name), body: { version: '3', expectedVersion } }))).toMatchObject({ status: 409, code: 'resource.conflict', version: before });
    expect((await moves(name)).length).toBe(before === null ? 0 : 1);
  });
});

describe('a model', () => {
  test('is owned by the project that registered it; to the others it is only there to be used', async () => {
    const name = await newModel();
    await set(name, '1');

    expect(await ours.as.editor.getModel({ params: { name } })).toMatchObject({ owner: ours.id, mayChange: true });
    expect(await ours.as.viewer.getModel({ params: { name } })).toMatchObject({ owner: ours.id, mayChange: false });
    expect(await theirs.as.admin.getModel({ params: { name } })).toMatchObject({ owner: null, mayChange: false, aliases: [{ name: 'production', version: '1' }] });
    expect(await service.admin.getModel({ params: { name } })).toMatchObject({ owner: ours.id, mayChange: true });
  });

  test('of another project cannot be changed: no version, alias, rollback, promotion or deployment', async () => {
    const name = await newModel();
    await set(name, '1');
    await set(name, '2');
    const deployment = await service.admin.createDeployment({ params: { name }, body: { version: '1', backend: { kind: 'openai', baseUrl: 'https://models.example/v1', upstreamModel: 'm' } } });
    const revision = await service.registry.revision();
    const { as, useCaseId } = theirs;

    for (const call of [
      () => as.admin.registerVersion({ params: { name }, body: { version: '5', license: 'mit' } }),
      () => set(name, '3', as.admin),
      () => as.admin.removeAlias({ params: production(name) }),
      () => rollBack(name, {}, as.admin),
      () => as.editor.promote({ params: { name }, body: { version: '1', alias: 'production', gate: { useCase: useCaseId, suite: 's' } } }),
      () => as.editor.createDeployment({ params: { name }, body: { version: '1', backend: { kind: 'llama-cpp', artifact: 'x.gguf' } } }),
      () => as.editor.setDeploymentStatus({ params: { id: deployment.id }, body: { status: 'paused' } }),
    ])
      expect(await problemOf(call())).toMatchObject({ status: 403, code: 'auth.forbidden' });

    expect(await service.registry.revision()).toBe(revision);
    // The same content again changes nothing, so it is nobody's to refuse.
    expect((await as.editor.registerVersion({ params: { name }, body: { version: '1', license: 'mit' } })).version).toBe('1');
  });

  test('of the organisation is changed by keys of the platform, and by a project once it was given to it', async () => {
    const name = `m${++models}`;
    await service.admin.createModel({ body: { name, publisher: 'Acme' } });
    await service.admin.registerVersion({ params: { name }, body: { version: '1', license: 'mit' } });
    expect(await problemOf(set(name, '1'))).toMatchObject({ status: 403 });

    await service.admin.transferModel({ params: { name }, body: { owner: ours.id } });
    expect((await set(name, '1')).alias.version).toBe('1');

    await service.admin.transferModel({ params: { name }, body: { owner: theirs.id } });
    expect(await problemOf(set(name, '1'))).toMatchObject({ status: 403 });
    await service.admin.transferModel({ params: { name }, body: { owner: null } });
    expect(await problemOf(set(name, '1', theirs.as.admin))).toMatchObject({ status: 403 });
  });

  test('is given away by administrators of the platform alone, and only to a project that exists', async () => {
    const name = await newModel();

    expect(await problemOf(ours.as.admin.transferModel({ params: { name }, body: { owner: theirs.id } }))).toMatchObject({ status: 403, code: 'auth.forbidden' });
    expect(await problemOf(service.admin.transferModel({ params: { name }, body: { owner: `proj_${'f'.repeat(32)}` as never } }))).toMatchObject({ status: 404 });
  });

  test('of the reference catalogue is the organisation’s, whoever brought it in', async () => {
    await ours.as.editor.registerFromCatalogue({ body: { models: ['deepseek-v3'] } });

    expect(await service.admin.getModel({ params: { name: 'deepseek-v3' } })).toMatchObject({ owner: null });
    expect(await problemOf(ours.as.editor.registerVersion({ params: { name: 'deepseek-v3' }, body: { version: 'mine' } }))).toMatchObject({ status: 403 });
  });
});
