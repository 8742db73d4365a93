import { RegistrySnapshot } from '@weighbridge/registry-contracts';
import { licenseCatalogue } from '@weighbridge/registry-domain';
import type { License } from '@weighbridge/registry-domain';
import { ApiError } from '@weighbridge/shared-contracts';
import { createPool } from '@weighbridge/shared-data';
import { createTestDatabase } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { vouchForCatalogue } from './operations/register-from-catalogue.ts';
import { startTestService, supportFacts } from './start-test-service.ts';
import type { TestProject, TestService } from './start-test-service.ts';

let database: TestDatabase;
let service: TestService;
let project: TestProject;

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['registry'] });
  service = await startTestService({ databaseUrl: database.urlFor('registry') });
  project = await service.addProject('licences');
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await database.close();
});

const reason = 'as agreed with the licensor in March';
const llama = licenseCatalogue.get('LicenseRef-Llama-3.1') as License;
const many = { ...supportFacts, monthlyActiveUsers: 712_000_000 };
const problemOf = (call: Promise<unknown>) => call.then(() => undefined, (error: unknown) => (error instanceof ApiError ? error.problem : Promise.reject(error)));
const pointersOf = (problem: Awaited<ReturnType<typeof problemOf>>) => problem?.errors?.map(({ pointer }) => pointer) ?? [];
const revise = (id: string, license: License | undefined, expectedRevision: number, as = service.admin) =>
  as.reviseLicense({ params: { id }, body: { ...(license === undefined ? { withdraw: true as const } : { license }), reason, expectedRevision } });
const own = (id: string, change: Partial<License> = {}): License => ({ ...(licenseCatalogue.get('MIT') as License), id, name: `Licence ${id}`, hfTags: [], links: [], ...change });

async function register(model: string, license: string, version = '1') {
  await service.admin.createModel({ body: { name: model, publisher: 'Acme' } });
  return service.admin.registerVersion({ params: { name: model }, body: { version, license } });
}
const decide = async (model: string, facts = supportFacts) => project.as.viewer.decide({ body: { model, useCase: facts } });

describe('an amended licence', () => {
  test('negotiated above 700 million users, it turns a denial into an allowance, and its withdrawal brings the denial back', async () => {
    await register('negotiated', 'llama3.1');
    const before = await decide('negotiated@1', many);
    const announced = service.announced.length;

    const amended = await revise(llama.id, { ...llama, limits: llama.limits.filter(({ name }) => name !== 'monthly-active-users') }, 0);
    const after = await decide('negotiated@1', many);
    const snapshot = await service.services.getSnapshot();
    const withdrawn = await revise(llama.id, undefined, 1);
    const again = await decide('negotiated@1', many);

    expect(amended).toMatchObject({ license: llama.id, revision: 1, amends: true, withdrawn: false, reason });
    expect(withdrawn).toMatchObject({ revision: 2, amends: true, withdrawn: true, entry: null });
    expect([before.decision, after.decision, again.decision]).toEqual(['deny', 'allow_with_obligations', 'deny']);
    expect(new Set([before.inputsDigest, after.inputsDigest]).size).toBe(2);
    expect(again).toEqual(before);
    expect(snapshot.licenses.map(({ id }) => id)).toEqual([llama.id]);
    expect((await service.services.getSnapshot()).licenses).toEqual([]);
    expect(service.announced.length).toBeGreaterThanOrEqual(announced + 2);
    expect(RegistrySnapshot.parse(JSON.parse(JSON.stringify(snapshot))).licenses[0]?.limits).toEqual([]);
  });

  test('is listed as the organisation’s, and the catalogue’s own entry can still be read', async () => {
    const id = 'LicenseRef-Gemma';
    const gemma = licenseCatalogue.get(id) as License;
    await revise(id, { ...gemma, notes: ['first'] }, 0);
    await revise(id, { ...gemma, notes: ['second'] }, 1);
    const read = (revision?: number) => project.as.viewer.getLicense({ params: { id }, query: revision === undefined ? {} : { revision } });

    const { data } = await project.as.viewer.listLicenses();
    const revisions = await project.as.viewer.listLicenseRevisions({ params: { id } });

    expect(data.find((license) => license.id === id)).toMatchObject({ origin: 'organisation', amends: true, revision: 2 });
    expect(data.find((license) => license.id === 'MIT')).toMatchObject({ origin: 'catalogue', amends: false, revision: 0 });
    expect(data.map((license) => license.id)).toEqual([...new Set([...licenseCatalogue.keys(), ...data.map((license) => license.id)])]);
    expect([(await read()).notes, (await read(1)).notes, (await read(2)).notes]).toEqual([['second'], ['first'], ['second']]);
    expect(await read(0)).toMatchObject({ notes: gemma.notes, origin: 'catalogue', amends: false });
    expect(await problemOf(read(3))).toMatchObject({ status: 404 });
    expect(revisions.data.map(({ revision, entry }) => [revision, entry?.notes])).toEqual([[2, ['second']], [1, ['first']]]);
  });

  test('pages through its revisions', async () => {
    const id = 'LicenseRef-Paged';
    for (let revision = 0; revision < 5; revision++) await revise(id, own(id, { notes: [`${revision}`] }), revision);
    const page = (cursor?: string) => project.as.viewer.listLicenseRevisions({ params: { id }, query: { limit: 2, ...(cursor !== undefined && { cursor }) } });

    const first = await page();
    const second = await page(first.nextCursor ?? undefined);
    const third = await page(second.nextCursor ?? undefined);

    expect([first, second, third].map(({ data }) => data.map(({ revision }) => revision))).toEqual([[5, 4], [3, 2], [1]]);
    expect(third.nextCursor).toBeNull();
    expect(await problemOf(page('x'))).toMatchObject({ status: 400, code: 'request.invalid' });
  });
});

describe('a licence of the organisation’s own', () => {
  test('can be registered under, by id, tag and in expressions, and binds as its entry says', async () => {
    const id = 'LicenseRef-Acme-Internal';
    await revise(id, own(id, { hfTags: ['acme-internal'], permissions: { ...llama.permissions, hosting: { answer: 'no', clause: '3' } } }), 0);

    const byTag = await register('own-by-tag', 'acme-internal');
    const chosen = await register('own-chosen', 'acme-internal or mit');

    expect([byTag.license, chosen.license]).toEqual([id, `${id} OR MIT`]);
    expect(await decide('own-by-tag@1')).toMatchObject({ decision: 'deny', reasons: [expect.objectContaining({ code: 'permission:hosting', license: id, clause: '3' })] });
    expect((await decide('own-chosen@1')).decision).toBe('allow');
    expect((await project.as.viewer.compareLicenses({ query: { left: id, right: 'MIT' } })).topics[0]?.rows.find(({ subject }) => subject === 'hosting')).toMatchObject({ relation: 'differs', left: { clauses: ['3'], words: 'No.' } });
  });

  test('named before it is entered is unknown, and known from then on', async () => {
    const id = 'LicenseRef-Later';
    const version = await register('before-its-licence', id);
    const before = await decide('before-its-licence@1');
    await revise(id, own(id), 0);

    expect(version.license).toBe(id);
    expect(before).toMatchObject({ decision: 'review', reasons: [expect.objectContaining({ code: 'unknown-license', license: id, settledBy: 'license of before-its-licence@1' })] });
    expect((await decide('before-its-licence@1')).decision).toBe('allow');
  });

  test('withdrawn, it is in force no more, and what is under it is unknown again', async () => {
    const id = 'LicenseRef-Short-Lived';
    await revise(id, own(id), 0);
    await register('short-lived', id);
    const while_ = (await decide('short-lived@1')).decision;
    await revise(id, undefined, 1);

    expect([while_, (await decide('short-lived@1')).decision]).toEqual(['allow', 'review']);
    expect((await project.as.viewer.listLicenses()).data.map((license) => license.id)).not.toContain(id);
    expect(await problemOf(project.as.viewer.getLicense({ params: { id } }))).toMatchObject({ status: 404 });
    expect((await revise(id, own(id), 2)).revision).toBe(3);
    expect((await decide('short-lived@1')).decision).toBe('allow');
  });
});

describe('a revision is refused', () => {
  test('on top of another one than the newest, with 409; of ten at once one gets through', async () => {
    const id = 'LicenseRef-Contended';
    const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => revise(id, own(id, { notes: [`${index}`] }), 0).then(() => 201, (error: unknown) => (error instanceof ApiError ? error.problem.status : 0))));

    expect(answers.toSorted((a, b) => a - b)).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
    expect(await problemOf(revise(id, own(id), 0))).toMatchObject({ status: 409, code: 'resource.conflict', revision: 1 });
    expect(await problemOf(revise(id, own(id), 7))).toMatchObject({ status: 409 });
  });

  test('from an administrator of a project, with 403', async () => {
    expect(await problemOf(revise('LicenseRef-Theirs', own('LicenseRef-Theirs'), 0, project.as.admin))).toMatchObject({ status: 403, code: 'auth.forbidden' });
  });

  test('with every fault by field', async () => {
    const body = { license: { ...own('LicenseRef-Faulty'), checkedOn: 'today', limits: [{ name: 'x', measure: 'people', effect: 'deny', clause: '1', text: 'x' }], feildOfUse: [] }, reason: 'short', expectedRevision: -1 };

    const problem = await problemOf(service.admin.reviseLicense({ params: { id: 'LicenseRef-Faulty' }, body: body as never }));

    expect(problem).toMatchObject({ status: 400, code: 'request.invalid' });
    expect(pointersOf(problem).toSorted()).toEqual(['/body/expectedRevision', '/body/license/checkedOn', '/body/license/feildOfUse', '/body/license/limits/0/measure', '/body/reason']);
  });

  test.each([
    { what: 'another id than the path', id: 'LicenseRef-A', license: own('LicenseRef-B'), pointers: ['/body/license/id'] },
    { what: 'an id that SPDX might list', id: 'Acme-1.0', license: own('Acme-1.0'), pointers: ['/body/license/id'] },
    { what: 'tags and a name that mean others', id: 'LicenseRef-Thief', license: own('LicenseRef-Thief', { name: 'Gemma', hfTags: ['thief', 'MIT'] }), pointers: ['/body/license/hfTags/1'] },
  ])('that has $what, with 400', async ({ id, license, pointers }) => {
    const problem = await problemOf(revise(id, license, 0));

    expect(problem).toMatchObject({ status: 400, code: 'request.invalid' });
    expect(pointersOf(problem)).toEqual(expect.arrayContaining(pointers));
  });

  test('that withdraws what is not there', async () => {
    expect(await problemOf(revise('LicenseRef-Absent', undefined, 0))).toMatchObject({ status: 404 });
    expect(await problemOf(revise('Apache-2.0', undefined, 0))).toMatchObject({ status: 409, code: 'resource.wrong_state' });
    expect(await problemOf(service.admin.reviseLicense({ params: { id: 'MIT' }, body: { license: own('MIT'), withdraw: true, reason, expectedRevision: 0 } }))).toMatchObject({ status: 400 });
  });

  test('and what is stored never changes, and is in the audit log', async () => {
    const id = 'LicenseRef-Kept';
    await revise(id, own(id), 0);

    const pool = createPool({ connectionString: database.urlFor('registry'), schema: 'registry', applicationName: 'licenses.test' });
    await expect(pool.query(`update license_revision set reason = 'another' where license_id = $1`, [id])).rejects.toThrow(/never change/);
    await pool.end();
    expect((await service.admin.listAudit({ query: { limit: 5 } })).data[0]).toMatchObject({ action: 'license.added', subject: id, details: { revision: 1 } });
    expect((await service.admin.verifyAudit())).toMatchObject({ intact: true });
  });
});

describe('a publisher', () => {
  const facts = { ...supportFacts, purposes: ['military'] };
  const child = async (as: TestProject['as']['editor'], name: string) => {
    await as.createModel({ body: { name, publisher: 'DeepSeek' } });
    return as.registerVersion({ params: { name }, body: { version: '1', license: 'mit', baseModels: [{ model: 'deepseek-v3', version: '2024-12-26', relation: 'finetune' }] } });
  };

  test('that an editor typed does not set a version free from that publisher’s licence; a platform administrator’s word does', async () => {
    await service.admin.registerFromCatalogue({ body: { models: ['deepseek-v3'] } });
    const typed = await child(project.as.editor, 'claims-to-be-deepseek');
    const doubtful = await decide('claims-to-be-deepseek@1', facts);

    const verified = await service.admin.verifyPublisher({ params: { name: 'claims-to-be-deepseek', version: '1' }, body: { reason: 'checked on their release page' } });

    expect([typed.publisherVerified, verified.publisherVerified]).toEqual([false, true]);
    expect(doubtful).toMatchObject({ decision: 'review', reasons: [expect.objectContaining({ code: 'missing-fact:publisher', license: 'LicenseRef-DeepSeek-Model-1.0', settledBy: 'publisher of claims-to-be-deepseek@1' }), expect.objectContaining({ code: 'not-listed:military' })] });
    expect((await decide('claims-to-be-deepseek@1', facts)).decision).toBe('allow');
    expect((await service.admin.verifyAudit())).toMatchObject({ intact: true });
  });

  test('that a platform administrator registers, or the catalogue has, is vouched for', async () => {
    const byAdmin = await child(service.admin, 'truly-deepseek');
    await project.as.editor.registerFromCatalogue({ body: { models: ['deepseek-r1'] } });
    const ofCatalogue = (await service.admin.getModel({ params: { name: 'deepseek-r1' } })).versions[0];

    expect(byAdmin.publisherVerified).toBe(true);
    expect((await decide('truly-deepseek@1', facts)).decision).toBe('allow');
    expect((await service.admin.getVersion({ params: { name: 'deepseek-r1', version: ofCatalogue?.version as never } })).publisherVerified).toBe(true);
  });

  test('of what was registered by hand as the catalogue says is vouched for at the next start; of what says something else is not', async () => {
    const { editor } = project.as;
    await editor.createModel({ body: { name: 'deepseek-v2', publisher: 'DeepSeek' } });
    const entry = await editor.getCatalogueEntry({ params: { model: 'deepseek-v2' } });
    const [first, second] = entry.versions;
    if (first === undefined) throw new Error('the catalogue has no version');
    await editor.registerVersion({ params: { name: 'deepseek-v2' }, body: { version: first.version, license: first.license, baseModels: first.baseModels } });
    if (second !== undefined) await editor.registerVersion({ params: { name: 'deepseek-v2' }, body: { version: second.version, license: 'mit' } });

    await vouchForCatalogue(service.deps);
    await vouchForCatalogue(service.deps);

    const verified = async (version: typeof first.version) => (await editor.getVersion({ params: { name: 'deepseek-v2', version } })).publisherVerified;
    expect(await verified(first.version)).toBe(true);
    if (second !== undefined) expect(await verified(second.version)).toBe(false);
    expect((await service.admin.listAudit({ query: { limit: 50 } })).data.filter(({ action, subject }) => action === 'publisher.verified' && subject === `deepseek-v2@${first.version}`)).toHaveLength(1);
  });

  test('may not be vouched for by an administrator of a project, and a version has to be there', async () => {
    const verify = (as: TestProject['as']['admin'], version: string) => as.verifyPublisher({ params: { name: 'claims-to-be-deepseek', version: version as never }, body: { reason: 'because we say so' } });

    expect(await problemOf(verify(project.as.admin, '1'))).toMatchObject({ status: 403 });
    expect(await problemOf(verify(service.admin, '9'))).toMatchObject({ status: 404 });
  });
});

describe('facts that contradict each other', () => {
  const facts = { ...supportFacts, commercial: false, purposes: ['sales'], productMonthlyActiveUsers: 30_000, trainTarget: 'other-llm' as const };
  const fields = ['commercial', 'purposes', 'productMonthlyActiveUsers', 'monthlyActiveUsers', 'trainTarget', 'trainOnOutputs'].toSorted();
  const fieldsOf = (problem: Awaited<ReturnType<typeof problemOf>>, prefix: string) => pointersOf(problem).map((pointer) => pointer.replace(`${prefix}/`, '')).toSorted();

  test('are refused when a use case is declared and when one is decided on, with every field', async () => {
    await register('any-model', 'mit');
    const declared = await problemOf(project.as.editor.createUseCase({ body: { name: 'contradictory', facts } }));
    const decided = await problemOf(decide('any-model@1', facts as never));

    expect([declared?.status, decided?.status]).toEqual([400, 400]);
    expect(fieldsOf(declared, '/body/facts')).toEqual(fields);
    expect(fieldsOf(decided, '/body/useCase')).toEqual(fields);
  });
});

describe('a version under an SPDX expression', () => {
  test('is stored in canonical form, found by each of its licences, and what cannot be read is kept as declared', async () => {
    const either = await register('either', '(mit or apache-2.0) and LLAMA3.1');
    const nonsense = await register('nonsense', 'mit or whatever we like');

    expect(either).toMatchObject({ license: '(MIT OR Apache-2.0) AND LicenseRef-Llama-3.1', licenseDeclared: '(mit or apache-2.0) and LLAMA3.1' });
    expect(nonsense).toMatchObject({ license: null, licenseDeclared: 'mit or whatever we like' });
    for (const license of ['MIT', 'Apache-2.0', 'LicenseRef-Llama-3.1']) expect((await project.as.viewer.listModels({ query: { license, limit: 200 } })).data.map(({ name }) => name), license).toContain('either');
    expect(await decide('either@1', many)).toMatchObject({ decision: 'deny' });
  });
});
