import { createTestDatabase } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestService } from '../start-test-service.ts';
import type { TestProject, TestService } from '../start-test-service.ts';

let database: TestDatabase;
let service: TestService;
let ours: TestProject;
let theirs: TestProject;

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['registry'] });
  service = await startTestService({ databaseUrl: database.urlFor('registry') });
  [ours, theirs] = [await service.addProject('Speech team'), await service.addProject('theirs')];
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await database.close();
});

type Json = Record<string, unknown>;
interface Answer {
  readonly status: number;
  readonly body: Json & { registered_model?: Json; model_version?: Json; registered_models?: Json[]; model_versions?: Json[]; next_page_token?: string };
}

/**
 * As `mlflow.utils.rest_utils.call_endpoint` asks: GET with the message as a query, everything else with the message as a JSON body, a bearer token
 * from MLFLOW_TRACKING_TOKEN, and a list in a query by repetition. Fields that are not set are not in the message.
 */
async function call(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, message: Json, token = ours.tokens.editor): Promise<Answer> {
  const set = Object.entries(message).filter(([, value]) => value !== undefined && value !== null);
  const query = new URLSearchParams(set.flatMap(([key, value]) => [value].flat().map((one): [string, string] => [key, String(one)])));
  const response = await fetch(`${service.url}/api/2.0/mlflow/${path}${method === 'GET' && set.length > 0 ? `?${query.toString()}` : ''}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'user-agent': 'mlflow-python-client/3.6.0', ...(method === 'GET' ? {} : { 'content-type': 'application/json' }) },
    ...(method === 'GET' ? {} : { body: JSON.stringify(Object.fromEntries(set)) }),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

/** The filter that MLflow's clients add to every search of models. */
const notPrompts = "tag.`mlflow.prompt.is_prompt` != 'true'";

const newModel = (name: string, more: Json = {}) => call('POST', 'registered-models/create', { name, ...more });
const newVersion = (name: string, more: Json = {}) => call('POST', 'model-versions/create', { name, source: 's3://bucket/model', ...more });

describe('registered models', () => {
  test('create, get, update and get again', async () => {
    const made = await newModel('speech', { description: 'Listens.', tags: [{ key: 'team', value: 'speech' }] });
    expect(made.status).toBe(200);
    expect(made.body.registered_model).toMatchObject({ name: 'speech', description: 'Listens.', creation_timestamp: expect.any(Number), last_updated_timestamp: expect.any(Number), latest_versions: [], aliases: [] });
    expect(made.body.registered_model?.['tags']).toEqual([{ key: 'team', value: 'speech' }, { key: 'weighbridge.publisher', value: 'Speech team' }]);

    expect((await call('PATCH', 'registered-models/update', { name: 'speech', description: 'Listens well.' })).body.registered_model).toMatchObject({ description: 'Listens well.' });
    expect((await call('GET', 'registered-models/get', { name: 'speech' })).body.registered_model).toMatchObject({ description: 'Listens well.' });
    expect(await ours.as.viewer.getModel({ params: { name: 'speech' } })).toMatchObject({ publisher: 'Speech team', description: 'Listens well.' });
  });

  test('the publisher is what the tag says', async () => {
    await newModel('published', { tags: [{ key: 'weighbridge.publisher', value: 'Acme' }] });
    expect(await ours.as.viewer.getModel({ params: { name: 'published' } })).toMatchObject({ publisher: 'Acme' });
  });

  test.each([
    ['a name that is taken', () => newModel('speech'), 400, 'RESOURCE_ALREADY_EXISTS'],
    ['a name that has no place in a reference', () => newModel('my model'), 400, 'INVALID_PARAMETER_VALUE'],
    ['no name', () => newModel(''), 400, 'INVALID_PARAMETER_VALUE'],
    ['a tag of ours', () => newModel('tagged', { tags: [{ key: 'weighbridge.license', value: 'mit' }] }), 400, 'INVALID_PARAMETER_VALUE'],
    ['to get what is not there', () => call('GET', 'registered-models/get', { name: 'absent' }), 404, 'RESOURCE_DOES_NOT_EXIST'],
    ['to update what is not there', () => call('PATCH', 'registered-models/update', { name: 'absent', description: 'x' }), 404, 'RESOURCE_DOES_NOT_EXIST'],
    ['to rename', () => call('POST', 'registered-models/rename', { name: 'speech', new_name: 'talk' }), 400, 'BAD_REQUEST'],
    ['to delete', () => call('DELETE', 'registered-models/delete', { name: 'speech' }), 400, 'BAD_REQUEST'],
    ['to delete what is not there', () => call('DELETE', 'registered-models/delete', { name: 'absent' }), 404, 'RESOURCE_DOES_NOT_EXIST'],
    ['a body that is no JSON object', () => call('POST', 'registered-models/create', [] as unknown as Json), 400, 'INVALID_PARAMETER_VALUE'],
    ['what it does not serve', () => call('POST', 'experiments/create', { name: 'x' }), 404, 'ENDPOINT_NOT_FOUND'],
  ])('refuse %s, in MLflow’s shape', async (_, asked, status, code) => {
    const answer = await asked();
    expect([answer.status, answer.body['error_code']]).toEqual([status, code]);
    expect(answer.body['message']).toMatch(/.{10}/);
  });

  test.each([
    ['no key', '', 401, 'UNAUTHENTICATED'],
    ['an unknown key', 'wb_nobody-gave-this-key-out', 401, 'UNAUTHENTICATED'],
    ['a role that may only look', 'viewer', 403, 'PERMISSION_DENIED'],
  ])('refuse %s', async (_, token, status, code) => {
    const answer = await call('POST', 'registered-models/create', { name: 'mine' }, token === 'viewer' ? ours.tokens.viewer : token);
    expect([answer.status, answer.body['error_code']]).toEqual([status, code]);
  });

  test('another project may look, and not change', async () => {
    expect((await call('GET', 'registered-models/get', { name: 'speech' }, theirs.tokens.viewer)).status).toBe(200);
    for (const [method, path, message] of [
      ['PATCH', 'registered-models/update', { name: 'speech', description: 'mine' }],
      ['POST', 'registered-models/set-tag', { name: 'speech', key: 'k', value: 'v' }],
      ['DELETE', 'registered-models/delete-tag', { name: 'speech', key: 'team' }],
      ['POST', 'model-versions/create', { name: 'speech', source: 'x' }],
    ] as const)
      expect(await call(method, path, message, theirs.tokens.editor)).toMatchObject({ status: 403, body: { error_code: 'PERMISSION_DENIED' } });
  });

  test('tags are set, replaced and taken off, whether they were there or not', async () => {
    const tags = async () => {
      const { registered_model: model } = (await call('GET', 'registered-models/get', { name: 'speech' })).body;
      return ((model?.['tags'] ?? []) as { key: string; value: string }[]).filter(({ key }) => !key.startsWith('weighbridge.'));
    };
    await call('POST', 'registered-models/set-tag', { name: 'speech', key: 'stage', value: 'one' });
    await call('POST', 'registered-models/set-tag', { name: 'speech', key: 'stage', value: 'two' });
    expect(await tags()).toEqual([{ key: 'stage', value: 'two' }, { key: 'team', value: 'speech' }]);

    expect((await call('DELETE', 'registered-models/delete-tag', { name: 'speech', key: 'stage' })).status).toBe(200);
    expect((await call('DELETE', 'registered-models/delete-tag', { name: 'speech', key: 'stage' })).status).toBe(200);
    expect(await tags()).toEqual([{ key: 'team', value: 'speech' }]);
    expect((await call('POST', 'registered-models/set-tag', { name: 'speech', key: 'weighbridge.publisher', value: 'Meta' })).body['error_code']).toBe('INVALID_PARAMETER_VALUE');
  });
});

describe('model versions', () => {
  test('are numbered from 1 and keep what MLflow says of them; ours is a version like any other, with its licence from a tag', async () => {
    await newModel('asr');
    const first = await newVersion('asr', { run_id: 'run-1', run_link: 'https://tracking.example/run-1', description: 'First.', tags: [{ key: 'license', value: 'apache-2.0' }, { key: 'quality', value: 'high' }] });
    const second = await newVersion('asr', { source: 'https://models.example/asr/2', tags: [{ key: 'weighbridge.version', value: 'large-v2' }, { key: 'weighbridge.base_models', value: 'finetune asr@1' }, { key: 'weighbridge.license', value: 'mit' }] });

    expect(first.body.model_version).toMatchObject({ name: 'asr', version: '1', current_stage: 'None', status: 'READY', source: 's3://bucket/model', run_id: 'run-1', run_link: 'https://tracking.example/run-1', description: 'First.', aliases: [] });
    expect(first.body.model_version?.['tags']).toEqual([
      { key: 'license', value: 'apache-2.0' },
      { key: 'quality', value: 'high' },
      { key: 'weighbridge.version', value: '1' },
      { key: 'weighbridge.license', value: 'Apache-2.0' },
    ]);
    expect(second.body.model_version).toMatchObject({ version: '2', source: 'https://models.example/asr/2' });
    expect(await ours.as.viewer.getVersion({ params: { name: 'asr', version: 'large-v2' } })).toMatchObject({ license: 'MIT', baseModels: [{ model: 'asr', version: '1', relation: 'finetune' }], sources: [{ title: 'https://models.example/asr/2', url: 'https://models.example/asr/2' }] });
    expect((await call('GET', 'model-versions/get-download-uri', { name: 'asr', version: '1' })).body).toEqual({ artifact_uri: 's3://bucket/model' });
    expect((await call('GET', 'model-versions/get', { name: 'asr', version: '2' })).body.model_version).toMatchObject({ version: '2' });
  });

  test('that were registered by our own API are there too, and never change their number', async () => {
    await service.admin.createModel({ body: { name: 'mixed', publisher: 'Acme' } });
    await service.admin.registerVersion({ params: { name: 'mixed' }, body: { version: '2', license: 'mit', sources: [{ title: 'Card', url: 'https://example.org/card' }] } });
    const asAdmin = await call('POST', 'model-versions/create', { name: 'mixed', source: 'a' }, service.adminToken);

    expect((await call('GET', 'model-versions/get', { name: 'mixed', version: '1' })).body.model_version).toMatchObject({ source: 'https://example.org/card', tags: [{ key: 'weighbridge.version', value: '2' }, { key: 'weighbridge.license', value: 'MIT' }] });
    // The name 2 is taken, so the second gets another.
    expect(asAdmin.body.model_version).toMatchObject({ version: '2', tags: [{ key: 'weighbridge.version', value: '2-mlflow' }, { key: 'weighbridge.license', value: 'not recognised' }] });
  });

  test('are described and tagged beside what never changes', async () => {
    const { digest } = await ours.as.viewer.getVersion({ params: { name: 'asr', version: '1' } });
    await call('PATCH', 'model-versions/update', { name: 'asr', version: '1', description: 'Better words.' });
    await call('POST', 'model-versions/set-tag', { name: 'asr', version: '1', key: 'quality', value: 'higher' });
    await call('DELETE', 'model-versions/delete-tag', { name: 'asr', version: '1', key: 'license' });

    const { model_version: version } = (await call('GET', 'model-versions/get', { name: 'asr', version: '1' })).body;
    expect(version).toMatchObject({ description: 'Better words.', run_id: 'run-1' });
    expect(version?.['tags']).toEqual([{ key: 'quality', value: 'higher' }, { key: 'weighbridge.version', value: '1' }, { key: 'weighbridge.license', value: 'Apache-2.0' }]);
    expect(await ours.as.viewer.getVersion({ params: { name: 'asr', version: '1' } })).toMatchObject({ digest, license: 'Apache-2.0' });
  });

  test('tags set by our own API are MLflow’s tags, and leave the rest alone', async () => {
    await ours.as.editor.setVersionTags({ params: { name: 'asr', version: '1' }, body: { tags: { quality: 'highest' } } });

    expect((await call('GET', 'model-versions/get', { name: 'asr', version: '1' })).body.model_version).toMatchObject({ description: 'Better words.', run_id: 'run-1', source: 's3://bucket/model' });
    expect((await ours.as.viewer.getVersion({ params: { name: 'asr', version: '1' } })).tags).toEqual({ quality: 'highest' });
  });

  test.each([
    ['a model that is not there', () => newVersion('absent'), 404, 'RESOURCE_DOES_NOT_EXIST'],
    ['no source', () => newVersion('asr', { source: '' }), 400, 'INVALID_PARAMETER_VALUE'],
    ['a name of ours that is taken', () => newVersion('asr', { tags: [{ key: 'weighbridge.version', value: 'large-v2' }] }), 400, 'RESOURCE_ALREADY_EXISTS'],
    ['a name that has no place in a reference', () => newVersion('asr', { tags: [{ key: 'weighbridge.version', value: 'a b' }] }), 400, 'INVALID_PARAMETER_VALUE'],
    ['base models that are none', () => newVersion('asr', { tags: [{ key: 'weighbridge.base_models', value: 'made from asr@1' }] }), 400, 'INVALID_PARAMETER_VALUE'],
    ['to get a number that is not there', () => call('GET', 'model-versions/get', { name: 'asr', version: '99' }), 404, 'RESOURCE_DOES_NOT_EXIST'],
    ['a number that is none', () => call('GET', 'model-versions/get', { name: 'asr', version: 'large-v2' }), 400, 'INVALID_PARAMETER_VALUE'],
    ['to delete', () => call('DELETE', 'model-versions/delete', { name: 'asr', version: '1' }), 400, 'BAD_REQUEST'],
    ['to delete what is not there', () => call('DELETE', 'model-versions/delete', { name: 'asr', version: '99' }), 404, 'RESOURCE_DOES_NOT_EXIST'],
  ])('refuse %s', async (_, asked, status, code) => {
    const answer = await asked();
    expect([answer.status, answer.body['error_code']]).toEqual([status, code]);
  });
});

describe('aliases', () => {
  const byAlias = (alias: string, name = 'asr') => call('GET', 'registered-models/alias', { name, alias });

  test('are set, moved, followed and removed', async () => {
    await call('POST', 'registered-models/alias', { name: 'asr', alias: 'champion', version: '1' });
    await call('POST', 'registered-models/alias', { name: 'asr', alias: 'champion', version: '2' });

    expect((await byAlias('champion')).body.model_version).toMatchObject({ version: '2', aliases: ['champion'] });
    expect((await call('GET', 'registered-models/get', { name: 'asr' })).body.registered_model).toMatchObject({ aliases: [{ alias: 'champion', version: '2' }] });
    expect((await ours.as.viewer.getModel({ params: { name: 'asr' } })).aliases).toMatchObject([{ name: 'champion', version: 'large-v2' }]);

    expect((await call('DELETE', 'registered-models/alias', { name: 'asr', alias: 'champion' })).status).toBe(200);
    expect((await call('DELETE', 'registered-models/alias', { name: 'asr', alias: 'champion' })).status).toBe(200);
    expect(await byAlias('champion')).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE', message: expect.stringContaining('champion not found') } });
    expect(await byAlias('champion', 'absent')).toMatchObject({ status: 404, body: { error_code: 'RESOURCE_DOES_NOT_EXIST' } });
  });

  test('that are protected are asked for and do not move', async () => {
    await service.admin.protectAlias({ params: { name: 'asr', alias: 'guarded' }, body: { protected: true, approvals: 1 } });
    const answer = await call('POST', 'registered-models/alias', { name: 'asr', alias: 'guarded', version: '1' });

    expect(answer).toMatchObject({ status: 403, body: { error_code: 'PERMISSION_DENIED', message: expect.stringMatching(/change request cr_|approved the change request/) } });
    expect((await byAlias('guarded')).status).toBe(400);
  });
});

describe('stages', () => {
  const stageOf = async (version: string) => (await call('GET', 'model-versions/get', { name: 'staged', version })).body.model_version?.['current_stage'];
  const transition = (version: string, stage: string) => call('POST', 'model-versions/transition-stage', { name: 'staged', version, stage, archive_existing_versions: false });
  const latest = async (message: Json, method: 'GET' | 'POST' = 'POST') => (await call(method, 'registered-models/get-latest-versions', { name: 'staged', ...message })).body.model_versions?.map(({ version, current_stage: stage }) => `${version as string} ${stage as string}`);

  beforeAll(async () => {
    await newModel('staged');
    for (let count = 0; count < 4; count += 1) await newVersion('staged', { source: `s3://bucket/${count}` });
  });

  test('are the aliases of their names', async () => {
    await transition('1', 'Production');
    await transition('2', 'staging');
    expect([await stageOf('1'), await stageOf('2'), await stageOf('3')]).toEqual(['Production', 'Staging', 'None']);
    expect((await ours.as.viewer.getModel({ params: { name: 'staged' } })).aliases.map(({ name, version }) => `${name} ${version}`).toSorted()).toEqual(['production 1', 'staging 2']);

    await transition('2', 'Production');
    expect([await stageOf('1'), await stageOf('2')]).toEqual(['None', 'Production']);
    await transition('2', 'Archived');
    expect(await stageOf('2')).toBe('None');
    expect((await transition('1', 'Somewhere')).body['error_code']).toBe('INVALID_PARAMETER_VALUE');
  });

  test('one of which is protected move all or not at all', async () => {
    await newModel('half');
    await newVersion('half', { source: 's3://bucket/half' });
    const move = (stage: string) => call('POST', 'model-versions/transition-stage', { name: 'half', version: '1', stage, archive_existing_versions: false });
    await move('Staging');
    await service.admin.protectAlias({ params: { name: 'half', alias: 'production' }, body: { protected: true, approvals: 1 } });

    expect((await move('Production')).status).toBe(403);

    expect((await ours.as.viewer.getModel({ params: { name: 'half' } })).aliases.map(({ name }) => name)).toEqual(['staging']);
  });

  test('have their newest versions', async () => {
    await transition('1', 'Production');
    await transition('4', 'Staging');

    expect(await latest({})).toEqual(['3 None', '4 Staging', '1 Production']);
    expect(await latest({ stages: ['Production'] })).toEqual(['1 Production']);
    expect(await latest({ stages: ['None', 'Archived'] }, 'GET')).toEqual(['3 None']);
    expect((await call('GET', 'registered-models/get', { name: 'staged' })).body.registered_model?.['latest_versions']).toHaveLength(3);
  });
});

describe('searches', () => {
  beforeAll(async () => {
    for (const name of ['find-a', 'find-b', 'find-c', 'Find-d']) await newModel(name, { tags: [{ key: 'set', value: 'found' }, { key: 'letter', value: name.at(-1) ?? '' }] });
    for (const run of ['r1', 'r2', 'r2']) await newVersion('find-a', { run_id: run, source: `s3://found/${run}`, tags: [{ key: 'kind', value: run }] });
  });

  const models = async (filter: string | undefined, more: Json = {}) => (await call('GET', 'registered-models/search', { filter, ...more })).body.registered_models?.map(({ name }) => name);
  const versions = async (filter: string, more: Json = {}) => (await call('GET', 'model-versions/search', { filter, ...more })).body.model_versions?.map(({ version }) => version);

  test.each([
    [`name = 'find-a'`, ['find-a']],
    [`name LIKE 'find-%'`, ['find-a', 'find-b', 'find-c']],
    [`name ILIKE 'FIND-%'`, ['Find-d', 'find-a', 'find-b', 'find-c']],
    [`name LIKE 'find-_' AND tags.letter != 'a'`, ['find-b', 'find-c']],
    [`tags.set = 'found' AND tag.letter = 'd'`, ['Find-d']],
    [`tags.set = 'found' AND ${notPrompts}`, ['Find-d', 'find-a', 'find-b', 'find-c']],
    [`name LIKE 'x\\'`, []],
    [`name = 'find''; drop table model; --'`, undefined],
  ])('of models by %s', async (filter, found) => {
    expect((await models(filter))?.toSorted()).toEqual(found?.toSorted());
  });

  test('of models in an order, page by page, without gap or repetition; a token of another search is refused', async () => {
    const filter = `tags.set = 'found'`;
    const seen: unknown[] = [];
    let token: string | undefined;
    do {
      const { body } = await call('GET', 'registered-models/search', { filter, max_results: 3, order_by: ['name DESC'], page_token: token });
      seen.push(...(body.registered_models ?? []).map(({ name }) => name));
      token = body.next_page_token;
      if (token !== undefined) expect(await call('GET', 'registered-models/search', { filter, max_results: 3, page_token: token })).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE' } });
    } while (token !== undefined);

    expect(seen).toHaveLength(4);
    expect(seen).toEqual((seen as string[]).toSorted().toReversed());
  });

  test.each([
    [`name = 'find-a'`, ['3', '2', '1']],
    [`run_id = 'r2'`, ['3', '2']],
    [`run_id IN ('r1', 'r9')`, ['1']],
    [`source_path LIKE 's3://found/%' AND version_number < 3`, ['2', '1']],
    [`name = 'find-a' AND tags.kind = 'r1'`, ['1']],
    [`name = 'find-a' AND tags.kind != 'r1'`, ['3', '2']],
    [`name = 'find-a' AND version_number = 999999999999`, []],
  ])('of versions by %s', async (filter, found) => {
    expect(await versions(filter)).toEqual(found);
  });

  test('of versions in an order, with the limits that clients send', async () => {
    expect(await versions(`name = 'find-a'`, { order_by: ['version_number ASC'], max_results: 10_000 })).toEqual(['1', '2', '3']);
    expect((await call('GET', 'model-versions/search', {})).body.model_versions?.length).toBeGreaterThan(5);
    expect((await call('GET', 'registered-models/search', { max_results: 1_001 })).status).toBe(400);
    expect((await call('GET', 'registered-models/search', { max_results: 0 })).status).toBe(400);
  });

  test('are refused for a filter that is none, with what is wrong', async () => {
    for (const filter of ['name', `params.x = '1'`, `name = 'a' OR name = 'b'`]) expect(await call('GET', 'model-versions/search', { filter })).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE', message: expect.stringContaining('filter') } });
  });
});

describe('what was done', () => {
  beforeEach(() => newModel(`audited-${Math.random().toString(36).slice(2)}`));

  test('is in the audit log like any other change, and the chain holds', async () => {
    const actions = new Set((await ours.as.admin.listAudit({ query: { limit: 200 } })).data.map(({ action }) => action));

    for (const action of ['model.registered', 'model.described', 'model.tagged', 'model.untagged', 'version.registered', 'version.described', 'version.tagged', 'alias.moved', 'alias.removed', 'change.requested']) expect(actions).toContain(action);
    expect(await service.admin.verifyAudit()).toMatchObject({ intact: true });
  });
});
