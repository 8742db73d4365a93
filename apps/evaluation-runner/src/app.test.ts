import { evaluationEndpoints } from '@weighbridge/evaluation-contracts';
import { ApiError, fillPath } from '@weighbridge/shared-contracts';
import type { Endpoint } from '@weighbridge/shared-contracts';
import { newId } from '@weighbridge/shared-adapters/ids';
import { createTestDatabase } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestRunner } from './testing/start-test-runner.ts';
import type { TestRunner } from './testing/start-test-runner.ts';
import type { TestProject } from './testing/stub-registry.ts';

let database: TestDatabase;
let runner: TestRunner;
let support: TestProject;
let research: TestProject;
let editor: ReturnType<TestRunner['client']>;
let stranger: ReturnType<TestRunner['client']>;

const sample = (id: string, prompt = `Is ${id} here?`, target = 'true') => ({ id, input: { prompt }, target });
const suite = (name: string, samples = [sample('a'), sample('b'), sample('c')]) => ({ name, dataset: { samples }, scorers: [{ kind: 'exact_match' as const }] });

const problemOf = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ApiError);
  return (error as ApiError).problem;
};

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['evaluation', 'queue'] });
  runner = await startTestRunner({ databaseUrl: database.urlFor('evaluation') });
  support = runner.registry.addProject('support');
  research = runner.registry.addProject('research');
  editor = runner.client(runner.registry.addKey({ project: support, role: 'editor' }));
  stranger = runner.client(runner.registry.addKey({ project: research, role: 'admin' }));
});

afterAll(async () => {
  await runner.close();
  await database.close();
});

const endpoints = Object.entries(evaluationEndpoints) as [keyof typeof evaluationEndpoints, Endpoint][];
const call = (endpoint: Endpoint, token: string | undefined, body: unknown = {}) => {
  const query = endpoint.path === '/v1/leaderboard' ? '?suite=x' : endpoint.path === '/v1/evidence' ? `?projectId=${support.id}&suite=x&model=m&version=1` : '';
  return fetch(runner.url + fillPath(endpoint.path, { name: 'no-such', id: newId('run') }) + query, {
    method: endpoint.method.toUpperCase(),
    headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    ...(endpoint.body === undefined ? {} : { body: JSON.stringify(body) }),
  });
};

describe('who may ask', () => {
  test.each(endpoints)('%s: no key, an unknown one, an expired one, a false service token and a weaker role are refused', async (_, endpoint) => {
    const expired = runner.registry.addKey({ project: support, role: 'admin', expiresAt: '2020-01-01T00:00:00.000Z' });
    const weaker = { viewer: undefined, runner: 'viewer', editor: 'runner', admin: 'editor', service: 'admin', public: undefined } as const;
    const role = weaker[endpoint.role];

    const answers = await Promise.all([undefined, 'wb_unknown', expired, `${runner.serviceToken}x`].map((token) => call(endpoint, token)));
    const weak = role === undefined ? undefined : await call(endpoint, runner.registry.addKey({ project: support, role }));

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    if (weak !== undefined) expect(weak.status).toBe(403);
  });

  test('another project: suites, runs and what belongs to them look as if they did not exist', async () => {
    await editor.createSuite({ body: suite('private') });
    const run = await editor.createRun({ params: { name: 'private' }, body: { model: 'm@1' } });
    const own = await stranger.createSuite({ body: suite('private') });
    const theirs = await stranger.createRun({ params: { name: 'private' }, body: { model: 'm@1' } });

    const refusals = await Promise.all(
      [
        stranger.getRun({ params: { id: run.id } }),
        stranger.cancelRun({ params: { id: run.id } }),
        stranger.listResults({ params: { id: run.id } }),
        stranger.compareRuns({ body: { baseline: run.id, candidate: theirs.id } }),
        stranger.compareRuns({ body: { baseline: theirs.id, candidate: run.id } }),
        stranger.getSuite({ params: { name: 'private' }, query: { project: support.id } }),
        stranger.listSuites({ query: { project: support.id } }),
        stranger.listRuns({ query: { project: support.id } }),
        stranger.getLeaderboard({ query: { project: support.id, suite: 'private' } }),
        stranger.createSuite({ body: { ...suite('x'), project: support.id } }),
        stranger.createRun({ params: { name: 'private' }, body: { model: 'm@1', project: support.id } }),
        stranger.createRun({ params: { name: 'private' }, body: { model: 'm@1', useCaseId: support.useCaseId } }),
      ].map(problemOf),
    ).then((problems) => problems.map(({ code }) => code));

    // A run that has not ended is refused before its pair is looked for.
    expect(refusals.filter((code) => code !== 'resource.not_found')).toEqual(['resource.wrong_state']);
    expect(own.projectId).toBe(research.id);
    expect((await stranger.listRuns()).data.map(({ id }) => id)).toEqual([theirs.id]);
    expect((await stranger.listSuites()).data.map(({ projectId }) => projectId)).toEqual([research.id]);
    expect((await editor.getRun({ params: { id: run.id } })).status).toBe('queued');
  });

  test('a platform key names the project, and an existing one', async () => {
    const platform = runner.client(runner.registry.addKey({ project: null, role: 'admin' }));

    const unnamed = await problemOf(platform.createSuite({ body: suite('platform') }));
    const unknown = await problemOf(platform.createSuite({ body: { ...suite('platform'), project: newId('project') } }));
    const stored = await platform.createSuite({ body: { ...suite('platform'), project: support.id } });
    const withoutUseCase = await problemOf(platform.createRun({ params: { name: 'platform' }, body: { project: support.id, model: 'm@1' } }));
    const run = await platform.createRun({ params: { name: 'platform' }, body: { project: support.id, model: 'm@1', useCaseId: support.useCaseId } });

    expect([unnamed.code, unknown.code, withoutUseCase.code]).toEqual(['project.required', 'resource.not_found', 'request.invalid']);
    expect(stored.projectId).toBe(support.id);
    expect((await platform.getRun({ params: { id: run.id } })).id).toBe(run.id);
    expect((await platform.getSuite({ params: { name: 'platform' }, query: { project: support.id } })).id).toBe(stored.id);
    expect((await problemOf(platform.getSuite({ params: { name: 'platform' } }))).code).toBe('project.required');
  });
});

describe('a suite', () => {
  test('the same content is the same revision, other content the next, and the newest is what is asked', async () => {
    const first = await editor.createSuite({ body: suite('revised') });
    const again = await editor.createSuite({ body: { ...suite('revised'), prompt: '{{prompt}}', temperature: 0 } });
    const second = await editor.createSuite({ body: { ...suite('revised'), description: 'other' } });
    const third = await editor.createSuite({ body: suite('revised') });

    expect(again).toEqual(first);
    expect([first, second, third].map(({ revision }) => revision)).toEqual([1, 2, 3]);
    expect(third.digest).toBe(first.digest);
    expect(second).toMatchObject({ description: 'other', samples: 3, scorers: ['exact_match@1'], slices: [] });
    expect(await editor.getSuite({ params: { name: 'revised' } })).toMatchObject({ id: third.id, definition: { name: 'revised', maxOutputTokens: 64, dataset: { samples: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] } } });
  });

  test('ten posts of one name at once are ten revisions', async () => {
    const stored = await Promise.all(Array.from({ length: 10 }, (_, index) => editor.createSuite({ body: { ...suite('rush'), description: `number ${index}` } })));

    expect(stored.map(({ revision }) => revision).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('2,500 samples come back as they were sent, unusual characters included', async () => {
    const samples = Array.from({ length: 2_500 }, (_, index) => ({ ...sample(`s${index}`, `bell \u0007 \u{1F3CB} \u202E ${index}`), slice: `slice ${index % 3}` }));

    const stored = await editor.createSuite({ body: suite('large', samples) });

    expect(stored.slices).toEqual(['slice 0', 'slice 1', 'slice 2']);
    expect((await editor.getSuite({ params: { name: 'large' } })).definition.dataset.samples).toEqual(samples);
  });

  test('a text that cannot be stored is refused at the door, and nothing is kept', async () => {
    for (const text of ['nul \0', 'half \uD800']) {
      expect(await problemOf(editor.createSuite({ body: suite('unstorable', [sample('a', text)]) }))).toMatchObject({ status: 400, code: 'request.malformed', detail: expect.stringContaining('U+0000') as string });
    }
    expect((await problemOf(editor.getSuite({ params: { name: 'unstorable' } }))).code).toBe('resource.not_found');
  });

  test('as YAML it is the suite that it is as JSON', async () => {
    const yaml = ['name: from-yaml', 'dataset:', '  samples:', '    - id: a', '      input: { prompt: "Is no a text?" }', '      target: no', 'scorers: [{ kind: exact_match }]'].join('\n');
    const post = (body: string, type = 'application/yaml; charset=utf-8') =>
      fetch(`${runner.url}/v1/suites`, { method: 'POST', headers: { authorization: `Bearer ${runner.registry.addKey({ project: support, role: 'editor' })}`, 'content-type': type }, body });

    const [created, broken, bomb, huge, asJson] = await Promise.all([
      post(yaml),
      post('name: [unclosed'),
      post(['a: &a [x,x,x,x,x,x,x,x,x,x]', ...'bcdefghi'.split('').map((name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdefgh'[index]}`).join()}]`)].join('\n')),
      post(`name: ${'x'.repeat(3_000_000)}`),
      post(yaml, 'application/json'),
    ]);

    expect(created.status).toBe(201);
    expect((await editor.getSuite({ params: { name: 'from-yaml' } })).definition.dataset.samples[0]?.target).toBe('no');
    expect([broken.status, bomb.status, huge.status, asJson.status]).toEqual([400, 400, 413, 400]);
    expect(await broken.json()).toMatchObject({ code: 'request.malformed', detail: expect.stringContaining('YAML') as string });
  });

  test.each([
    ['an id used twice', suite('bad', [sample('a'), sample('b'), sample('a')]), ['/body/dataset/samples/2/id']],
    ['an unknown placeholder', { ...suite('bad'), prompt: '{{prompt}} {{question}}' }, ['/body/dataset/samples/0/input', '/body/dataset/samples/1/input', '/body/dataset/samples/2/input']],
    ['20,001 samples', suite('bad', Array.from({ length: 20_001 }, (_, index) => sample(`s${index}`, 'x'))), ['/body/dataset/samples']],
    ['a template that does not parse', { ...suite('bad'), prompt: '{{prompt} ' }, ['/body/prompt']],
    ['a prompt that would explode', { ...suite('bad', [sample('a', 'x'.repeat(50_000))]), prompt: '{{prompt}}'.repeat(100) }, ['/body/dataset/samples/0/input']],
    ['faults of several fields', { name: 'not a name', dataset: { samples: [] }, scorers: [{ kind: 'magic' }], extra: 1 }, ['/body/name', '/body/dataset/samples', '/body/scorers/0/kind', '/body/extra']],
  ])('%s is refused with a pointer to each fault', async (_, body, pointers) => {
    const problem = await problemOf(editor.createSuite({ body: body as never }));

    expect(problem).toMatchObject({ status: 400, code: 'request.invalid' });
    expect(problem.errors?.map(({ pointer }) => pointer)).toEqual(pointers);
    expect((await problemOf(editor.getSuite({ params: { name: 'bad' } }))).code).toBe('resource.not_found');
  });
});

describe('lists', () => {
  test('suites page by name and runs newest first, to the end and without a gap', async () => {
    const other = runner.registry.addProject('paging');
    const client = runner.client(runner.registry.addKey({ project: other, role: 'editor' }));
    for (const name of ['e', 'c', 'a', 'd', 'b']) await client.createSuite({ body: suite(name) });
    await client.createSuite({ body: { ...suite('c'), description: 'newer' } });
    const runs = [];
    for (const version of ['1', '2', '3']) runs.push((await client.createRun({ params: { name: 'c' }, body: { model: `m@${version}`, limit: 2 } })).id);

    const names: string[] = [];
    const ids: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await client.listSuites({ query: { limit: 2, ...(cursor === undefined ? {} : { cursor }) } });
      names.push(...page.data.map(({ name, revision }) => `${name}${revision}`));
      cursor = page.nextCursor;
    }
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await client.listRuns({ query: { limit: 2, ...(cursor === undefined ? {} : { cursor }) } });
      ids.push(...page.data.map(({ id }) => id));
      cursor = page.nextCursor;
    }

    expect(names).toEqual(['a1', 'b1', 'c2', 'd1', 'e1']);
    expect(ids).toEqual(runs.toReversed());
    const filtered = await Promise.all([client.listRuns({ query: { version: '2' } }), client.listRuns({ query: { suite: 'a' } }), client.listRuns({ query: { status: 'queued', model: 'm', suite: 'c' } })]);
    expect(filtered.map(({ data }) => data.length)).toEqual([1, 0, 3]);
  });

  test.each(['nonsense', Buffer.from('{"a":1}').toString('base64url')])('the cursor %s is refused', async (cursor) => {
    const id = (await editor.createRun({ params: { name: 'revised' }, body: { model: 'm@1' } })).id;

    const problems = await Promise.all([editor.listSuites({ query: { cursor } }), editor.listRuns({ query: { cursor } }), editor.listResults({ params: { id }, query: { cursor } })].map(problemOf));

    expect(problems.map(({ code, errors }) => [code, errors?.[0]?.pointer])).toEqual(Array(3).fill(['request.invalid', '/query/cursor']));
  });
});

describe('a run', () => {
  test.each([
    ['an alias instead of a version', { model: 'm:production' }, 'request.invalid'],
    ['a bare name', { model: 'm' }, 'request.invalid'],
    ['no sample', { model: 'm@1', limit: 0 }, 'request.invalid'],
    ['a use case that does not exist', { model: 'm@1', useCaseId: newId('useCase') }, 'resource.not_found'],
  ])('%s is refused', async (_, body, code) => {
    await editor.createSuite({ body: suite('refusing') });

    expect((await problemOf(editor.createRun({ params: { name: 'refusing' }, body: body as never }))).code).toBe(code);
    expect((await editor.listRuns({ query: { suite: 'refusing' } })).data).toEqual([]);
  });

  test('of a suite that does not exist is refused; with a limit it plans fewer samples, never more than there are', async () => {
    await editor.createSuite({ body: suite('limited') });

    const plans = await Promise.all([undefined, 2, 20_000].map((limit) => editor.createRun({ params: { name: 'limited' }, body: { model: 'm@1', ...(limit === undefined ? {} : { limit }) } })));

    expect(plans.map(({ planned, finished, status }) => [planned, finished, status])).toEqual([[3, 0, 'queued'], [2, 0, 'queued'], [3, 0, 'queued']]);
    expect((await problemOf(editor.createRun({ params: { name: 'no-such' }, body: { model: 'm@1' } }))).code).toBe('resource.not_found');
    expect((await problemOf(editor.getLeaderboard({ query: { suite: 'no-such' } }))).code).toBe('resource.not_found');
  });
});

test('health, readiness, metrics and the OpenAPI document, which says that YAML is welcome', async () => {
  const operations = await Promise.all(['/healthz', '/readyz', '/metrics'].map((path) => fetch(runner.url + path)));
  const document = await fetch(`${runner.url}/openapi.json`);

  expect(operations.map(({ status }) => status)).toEqual([200, 200, 200]);
  const { paths } = (await document.json()) as { paths: Record<string, { post?: { requestBody?: { content: object } } }> };
  expect(Object.keys(paths['/v1/suites']?.post?.requestBody?.content ?? {})).toEqual(['application/json', 'application/yaml']);
  expect(paths['/v1/evidence']).toBeUndefined();
});
