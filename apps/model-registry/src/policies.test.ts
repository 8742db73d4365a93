import { ApiError } from '@weighbridge/shared-contracts';
import { createTestDatabase } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestService, supportFacts } from './start-test-service.ts';
import type { TestProject, TestService } from './start-test-service.ts';

let database: TestDatabase;
let service: TestService;
let claims: TestProject;

const euOnly = `// Personal data stays here.
@message("Personal data is only sent to models that are hosted in the EU.")
forbid (principal, action == Action::"use", resource)
when { principal.hasTag("data") && principal.getTag("data") == "personal" }
unless { context.hostedInEu };
`;

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['registry'] });
  service = await startTestService({ databaseUrl: database.urlFor('registry') });
  claims = await service.addProject('claims');
  for (const [name, license] of [['open', 'Apache-2.0'], ['closed', 'LicenseRef-Llama-3.3']] as const) {
    await service.admin.createModel({ body: { name, publisher: 'Acme' } });
    await service.admin.registerVersion({ params: { name }, body: { version: '1', license } });
  }
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await database.close();
});

const put = (name: string, text: string, expectedRevision = 0, enabled = true) => service.admin.putPolicy({ params: { name }, body: { text, expectedRevision, enabled } });
const deploy = (name: string, hostedIn: string | null) =>
  service.admin.createDeployment({ params: { name }, body: { version: '1', hostedIn, backend: { kind: 'openai', baseUrl: 'https://models.example/v1', upstreamModel: 'm' } } });
const useCase = async (name: string, labels: Record<string, string>) => (await claims.as.editor.createUseCase({ body: { name, facts: supportFacts, labels } })).id;
const refusal = async (call: () => Promise<unknown>) => {
  try {
    await call();
  } catch (error) {
    if (error instanceof ApiError) return error.problem;
    throw error;
  }
  throw new Error('was not refused');
};

describe('a policy', () => {
  test('is kept in revisions, of which each says what it was', async () => {
    await put('no-images', 'forbid (principal, action, resource) when { resource.multimodal };', 0, false);
    await put('no-images', 'forbid (principal, action, resource);', 1, false);

    const { revisions, ...newest } = await claims.as.viewer.getPolicy({ params: { name: 'no-images' } });

    expect(newest).toMatchObject({ name: 'no-images', revision: 2, enabled: false });
    expect(revisions.map(({ revision, text }) => [revision, text.length])).toEqual([[2, 37], [1, 66]]);
    expect((await claims.as.viewer.listPolicies()).data.map(({ name }) => name)).toEqual(['no-images']);
  });

  test('of which another revision came in between is 409', async () => {
    await put('two-hands', euOnly, 0, false);

    expect(await refusal(() => put('two-hands', euOnly, 0, false))).toMatchObject({ status: 409, code: 'resource.conflict', revision: 1 });
  });

  test('that cannot be read is 400 with line and column', async () => {
    expect(await refusal(() => put('misspelt', `// ok\n${euOnly.replace('hostedInEu', 'hostedInEurope')}`))).toMatchObject({
      status: 400,
      code: 'request.invalid',
      errors: [{ pointer: '/body/text', message: expect.stringMatching(/^line 6, column 10: attribute `hostedInEurope` .*did you mean `hostedInEu`/) }],
    });
    expect(await claims.as.viewer.validatePolicy({ body: { text: 'forbid (principal, action, resource) when { context.where };' } })).toMatchObject({ valid: false, faults: [{ line: 1, column: 45 }] });
    expect(await claims.as.viewer.validatePolicy({ body: { text: euOnly } })).toMatchObject({ valid: true, faults: [], statements: [{ statement: 'forbid', effect: 'deny', message: expect.stringContaining('Personal data') }] });
  });

  test('is written by keys of the platform only', async () => {
    expect(await refusal(() => claims.as.admin.putPolicy({ params: { name: 'mine' }, body: { text: euOnly, expectedRevision: 0 } }))).toMatchObject({ status: 403 });
    expect(await refusal(() => claims.as.admin.tryPolicy({ body: { text: euOnly } }))).toMatchObject({ status: 403 });
  });

  test('never changes once written, and every revision is in the audit log', async () => {
    await put('audited', euOnly, 0, false);

    const { data } = await service.admin.listAudit({ query: { limit: 200 } });

    expect(data.find(({ subject }) => subject === 'audited')).toMatchObject({ action: 'policy.added', details: { revision: 1, enabled: false } });
  });
});

describe('decisions', () => {
  test('without policies are made from the same inputs as ever', async () => {
    const before = await claims.as.viewer.decide({ body: { model: 'open@1', useCase: claims.useCaseId } });
    await put('later', 'forbid (principal, action, resource);');
    const during = await claims.as.viewer.decide({ body: { model: 'open@1', useCase: claims.useCaseId } });
    await put('later', 'forbid (principal, action, resource);', 1, false);
    const after = await claims.as.viewer.decide({ body: { model: 'open@1', useCase: claims.useCaseId } });

    expect([before.decision, during.decision, after.decision]).toEqual(['allow', 'deny', 'allow']);
    expect(during.reasons[0]).toMatchObject({ code: 'policy', policy: 'later', license: null, message: 'Policy "later": it does not allow this use.' });
    expect(after.inputsDigest).toBe(before.inputsDigest);
    expect(during.inputsDigest).not.toBe(before.inputsDigest);
  });

  test('follow the places where a version runs: not known, wrong, one of two right', async () => {
    await put('eu-only', euOnly);
    const personal = await useCase('personal', { data: 'personal' });
    const decided = async () => (await claims.as.viewer.decide({ body: { model: 'open@1', useCase: personal } })).decision;

    const undeployed = await decided();
    const away = await deploy('open', 'US');
    const overseas = await decided();
    const home = await deploy('open', 'DE');
    const both = await decided();
    await service.admin.setDeploymentStatus({ params: { id: home.id }, body: { status: 'paused' } });
    const paused = await decided();
    await service.admin.setDeploymentPlace({ params: { id: away.id }, body: { hostedIn: 'FR' } });
    const moved = await decided();
    await service.admin.setDeploymentPlace({ params: { id: away.id }, body: { hostedIn: 'US' } });

    expect([undeployed, overseas, both, paused, moved]).toEqual(['review', 'deny', 'allow', 'deny', 'allow']);
    expect((await claims.as.viewer.decide({ body: { model: 'open@1', useCase: claims.useCaseId } })).decision).toBe('allow');
    await put('eu-only', euOnly, 1, false);
  });

  test('on facts that are not declared yet take the labels of the request', async () => {
    await put('eu-only', euOnly, 2);
    const decided = async (labels?: Record<string, string>) => claims.as.viewer.decide({ body: { model: 'closed@1', useCase: supportFacts, ...(labels === undefined ? {} : { labels }) } });

    expect((await decided({ data: 'personal' })).reasons[0]).toMatchObject({ code: 'policy', settledBy: 'hostedIn of closed@1', message: expect.stringContaining('It is not known where it is hosted') });
    expect((await decided()).reasons.some(({ code }) => code === 'policy')).toBe(false);
    expect(await refusal(() => claims.as.viewer.decide({ body: { model: 'closed@1', useCase: claims.useCaseId, labels: {} } }))).toMatchObject({ status: 400 });
    await put('eu-only', euOnly, 3, false);
  });

  test('are remembered by what policies, labels and places they were made from', async () => {
    const osi = '@message("Product x is built on open licences.") forbid (principal, action, resource) when { principal.hasTag("product") && principal.getTag("product") == "x" && !resource.osiApproved };';
    await put('osi-in-x', osi);
    const [x, y] = [await useCase('x', { product: 'x' }), await useCase('y', { product: 'y' })];
    const decided = (model: string, of: typeof x) => claims.as.viewer.decide({ body: { model, useCase: of } });

    expect((await decided('closed@1', x)).reasons[0]).toMatchObject({ policy: 'osi-in-x', message: 'Policy "osi-in-x": Product x is built on open licences.' });
    expect((await decided('closed@1', x)).decision).toBe('deny');
    expect((await decided('closed@1', y)).decision).not.toBe('deny');
    expect((await decided('open@1', x)).decision).toBe('allow');
    await put('osi-in-x', osi, 1, false);
  });
});

test('the snapshot carries what is enabled, with places and labels', async () => {
  await put('in-snapshot', euOnly);

  const { policies, deployments, useCases } = await service.services.getSnapshot();

  expect(policies).toEqual([{ name: 'in-snapshot', revision: 1, text: euOnly }]);
  expect(deployments.map(({ hostedIn }) => hostedIn)).toEqual(['US', 'DE']);
  expect(useCases.find(({ name }) => name === 'personal')?.labels).toEqual({ data: 'personal' });
  await put('in-snapshot', euOnly, 1, false);
});

describe('a trial', () => {
  const openOnly = '@message("Open licences only.") forbid (principal, action, resource) when { !resource.osiApproved };';

  test('says which decisions would change, and changes none', async () => {
    await deploy('closed', 'US');

    const { changes, ...result } = await service.admin.tryPolicy({ body: { text: openOnly } });

    expect(result).toMatchObject({ complete: true, changed: changes.length });
    expect(new Set(changes.map(({ model }) => model))).toEqual(new Set(['closed@1']));
    expect(changes[0]).toMatchObject({ before: expect.not.stringMatching('deny'), after: 'deny', reasons: [{ code: 'policy', message: 'Policy "(tried)": Open licences only.' }] });
    expect((await service.admin.listPolicies()).data.some(({ text }) => text === openOnly)).toBe(false);
  });

  test('in the place of a policy compares with it', async () => {
    await put('strict', 'forbid (principal, action, resource);');

    const { changes } = await service.admin.tryPolicy({ body: { name: 'strict', text: openOnly } });

    expect(new Set(changes.map(({ model, before, after }) => `${model} ${before} ${after}`))).toEqual(new Set(['open@1 deny allow']));
    await put('strict', 'forbid (principal, action, resource);', 1, false);
  });

  test('ends at its limit', async () => {
    expect(await service.admin.tryPolicy({ body: { text: openOnly, limit: 1 } })).toMatchObject({ decided: 1, complete: false });
  });
});
