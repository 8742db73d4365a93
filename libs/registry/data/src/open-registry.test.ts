import { createPool } from '@weighbridge/shared-data';
import type { AuditId, ChangeRequestId, KeyId, ProjectId, UseCaseId, VersionId } from '@weighbridge/shared-domain';
import { createTestDatabase } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRegistry } from './open-registry.ts';
import type { Registry, RegistryChange } from './open-registry.ts';
import type { AuditFilter } from './repositories/audit.ts';
import type { AliasMoveRecord, NewAuditRecord, VersionRecord } from './records.ts';

const at = new Date('2026-02-03T04:05:06.789Z');
let database: TestDatabase;
let pools: pg.Pool[];
let registry: Registry;
/** As another process would have it: its own pool, its own queue of changes. */
let otherProcess: Registry;

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['registry'] });
  const open = () => createPool({ connectionString: database.urlFor('registry'), schema: 'registry', applicationName: 'test' });
  pools = [open(), open()];
  [registry, otherProcess] = pools.map(openRegistry) as [Registry, Registry];
});

afterAll(async () => {
  await Promise.all([registry.close(), otherProcess.close()]);
  await Promise.all(pools.map((pool) => pool.end()));
  await database.close();
});

let ids = 0;
const id = <T extends string>(prefix: string) => `${prefix}_${(++ids).toString(16).padStart(32, '0')}` as T;
const entry = (action: string, more: Partial<NewAuditRecord> = {}): NewAuditRecord => ({ id: id<AuditId>('aud'), at, actorKeyId: null, projectId: null, action, subject: 'x', details: {}, ...more });

const version = (model: string, name: string, more: Partial<VersionRecord> = {}): VersionRecord => ({
  id: id<VersionId>('ver'),
  model,
  publisher: 'Acme',
  version: name,
  license: 'MIT',
  licenseDeclared: 'mit',
  licenseFinding: null,
  releasedOn: '2025-01-20',
  multimodal: null,
  publisherVerified: false,
  conflictingLicenses: [],
  baseModels: [],
  architecture: null,
  artifacts: [{ fileName: 'a.gguf', format: 'gguf', bytes: 12, sha256: 'ab'.repeat(32), quantization: 'Q8_0' }],
  sources: [],
  provenance: [{ field: 'license', readFrom: 'file', value: 'mit' }],
  artifactChecks: [{ fileName: 'a.gguf', state: 'absent' }],
  digest: 'cd'.repeat(32),
  createdAt: at,
  ...more,
});

const aliasMove = (more: Pick<AliasMoveRecord, 'model' | 'alias' | 'to'> & Partial<AliasMoveRecord>): AliasMoveRecord => ({
  id: id('mov'),
  from: null,
  kind: 'set',
  beneathId: null,
  keyId: null,
  projectId: null,
  reason: null,
  promotionId: null,
  changeRequestId: null,
  at,
  ...more,
});

async function addVersion(change: RegistryChange, added: VersionRecord): Promise<void> {
  if ((await change.models.findModel(added.model)) === null) await change.models.addModel({ name: added.model, publisher: 'Acme', description: null, ownerId: null, createdAt: at });
  await change.versions.addVersion(added);
  await change.record(entry('version.registered'));
}

/** Past the triggers, as only a superuser can. */
async function tamper(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.adminUrl, options: '-c session_replication_role=replica -c search_path=registry' });
  await client.connect();
  await client.query(sql);
  await client.end();
}

describe('a version', () => {
  test('comes back as it was stored, base models in their order, registered or not', async () => {
    const stored = version('round-trip', '1', { multimodal: true, conflictingLicenses: ['LicenseRef-Llama-3.1'], baseModels: [{ model: 'nowhere', version: '9', relation: 'merge' }, { model: 'elsewhere', version: '1', relation: 'distilled' }] });
    await registry.change((change) => addVersion(change, stored));

    expect(await registry.versions.findVersion('round-trip', '1')).toEqual(stored);
    expect(await registry.versions.findRegistered([{ model: 'round-trip', version: '1' }, { model: 'nowhere', version: '9' }])).toEqual(new Set(['round-trip@1']));
    expect(await registry.versions.findVersion('round-trip', '2')).toBeNull();
  });

  test.each(['version', 'lineage_edge', 'audit_entry', 'approval', 'promotion', 'decision', 'alias_move', 'change_verdict', 'approval_revocation', 'license_revision', 'publisher_verification'])('%s: the service itself can neither change, delete nor truncate rows', async (table) => {
    await registry.change((change) => addVersion(change, version(`kept-${table}`, '1', { baseModels: [{ model: 'b', version: '1', relation: 'merge' }] })));
    const pool = pools[0] as pg.Pool;
    const { rowCount } = await pool.query(`select from ${table}`);
    if (rowCount !== 0) {
      const { rows } = await pool.query<{ column_name: string }>(`select column_name from information_schema.columns where table_name = $1 limit 1`, [table]);
      await expect(pool.query(`update ${table} set ${rows[0]?.column_name} = ${rows[0]?.column_name}`)).rejects.toThrow('never change');
      await expect(pool.query(`delete from ${table}`)).rejects.toThrow('never change');
    }
    await expect(pool.query(`truncate ${table} cascade`)).rejects.toThrow('never change');
  });

  test('policies, warnings and what MLflow’s clients said stay as they were: only a description changes', async () => {
    await registry.change(async (change) => {
      await addVersion(change, version('kept-details', '1'));
      await change.mlflow.addDetails({ model: 'kept-details', version: '1' }, { source: 's3://a', runId: 'r', runLink: null, description: null });
      await change.policies.addPolicyRevision({ name: 'kept', revision: 1, text: 'permit (principal, action, resource);', description: null, enabled: true, changedBy: null, changedAt: at });
      await change.endUsers.addWarnings([{ family: 'llama', month: '2026-01', license: 'L', clause: '2', threshold: 700, step: 50, warnedAt: at }]);
    });
    const pool = pools[0] as pg.Pool;

    for (const sql of ['update mlflow_details set source = \'s3://b\'', 'update policy_revision set enabled = false', 'update end_user_warning set step = 80'])
      await expect(pool.query(sql), sql).rejects.toThrow('never change');
    for (const table of ['mlflow_details', 'policy_revision', 'end_user_warning']) {
      await expect(pool.query(`delete from ${table}`), table).rejects.toThrow('never change');
      await expect(pool.query(`truncate ${table} cascade`), table).rejects.toThrow('never change');
    }
    await registry.change((change) => change.mlflow.describeVersion({ model: 'kept-details', version: '1' }, 'a note'));
  });

  test('lineage holds each ancestor once, through a diamond and around a cycle', async () => {
    const base = (model: string) => ({ model: model, version: '1', relation: 'finetune' as const });
    await registry.change(async (change) => {
      await addVersion(change, version('d-root', '1', { baseModels: [base('d-left'), base('d-right')] }));
      await addVersion(change, version('d-left', '1', { baseModels: [base('d-top')] }));
      await addVersion(change, version('d-right', '1', { baseModels: [base('d-top'), base('d-missing')] }));
      await addVersion(change, version('d-top', '1', { baseModels: [base('d-root')] }));
    });

    const lineage = await registry.versions.listLineage([{ model: 'd-root', version: '1' }]);

    expect(lineage.map(({ ref }) => ref).toSorted()).toEqual(['d-left@1', 'd-right@1', 'd-root@1', 'd-top@1']);
    expect(lineage.find(({ ref }) => ref === 'd-right@1')?.baseModels).toEqual([{ ref: 'd-top@1', relation: 'finetune' }, { ref: 'd-missing@1', relation: 'finetune' }]);
  });
});

describe('change', () => {
  test('what throws leaves nothing behind, and neither does what records nothing raise the revision', async () => {
    const before = await registry.revision();

    await expect(registry.change(async (change) => {
      await addVersion(change, version('rolled-back', '1'));
      throw new Error('no');
    })).rejects.toThrow('no');
    const quiet = await registry.change(async () => 'nothing');

    expect(quiet).toEqual({ value: 'nothing', revision: null });
    expect(await registry.models.findModel('rolled-back')).toBeNull();
    expect(await registry.revision()).toBe(before);
  });

  test('of two processes at once sees what the other did: one counter, no lost update', async () => {
    const before = await registry.revision();
    const counted = await Promise.all(
      Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? registry : otherProcess).change((change) => change.record(entry(`concurrent ${n}`)))),
    );

    expect(counted.map(({ revision }) => revision).toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual(Array.from({ length: 40 }, (_, n) => before + n + 1));
    expect(await registry.audit.verifyAudit()).toMatchObject({ intact: true, firstBrokenSequence: null });
  });
});

describe('the audit log', () => {
  test('is listed newest first, by project, page by page', async () => {
    const projectId = id<ProjectId>('proj');
    await registry.change(async (change) => {
      for (const action of ['one', 'two', 'three']) await change.record(entry(action, { projectId, details: { nested: { n: 1.5 }, list: ['ä'] } }));
    });

    const first = await registry.audit.listAudit({ projectId }, { limit: 2, after: undefined });
    const second = await registry.audit.listAudit({ projectId }, { limit: 2, after: first[1]?.id });
    const foreign = await registry.audit.listAudit({ projectId: id<ProjectId>('proj') }, { limit: 2, after: first[1]?.id });

    expect(first.map(({ action }) => action)).toEqual(['three', 'two', 'one']);
    expect(second.map(({ action }) => action)).toEqual(['one']);
    expect(foreign).toEqual([]);
    expect(first[0]?.previousHash).toBe(first[1]?.hash);
  });

  test.each([
    { what: 'an edited detail', sql: (n: number) => `update audit_entry set details = '{"forged": true}' where sequence = ${n}`, broken: (n: number) => n },
    { what: 'another actor', sql: (n: number) => `update audit_entry set actor_key_id = 'key_${'0'.repeat(32)}' where sequence = ${n}`, broken: (n: number) => n },
    { what: 'another time', sql: (n: number) => `update audit_entry set at = at + interval '1 ms' where sequence = ${n}`, broken: (n: number) => n },
    { what: 'something that is no entry', sql: (n: number) => `update audit_entry set id = 'x' where sequence = ${n}`, broken: (n: number) => n },
    { what: 'a deleted entry', sql: (n: number) => `delete from audit_entry where sequence = ${n}`, broken: (n: number) => n },
    { what: 'an edited entry with its hash made to fit', sql: (n: number) => `update audit_entry set hash = repeat('0', 64) where sequence = ${n}`, broken: (n: number) => n },
    {
      what: 'two entries in another order',
      sql: (n: number) => `update audit_entry set sequence = -1 where sequence = ${n}; update audit_entry set sequence = ${n} where sequence = ${n + 1}; update audit_entry set sequence = ${n + 1} where sequence = -1`,
      broken: (n: number) => n,
    },
    { what: 'a gap that was closed', sql: (n: number) => `delete from audit_entry where sequence = ${n}; update audit_entry set sequence = -sequence where sequence > ${n}; update audit_entry set sequence = -sequence - 1 where sequence < 0`, broken: (n: number) => n },
    { what: 'a cut tail', sql: (n: number) => `delete from audit_entry where sequence > ${n}`, broken: (n: number) => n + 1 },
  ])('$what is found, and where', async ({ sql, broken }) => {
    await registry.change((change) => change.record(entry('last')));
    const sound = await registry.audit.verifyAudit();
    expect(sound.intact).toBe(true);
    const place = sound.entries - 3;

    await tamper(`create table keep as table audit_entry; ${sql(place)}`);
    const found = await registry.audit.verifyAudit();
    await tamper('delete from audit_entry; insert into audit_entry select * from keep; drop table keep');

    expect(found).toMatchObject({ intact: false, firstBrokenSequence: broken(place), entries: sound.entries });
    expect((await registry.audit.verifyAudit()).intact).toBe(true);
  });

  test('that was cut and given a new head, or written anew as a whole, is found by a head that was written down', async () => {
    await registry.change((change) => change.record(entry('remembered')));
    const known = await registry.audit.verifyAudit();
    const head = { sequence: known.entries, hash: known.headHash };
    expect(await registry.audit.verifyAudit(head)).toMatchObject({ intact: true });
    const keep = 'create table keep as table audit_entry; create table keep_state as table registry_state';

    await tamper(`${keep}; delete from audit_entry where sequence = ${head.sequence};
      update registry_state set audit_sequence = ${head.sequence - 1}, audit_hash = (select hash from audit_entry where sequence = ${head.sequence - 1})`);
    const cut = [await registry.audit.verifyAudit(), await registry.audit.verifyAudit(head)];
    await registry.change((change) => change.record(entry('invented')));
    const rewritten = [await registry.audit.verifyAudit(), await registry.audit.verifyAudit(head)];
    await tamper(`delete from audit_entry; insert into audit_entry select * from keep; drop table keep;
      update registry_state set audit_sequence = keep_state.audit_sequence, audit_hash = keep_state.audit_hash from keep_state; drop table keep_state`);

    expect(cut).toMatchObject([{ intact: true }, { intact: false, firstBrokenSequence: head.sequence }]);
    expect(rewritten).toMatchObject([{ intact: true }, { intact: false, firstBrokenSequence: head.sequence }]);
    expect(await registry.audit.verifyAudit(head)).toMatchObject({ intact: true });
  });
});

describe('a change request', () => {
  test('closes once, and nothing else of it ever changes', async () => {
    const request = {
      id: id<ChangeRequestId>('chg'), kind: 'alias' as const, status: 'open' as const, projectId: null, requestedBy: id<KeyId>('key'), reason: null, model: 'm', alias: 'production',
      fromVersion: null, version: '1', moveKind: 'set' as const, gate: null, approvalsNeeded: 2, verdicts: [], createdAt: at, expiresAt: new Date(at.getTime() + 1_000),
    };
    const key = id<KeyId>('key');
    await registry.changeRequests.addRequest(request);
    await registry.changeRequests.addVerdict(request.id, { keyId: key, verdict: 'approved', reason: 'good', approvalId: null, at });
    expect(await registry.changeRequests.findRequest(request.id)).toEqual({ ...request, verdicts: [{ keyId: key, verdict: 'approved', reason: 'good', approvalId: null, at }] });
    await expect(registry.changeRequests.addVerdict(request.id, { keyId: key, verdict: 'rejected', reason: null, approvalId: null, at })).rejects.toThrow();

    const pool = pools[0] as pg.Pool;
    for (const sql of [`update change_request set version = '2' where id = '${request.id}'`, `update change_request set status = 'approved', requested_by = '${key}' where id = '${request.id}'`]) await expect(pool.query(sql)).rejects.toThrow('only from open to closed');
    await registry.changeRequests.closeRequest(request.id, 'approved');

    await expect(registry.changeRequests.closeRequest(request.id, 'rejected')).rejects.toThrow();
    await expect(pool.query(`update change_request set status = 'open' where id = '${request.id}'`)).rejects.toThrow('only from open to closed');
    await expect(pool.query(`delete from change_request where id = '${request.id}'`)).rejects.toThrow('never change');
  });
});

describe('lists', () => {
  test('the audit log is found by action, noun, subject, actor and time, along an index', async () => {
    const actor = id<KeyId>('key');
    const when = (seconds: number) => new Date(at.getTime() + seconds * 1_000);
    await registry.change(async (change) => {
      await change.record(entry('filter.one', { subject: 'f:1', at: when(1) }));
      await change.record(entry('filter.two', { subject: 'f:1', at: when(2), actorKeyId: actor }));
      await change.record(entry('filters.two', { subject: 'f:2', at: when(3), actorKeyId: actor }));
    });
    const find = async (filter: Partial<AuditFilter>) => (await registry.audit.listAudit({ projectId: null, ...filter }, { limit: 10, after: undefined })).map(({ action, subject }) => `${action} ${subject}`);

    expect(await find({ action: 'filter.*' })).toEqual(['filter.two f:1', 'filter.one f:1']);
    expect(await find({ action: 'filter.one' })).toEqual(['filter.one f:1']);
    expect(await find({ subject: 'f:1' })).toEqual(['filter.two f:1', 'filter.one f:1']);
    expect(await find({ actor })).toEqual(['filters.two f:2', 'filter.two f:1']);
    expect(await find({ actor, to: when(3) })).toEqual(['filter.two f:1']);
    expect(await find({ from: when(2), to: when(4) })).toEqual(['filters.two f:2', 'filter.two f:1']);
    expect(await find({ projectId: id<ProjectId>('proj'), actor })).toEqual([]);
  });

  test('models are found by part of name or publisher, by licence, and page by name', async () => {
    await registry.change(async (change) => {
      await change.models.addModel({ name: 'zz-alpha', publisher: 'Quux Labs', description: null, ownerId: null, createdAt: at });
      await change.models.addModel({ name: 'zz-1_off', publisher: 'A%B', description: null, ownerId: null, createdAt: at });
      await addVersion(change, version('zz-alpha', '1', { license: 'Apache-2.0' }));
      await addVersion(change, version('zz-alpha', '2', { license: null }));
      await change.aliases.move(aliasMove({ model: 'zz-alpha', alias: 'production', to: '1' }));
      await change.aliases.protect('zz-alpha', 'production', 2, at);
    });
    const find = async (text: string | undefined, license?: string) => (await registry.models.listModels({ text, license }, { limit: 10, after: undefined })).map(({ name }) => name);

    expect(await find('LPHA')).toEqual(['zz-alpha']);
    expect(await find('quux')).toEqual(['zz-alpha']);
    expect(await find('a%')).toEqual(['zz-1_off']);
    expect(await find('zz-', 'Apache-2.0')).toEqual(['zz-alpha']);
    const [first] = await registry.models.listModels({ text: 'zz-', license: undefined }, { limit: 1, after: 'zz-1_off' });
    expect(first).toEqual({
      name: 'zz-alpha',
      publisher: 'Quux Labs',
      description: null,
      ownerId: null,
      createdAt: at,
      versions: 2,
      latestVersion: '2',
      licenses: expect.arrayContaining([null, 'Apache-2.0']) as unknown,
      aliases: [{ name: 'production', version: '1', updatedAt: at, approvals: 2 }],
      deployed: false,
    });
  });

  test('keys of one project only, found by digest, revoked once', async () => {
    const projectId = id<ProjectId>('proj');
    const key = { id: id<KeyId>('key'), projectId, useCaseId: null, name: 'k', role: 'editor' as const, digest: 'ee', hint: 'wb_…', requestsPerMinute: 5, expiresAt: at, revokedAt: null, createdAt: at, createdBy: null };
    await registry.change(async (change) => {
      await change.projects.addProject({ id: projectId, name: 'p', unknownPricePolicy: 'deny', createdAt: at });
      await change.keys.addKey(key);
    });

    expect(await registry.keys.findKeyByDigest('ee')).toEqual(key);
    expect(await registry.keys.listKeys(projectId, { limit: 5, after: undefined })).toEqual([key]);
    expect(await registry.keys.revokeKey(key.id, at)).toBe(true);
    expect(await registry.keys.revokeKey(key.id, at)).toBe(false);
  });
});

test('a decision is kept once: the first one on the same inputs stays', async () => {
  const decision = { inputsDigest: 'd1', model: 'm@1', inputs: { a: 1 }, decision: { decision: 'allow' as const, reasons: [], obligations: [] }, decidedAt: at };

  const first = await registry.decisions.keepDecision(decision);
  const again = await otherProcess.decisions.keepDecision({ ...decision, decidedAt: new Date('2027-01-01T00:00:00Z') });

  expect(first.decidedAt).toEqual(at);
  expect(again.decidedAt).toEqual(at);
  expect(await registry.decisions.findDecision('d1')).toEqual(decision);
});

test('the snapshot has what is deployed with its lineage, live keys, and approvals that hold; always in as many statements', async () => {
  const projectId = id<ProjectId>('proj');
  const useCaseId = id<UseCaseId>('uc');
  const facts = { purposes: ['coding'], commercial: true, monthlyActiveUsers: null, annualRevenueUsd: 1, regions: ['EU'], distribution: 'internal' as const, trainOnOutputs: false };
  const { revision } = await registry.change(async (change) => {
    await change.projects.addProject({ id: projectId, name: 'snap', unknownPricePolicy: 'flag', createdAt: at });
    await change.useCases.addUseCase({ id: useCaseId, projectId, name: 'u', description: null, facts, labels: { data: 'personal' }, createdAt: at });
    await addVersion(change, version('s-base', '1', { conflictingLicenses: ['Apache-2.0'] }));
    await addVersion(change, version('s-run', '1', { baseModels: [{ model: 's-base', version: '1', relation: 'quantized' }] }));
    await addVersion(change, version('s-run', '2'));
    await addVersion(change, version('s-idle', '1'));
    await change.deployments.addDeployment({
      id: id('dep'), model: 's-run', version: '1', pool: 'default', weight: 1, concurrency: 8, contextLength: 8_000_000_000, defaultMaxOutputTokens: 16, hostedIn: 'DE', status: 'active', block: null,
      backend: { kind: 'openai', baseUrl: 'http://x/v1', upstreamModel: 'x', apiKeySealed: 'v1.a.b.c' }, createdAt: at,
    });
    for (const expiresAt of ['2026-02-03T00:00:00Z', '2026-03-01T00:00:00Z'])
      await change.approvals.addApproval({ id: id('apr'), projectId, useCaseId, model: 's-run', version: '1', reason: 'r', approvedBy: 'a', grounds: ['a|b'], expiresAt: new Date(expiresAt), createdAt: at, revokedAt: null, revokedBy: null });
    for (const [digest, revokedAt] of [['live', null], ['dead', at]] as const)
      await change.keys.addKey({ id: id('key'), projectId, useCaseId, name: digest, role: 'runner', digest, hint: 'h', requestsPerMinute: null, expiresAt: null, revokedAt, createdAt: at, createdBy: null });
  });

  const snapshot = await registry.snapshot(at);

  expect(snapshot.revision).toBe(revision);
  expect(snapshot.versions.map(({ ref }) => ref).toSorted()).toEqual(['s-base@1', 's-run@1']);
  expect(snapshot.versions.find(({ ref }) => ref === 's-run@1')).toMatchObject({ publisher: 'Acme', license: 'MIT', releasedOn: '2025-01-20', baseModels: [{ ref: 's-base@1', relation: 'quantized' }] });
  expect(snapshot.versions.find(({ ref }) => ref === 's-base@1')).toMatchObject({ multimodal: null, conflictingLicenses: ['Apache-2.0'] });
  expect(snapshot.models.find(({ name }) => name === 's-run')).toMatchObject({ defaultVersion: '2', aliases: {} });
  expect(snapshot.keys.filter((key) => key.projectId === projectId).map(({ digest }) => digest)).toEqual(['live']);
  expect(snapshot.approvals).toMatchObject([{ model: 's-run@1', useCaseId, expiresAt: new Date('2026-03-01T00:00:00Z') }]);
  expect(snapshot.deployments).toMatchObject([{ model: 's-run', contextLength: 8_000_000_000, backend: { apiKeySealed: 'v1.a.b.c' } }]);
  expect(snapshot.useCases.find((useCase) => useCase.id === useCaseId)?.facts).toEqual(facts);
});
