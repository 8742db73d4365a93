import { createTestDatabase } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestService, supportFacts } from './start-test-service.ts';
import type { TestProject, TestService } from './start-test-service.ts';

let database: TestDatabase;
let service: TestService;
let project: TestProject;

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['registry'] });
  service = await startTestService({ databaseUrl: database.urlFor('registry') });
  project = await service.addProject('audited');
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await database.close();
});

describe('the audit log', () => {
  test('has every change with who made it, newest first, and nothing that was refused', async () => {
    const { keyId } = await project.as.editor.getMe();
    await project.as.editor.createModel({ body: { name: 'traced', publisher: 'Acme' } });
    await project.as.editor.registerVersion({ params: { name: 'traced' }, body: { version: '1', license: 'mit' } });
    await project.as.editor.setAlias({ params: { name: 'traced', alias: 'a' }, body: { version: '1' } });
    await project.as.editor.setAlias({ params: { name: 'traced', alias: 'a' }, body: { version: '9' } }).catch(() => undefined);

    const { data } = await project.as.admin.listAudit({ query: { limit: 3 } });

    expect(data.map(({ action, subject, actorKeyId, projectId }) => [action, subject, actorKeyId, projectId])).toEqual([
      ['alias.moved', 'traced:a', keyId, project.id],
      ['version.registered', 'traced@1', keyId, project.id],
      ['model.registered', 'traced', keyId, project.id],
    ]);
  });

  test('tells a project nothing of how much the others do, and pages all the same', async () => {
    const other = await service.addProject('audited too');
    await project.as.editor.createModel({ body: { name: 'mine-1', publisher: 'Acme' } });
    await other.as.editor.createModel({ body: { name: 'theirs', publisher: 'Acme' } });
    await project.as.editor.createModel({ body: { name: 'mine-2', publisher: 'Acme' } });

    const first = await project.as.admin.listAudit({ query: { limit: 1 } });
    const second = await project.as.admin.listAudit({ query: { limit: 1, ...(first.nextCursor !== null && { cursor: first.nextCursor }) } });

    expect([...first.data, ...second.data]).toMatchObject([
      { subject: 'mine-2', sequence: null, previousHash: null },
      { subject: 'mine-1', sequence: null, previousHash: null },
    ]);
    expect(first.nextCursor).toBe(first.data[0]?.id);
  });

  test('stays one chain when many write at once', async () => {
    await using second = await startTestService({ databaseUrl: database.urlFor('registry') });
    const otherEditor = second.client(project.tokens.editor);
    await Promise.all(Array.from({ length: 24 }, (_, n) => (n % 2 === 0 ? project.as.editor : otherEditor).createModel({ body: { name: `writer-${n}`, publisher: 'Acme' } })));

    const verification = await second.admin.verifyAudit();

    expect(verification).toMatchObject({ intact: true, firstBrokenSequence: null });
    expect((await second.admin.listAudit({ query: { limit: 1 } })).data[0]).toMatchObject({ sequence: verification.entries, hash: verification.headHash });
    // The second service installed a key of its own for the platform.
    await expect(service.admin.getMe()).rejects.toMatchObject({ status: 401 });
  });

  test('tells where somebody with all rights on the database changed it', async () => {
    await using checker = await startTestService({ databaseUrl: database.urlFor('registry') });
    const client = new pg.Client({ connectionString: database.adminUrl, options: '-c search_path=registry' });
    await client.connect();
    await client.query(`alter table audit_entry disable trigger audit_entry_never_changes`);
    await client.query(`update audit_entry set details = details || '{"publisher": "Forged"}' where subject = 'traced'`);
    await client.query(`alter table audit_entry enable trigger audit_entry_never_changes`);
    const { rows } = await client.query<{ sequence: string }>(`select sequence from audit_entry where subject = 'traced'`);
    await client.end();

    expect(await checker.admin.verifyAudit()).toMatchObject({ intact: false, firstBrokenSequence: Number(rows[0]?.sequence) });
  });
});

describe('the snapshot', () => {
  test('is all that admission needs: live keys, use cases, aliases, and what is deployed with all that it was made from', async () => {
    await using fresh = await startTestService({ databaseUrl: database.urlFor('registry') });
    const { editor } = project.as;
    const version = (name: string, baseModels: { model: string; version: string; relation: 'finetune' }[] = []) =>
      editor.createModel({ body: { name, publisher: 'Acme' } }).then(() => editor.registerVersion({ params: { name }, body: { version: '1', license: 'mit', releasedOn: '2025-01-20', baseModels } }));
    await version('snap-base');
    const run = await version('snap-run', [{ model: 'snap-base', version: '1', relation: 'finetune' }]);
    await version('snap-idle');
    const deployment = await fresh.admin.createDeployment({ params: { name: 'snap-run' }, body: { version: '1', backend: { kind: 'openai', baseUrl: 'https://models.example/v1', upstreamModel: 'm' } } });
    await editor.setAlias({ params: { name: 'snap-run', alias: 'production' }, body: { version: '1' } });

    const snapshot = await fresh.services.getSnapshot();

    expect(snapshot.revision).toBe(await service.registry.revision());
    expect(snapshot.projects).toContainEqual({ id: project.id, name: 'audited', unknownPricePolicy: 'deny' });
    expect(snapshot.useCases).toContainEqual({ id: project.useCaseId, projectId: project.id, name: 'support', facts: supportFacts, labels: {} });
    expect(snapshot.keys.filter(({ projectId }) => projectId === project.id).map(({ role }) => role).toSorted()).toEqual(['admin', 'editor', 'runner', 'viewer']);
    expect(snapshot.versions.map(({ ref }) => ref)).toEqual(['snap-base@1', 'snap-run@1']);
    expect(snapshot.versions[1]).toEqual({ id: run.id, ref: 'snap-run@1', publisher: 'Acme', publisherVerified: false, license: 'MIT', releasedOn: '2025-01-20', multimodal: null, conflictingLicenses: [], baseModels: [{ ref: 'snap-base@1', relation: 'finetune' }] });
    expect(snapshot.models.find(({ name }) => name === 'snap-run')).toMatchObject({ defaultVersion: '1', aliases: { production: '1' } });
    expect(snapshot.models.find(({ name }) => name === 'snap-idle')).toMatchObject({ defaultVersion: '1' });
    expect(snapshot.deployments).toMatchObject([{ id: deployment.id, model: 'snap-run', version: '1', status: 'active', backend: { kind: 'openai', apiKeySealed: null } }]);
  });

  test('is fresh after a change by another process', async () => {
    const before = await service.services.getSnapshot();
    await using other = await startTestService({ databaseUrl: database.urlFor('registry') });

    const after = await service.services.getSnapshot();

    expect(after.revision).toBeGreaterThan(before.revision);
    expect(after.keys.find(({ projectId }) => projectId === null)?.id).toBe((await other.admin.getMe()).keyId);
  });

  test('a revision is announced for each change, and for nothing else', async () => {
    const before = service.announced.length;
    await project.as.editor.createModel({ body: { name: 'announced', publisher: 'Acme' } });
    await project.as.editor.createModel({ body: { name: 'announced', publisher: 'Acme' } });
    await project.as.viewer.getModel({ params: { name: 'announced' } });

    expect(service.announced.slice(before)).toEqual([await service.registry.revision()]);
  });
});
