import { registryEndpoints } from '@weighbridge/registry-contracts';
import { ApiError } from '@weighbridge/shared-contracts';
import type { Endpoint } from '@weighbridge/shared-contracts';
import { createTestDatabase } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import { ask, endpointOf, refusalsOf, tryRefusal } from '@weighbridge/shared-testing/walk-refusals';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestService, supportFacts } from './start-test-service.ts';
import type { TestProject, TestService } from './start-test-service.ts';

let database: TestDatabase;
let service: TestService;
let ours: TestProject;
let theirs: TestProject;
let expired: string;

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['registry'] });
  service = await startTestService({ databaseUrl: database.urlFor('registry') });
  [ours, theirs] = [await service.addProject('ours'), await service.addProject('theirs')];
  const soon = new Date(Date.now() + 60_000).toISOString();
  expired = (await service.admin.createKey({ params: { id: ours.id }, body: { name: 'short', role: 'admin', expiresAt: soon } })).token;
  service.advance(120_000);
  await ours.as.editor.createModel({ body: { name: 'known', publisher: 'Acme' } });
  await ours.as.editor.registerVersion({ params: { name: 'known' }, body: { version: '1', license: 'mit' } });
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await database.close();
});

describe('every endpoint', () => {
  test.each(refusalsOf(registryEndpoints))('$endpoint refuses $asker with $status', async (refusal) => {
    const answer = await tryRefusal({ origin: service.url, endpoints: registryEndpoints, tokenOf: (asker) => (asker === 'an expired key' ? expired : ours.tokens[asker]) }, refusal);

    expect(answer).toEqual({ status: refusal.status, code: refusal.code });
  });

  const withBody = Object.entries(registryEndpoints).filter(([, endpoint]) => 'body' in endpoint);
  test.each(withBody)('%s refuses what is no valid body with 400', async (_, endpoint) => {
    const params = { id: ours.id, name: 'known', model: 'known', version: '1', alias: 'a' };
    for (const body of ['', '{', '[]', 'null', '"x"', '{}', JSON.stringify({ unknownField: 1 })]) {
      const { status, code } = await ask(service.url, endpoint, { token: tokenFor(endpoint), params, body });
      expect({ body, status }).toEqual({ body, status: 400 });
      expect(['request.malformed', 'request.invalid']).toContain(code);
    }
  });

  const withParams = Object.entries(registryEndpoints).filter(([, endpoint]) => 'params' in endpoint);
  test.each(withParams)('%s refuses a path that names nothing possible with 400, and one that names nothing with 404', async (name, endpoint) => {
    const impossible = await ask(service.url, endpoint, { token: tokenFor(endpoint), params: { id: 'no id', name: 'no name', model: 'no model', version: '!', alias: '!' } });
    expect(impossible).toEqual({ status: 400, code: 'request.invalid' });

    const absent = (prefix: string) => `${prefix}_${'0'.repeat(32)}`;
    const ids: Record<string, string> = {
      createKey: absent('proj'),
      getProjectNotice: absent('proj'),
      getProjectBom: absent('proj'),
      listKeys: absent('proj'),
      revokeKey: absent('key'),
      getUseCase: absent('uc'),
      getDownload: absent('dl'), cancelDownload: absent('dl'), setDeploymentStatus: absent('dep'), setDeploymentPlace: absent('dep'),
      blockDeployment: absent('dep'),
      unblockDeployment: absent('dep'),
      getLicense: 'LicenseRef-None',
      revokeApproval: absent('apr'),
      getChangeRequest: absent('chg'),
      approveChangeRequest: absent('chg'),
      rejectChangeRequest: absent('chg'),
      withdrawChangeRequest: absent('chg'),
    };
    const nothing = await ask(service.url, endpoint, { token: tokenFor(endpoint), params: { id: ids[name] ?? 'x', name: 'absent', model: 'absent', version: '1', alias: 'a' }, body: validBody(name) });
    expect(nothing.status).toBe(404);
  });

  test.each(['listProjects', 'listModels', 'searchVersions', 'listUseCases', 'listApprovals', 'listAudit', 'listChangeRequests', 'listPlatformKeys'])('%s refuses a page that cannot be', async (name) => {
    for (const query of [{ limit: '0' }, { limit: '201' }, { limit: 'x' }, { cursor: 'x'.repeat(501) }])
      expect(await ask(service.url, endpointOf(registryEndpoints, name), { token: service.adminToken, query })).toEqual({ status: 400, code: 'request.invalid' });
    expect(await ask(service.url, endpointOf(registryEndpoints, name), { token: service.adminToken, query: { cursor: 'a\0b' } })).toEqual({ status: 400, code: 'request.malformed' });
  });
});

/** A key of the platform may ask for everything but what services tell each other. */
const tokenFor = ({ role }: Endpoint): string => (role === 'service' ? service.serviceToken : service.adminToken);

function validBody(name: string): unknown {
  const bodies: Record<string, unknown> = {
    createKey: { name: 'k', role: 'viewer' },
    registerVersion: { version: '1' },
    setVersionTags: { tags: {} },
    createDeployment: { version: '1', backend: { kind: 'openai', baseUrl: 'https://models.example/v1', upstreamModel: 'm' } },
    setDeploymentStatus: { status: 'paused' },
    setDeploymentPlace: { hostedIn: 'EU' },
    setAlias: { version: '1' },
    verifyPublisher: { reason: 'checked on their release page' },
    reviseLicense: { withdraw: true, reason: 'the agreement has ended', expectedRevision: 0 },
    putPolicy: { text: 'forbid (principal, action, resource);', expectedRevision: 1 },
    rollbackAlias: { reason: 'worse than before' },
    protectAlias: { protected: true },
    transferModel: { owner: null },
    blockDeployment: { reason: 'artifact_mismatch', artifact: 'm.gguf', registeredSha256: 'a'.repeat(64), foundSha256: 'b'.repeat(64) },
    approveChangeRequest: { reason: 'looks right to me' },
    rejectChangeRequest: { reason: 'looks wrong to me' },
    promote: { version: '1', alias: 'production', gate: { useCase: ours.useCaseId, suite: 's' } },
  };
  return bodies[name];
}

describe('another project’s', () => {
  const absentId = `uc_${'f'.repeat(32)}`;
  const refusal = async (call: () => Promise<unknown>) => {
    try {
      await call();
    } catch (error) {
      if (error instanceof ApiError) return { ...error.problem, requestId: '' };
      throw error;
    }
    throw new Error('was not refused');
  };

  test.each([
    { what: 'project, for a key', call: (p: TestProject) => p.as.admin.createKey({ params: { id: theirs.id }, body: { name: 'spy', role: 'viewer' } }) },
    { what: 'keys', call: (p: TestProject) => p.as.admin.listKeys({ params: { id: theirs.id } }) },
    { what: 'project, for a use case', call: (p: TestProject) => p.as.editor.createUseCase({ body: { project: theirs.id, name: 'spy', facts: supportFacts } }) },
    { what: 'use cases', call: (p: TestProject) => p.as.viewer.listUseCases({ query: { project: theirs.id } }) },
    { what: 'use case', call: (p: TestProject) => p.as.viewer.getUseCase({ params: { id: theirs.useCaseId } }) },
    { what: 'use case, decided on', call: (p: TestProject) => p.as.viewer.decide({ body: { model: 'known@1', useCase: theirs.useCaseId } }) },
    { what: 'use case, approved', call: (p: TestProject) => p.as.admin.createApproval({ body: { model: 'known@1', useCaseId: theirs.useCaseId, reason: 'because I can', expiresAt: '2099-01-01T00:00:00Z' } }) },
    { what: 'use case, asked for', call: (p: TestProject) => p.as.editor.createChangeRequest({ body: { kind: 'use', model: 'known@1', useCase: theirs.useCaseId, reason: 'we need it too' } }) },
    { what: 'approvals', call: (p: TestProject) => p.as.viewer.listApprovals({ query: { project: theirs.id } }) },
    { what: 'use case, promoted for', call: (p: TestProject) => p.as.editor.promote({ params: { name: 'known' }, body: { version: '1', alias: 'production', gate: { useCase: theirs.useCaseId, suite: 's' } } }) },
    { what: 'promotions', call: (p: TestProject) => p.as.viewer.listPromotions({ params: { name: 'known' }, query: { project: theirs.id } }) },
    { what: 'change requests', call: (p: TestProject) => p.as.viewer.listChangeRequests({ query: { project: theirs.id } }) },
    { what: 'notice', call: (p: TestProject) => p.as.viewer.getProjectNotice({ params: { id: theirs.id } }) },
    { what: 'bill of materials', call: (p: TestProject) => p.as.viewer.getProjectBom({ params: { id: theirs.id } }) },
    { what: 'audit log', call: (p: TestProject) => p.as.admin.listAudit({ query: { project: theirs.id } }) },
  ])('$what is 404', async ({ call }) => {
    expect(await refusal(() => call(ours))).toMatchObject({ status: 404, code: 'resource.not_found' });
  });

  test('key cannot be revoked, and is not told from one that does not exist', async () => {
    const key = (await theirs.as.admin.listKeys({ params: { id: theirs.id } })).data[0];
    if (key === undefined) throw new Error('no key');

    const real = await refusal(() => ours.as.admin.revokeKey({ params: { id: key.id } }));
    const absent = await refusal(() => ours.as.admin.revokeKey({ params: { id: `key_${'f'.repeat(32)}` } }));

    expect(real).toEqual(absent);
    expect((await theirs.as.viewer.getMe()).project?.id).toBe(theirs.id);
  });

  test('use case has the same error as one that does not exist', async () => {
    expect(await refusal(() => ours.as.viewer.getUseCase({ params: { id: theirs.useCaseId } }))).toEqual(await refusal(() => ours.as.viewer.getUseCase({ params: { id: absentId } })));
  });

  test('rows are in no list, and use cases cannot be tied to a key', async () => {
    expect((await ours.as.viewer.listProjects()).data.map(({ id }) => id)).toEqual([ours.id]);
    expect((await ours.as.viewer.listUseCases()).data.map(({ projectId }) => projectId)).toEqual([ours.id]);
    expect(new Set((await ours.as.admin.listAudit({ query: { limit: 200 } })).data.map(({ projectId }) => projectId))).toEqual(new Set([ours.id]));
    expect(await refusal(() => ours.as.admin.createKey({ params: { id: ours.id }, body: { name: 'k', role: 'viewer', useCaseId: theirs.useCaseId } }))).toMatchObject({ status: 400, code: 'request.invalid' });
  });

  test.each([
    { what: 'create a project', call: (p: TestProject) => p.as.admin.createProject({ body: { name: 'mine' } }) },
    {
      what: 'send the prompts of all projects to a server of its choice',
      call: (p: TestProject) => p.as.admin.createDeployment({ params: { name: 'known' }, body: { version: '1', backend: { kind: 'openai', baseUrl: 'https://models.example/v1', upstreamModel: 'm' } } }),
    },
    { what: 'make a key of the platform', call: (p: TestProject) => p.as.admin.createPlatformKey({ body: { name: 'mine' } }) },
    { what: 'see the keys of the platform', call: (p: TestProject) => p.as.admin.listPlatformKeys() },
    { what: 'say which aliases are protected', call: (p: TestProject) => p.as.admin.protectAlias({ params: { name: 'known', alias: 'production' }, body: { protected: true } }) },
    { what: 'take a model over', call: (p: TestProject) => p.as.admin.transferModel({ params: { name: 'known' }, body: { owner: p.id } }) },
    { what: 'write a policy', call: (p: TestProject) => p.as.admin.putPolicy({ params: { name: 'mine' }, body: { text: 'forbid (principal, action, resource);', expectedRevision: 0 } }) },
    { what: 'say where a deployment runs', call: (p: TestProject) => p.as.admin.createDeployment({ params: { name: 'known' }, body: { version: '1', hostedIn: 'EU', backend: { kind: 'llama-cpp', artifact: 'm.gguf' } } }) },
    { what: 'see how many people use the models of all projects', call: (p: TestProject) => p.as.admin.listEndUsers({ query: {} }) },
    { what: 'verify the audit log', call: (p: TestProject) => p.as.admin.verifyAudit() },
  ])('an administrator of a project may not $what', async ({ call }) => {
    expect(await refusal(() => call(ours))).toMatchObject({ status: 403, code: 'auth.forbidden' });
  });

  test('a key of the platform sees all, and must say where it acts', async () => {
    expect((await service.admin.listProjects()).data.map(({ id }) => id).toSorted()).toEqual([ours.id, theirs.id].toSorted());
    expect((await service.admin.listUseCases({ query: { project: theirs.id } })).data).toHaveLength(1);
    expect((await service.admin.listUseCases()).data).toHaveLength(2);
    expect(await refusal(() => service.admin.createUseCase({ body: { name: 'x', facts: supportFacts } }))).toMatchObject({ status: 400, code: 'project.required' });
    expect(await refusal(() => service.admin.createUseCase({ body: { project: `proj_${'f'.repeat(32)}`, name: 'x', facts: supportFacts } } as never))).toMatchObject({ status: 404 });
  });
});
