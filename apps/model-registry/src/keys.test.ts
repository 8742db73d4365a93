import { ApiError } from '@weighbridge/shared-contracts';
import { createTestDatabase } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installAdminKey } from './operations/install-admin-key.ts';
import { startTestService } from './start-test-service.ts';
import type { TestProject, TestService } from './start-test-service.ts';

let database: TestDatabase;
let service: TestService;
let project: TestProject;

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['registry'] });
  service = await startTestService({ databaseUrl: database.urlFor('registry') });
  project = await service.addProject('keys');
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await database.close();
});

const statusOf = (call: Promise<unknown>) => call.then(() => 200, (error: unknown) => (error instanceof ApiError ? error.status : Promise.reject(error)));

describe('a key', () => {
  test('is shown once; afterwards there is a hint, and nowhere the key or its digest', async () => {
    const created = await project.as.admin.createKey({ params: { id: project.id }, body: { name: 'ci', role: 'runner', useCaseId: project.useCaseId, requestsPerMinute: 60, expiresAt: '2099-01-01T00:00:00.000Z' } });
    const { token, ...shown } = created;

    const listed = (await project.as.admin.listKeys({ params: { id: project.id } })).data.find(({ id }) => id === created.id);
    const me = await service.client(token).getMe();

    expect(listed).toEqual(shown);
    expect(JSON.stringify(await project.as.admin.listAudit({ query: { limit: 200 } }))).not.toContain(token);
    expect(me).toMatchObject({ keyId: created.id, role: 'runner', useCaseId: project.useCaseId, project: { id: project.id, name: 'keys' } });
    expect(shown.hint).toBe(`${token.slice(0, 7)}…${token.slice(-4)}`);
  });

  test('is refused at once after it was revoked; revoking again changes nothing', async () => {
    const { id, token } = await project.as.admin.createKey({ params: { id: project.id }, body: { name: 'leaked', role: 'viewer' } });
    expect(await statusOf(service.client(token).getMe())).toBe(200);

    await project.as.admin.revokeKey({ params: { id } });
    const revision = await service.registry.revision();
    await project.as.admin.revokeKey({ params: { id } });

    expect(await statusOf(service.client(token).getMe())).toBe(401);
    expect(await service.registry.revision()).toBe(revision);
    expect((await service.services.getSnapshot()).keys.map((key) => key.id)).not.toContain(id);
  });

  test('cannot begin expired', async () => {
    expect(await statusOf(project.as.admin.createKey({ params: { id: project.id }, body: { name: 'late', role: 'viewer', expiresAt: '2020-01-01T00:00:00Z' } }))).toBe(400);
  });

  test('lists page newest first, without gap or repetition', async () => {
    for (let n = 0; n < 5; n++) await project.as.admin.createKey({ params: { id: project.id }, body: { name: `page ${n}`, role: 'viewer' } });
    const all = (await project.as.admin.listKeys({ params: { id: project.id }, query: { limit: 200 } })).data.map(({ id }) => id);

    const paged: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { data: { id: string }[]; nextCursor: string | null } = await project.as.admin.listKeys({ params: { id: project.id }, query: { limit: 2, ...(cursor !== null && { cursor }) } });
      paged.push(...page.data.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);

    expect(paged).toEqual(all);
    expect(all).toEqual(all.toSorted().toReversed());
  });
});

describe('a key of the platform', () => {
  test('is made for a second administrator, who then has a name of their own in the audit log, and is revoked like any other', async () => {
    const { id, token } = await service.admin.createPlatformKey({ body: { name: 'Grace' } });
    const grace = service.client(token);
    await grace.createProject({ body: { name: 'by Grace' } });

    const me = await service.admin.getMe();
    expect((await service.admin.listPlatformKeys()).data.find((key) => key.id === id)).toMatchObject({ name: 'Grace', role: 'admin', projectId: null, createdBy: me.keyId });
    expect((await service.admin.listAudit({ query: { actor: id } })).data.map(({ action }) => action)).toEqual(['project.created']);
    await installAdminKey(service.deps, service.adminToken);
    expect(await statusOf(grace.getMe())).toBe(200);
    await service.admin.revokeKey({ params: { id } });
    expect(await statusOf(grace.getMe())).toBe(401);
  });

  test('stays when the key in the environment changes', async () => {
    const { token } = await service.admin.createPlatformKey({ body: { name: 'Ada' } });

    await installAdminKey(service.deps, `wb_${'m'.repeat(40)}`);
    expect(await statusOf(service.client(token).getMe())).toBe(200);
    await installAdminKey(service.deps, service.adminToken);
  });

  test('cannot begin expired', async () => {
    expect(await statusOf(service.admin.createPlatformKey({ body: { name: 'late', expiresAt: '2020-01-01T00:00:00Z' } }))).toBe(400);
  });
});

describe('the administrator’s key', () => {
  test('has no project, and cannot be revoked by the API', async () => {
    const me = await service.admin.getMe();

    expect(me).toMatchObject({ project: null, role: 'admin' });
    if (me.keyId === null) throw new Error('no key id');
    expect(await statusOf(service.admin.revokeKey({ params: { id: me.keyId } }))).toBe(409);
    expect(await statusOf(project.as.admin.revokeKey({ params: { id: me.keyId } }))).toBe(404);
  });

  test('is the one from the environment: another value revokes the earlier one, the same again changes nothing, an earlier one comes back', async () => {
    const next = `wb_${'n'.repeat(40)}`;

    await installAdminKey(service.deps, next);
    expect([await statusOf(service.admin.getMe()), await statusOf(service.client(next).getMe())]).toEqual([401, 200]);

    const revision = await service.registry.revision();
    await installAdminKey(service.deps, next);
    expect(await service.registry.revision()).toBe(revision);

    await installAdminKey(service.deps, service.adminToken);
    expect([await statusOf(service.admin.getMe()), await statusOf(service.client(next).getMe())]).toEqual([200, 401]);
  });

  test('cannot be a project’s key', async () => {
    await expect(installAdminKey(service.deps, project.tokens.viewer)).rejects.toThrow('make another one');
  });
});
