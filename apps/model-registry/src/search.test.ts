import type { FoundVersion } from '@weighbridge/registry-contracts';
import { licenseCatalogue } from '@weighbridge/registry-domain';
import { newId } from '@weighbridge/shared-adapters/ids';
import { ApiError } from '@weighbridge/shared-contracts';
import { createTestDatabase } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestService } from './start-test-service.ts';
import type { RegistryClient, TestProject, TestService } from './start-test-service.ts';

let database: TestDatabase;
let service: TestService;
let ours: TestProject;
let theirs: TestProject;

type Query = NonNullable<NonNullable<Parameters<RegistryClient['searchVersions']>[0]>['query']>;
const search = (query: Query = {}) => ours.as.viewer.searchVersions({ query });
const refsOf = (found: readonly FoundVersion[]) => found.map(({ ref }) => ref);
const find = async (query: Query) => refsOf((await search(query)).data);

interface Added {
  readonly model: string;
  readonly version?: string;
  readonly publisher?: string;
  readonly license?: string;
  readonly from?: readonly string[];
  readonly parameters?: number;
  readonly format?: 'gguf' | 'safetensors';
}

async function add({ model, version = '1', publisher = 'Acme', license, from = [], parameters, format }: Added): Promise<void> {
  const known = await service.admin.getModel({ params: { name: model } }).catch(() => undefined);
  if (known === undefined) await service.admin.createModel({ body: { name: model, publisher } });
  await service.admin.registerVersion({
    params: { name: model },
    body: {
      version,
      ...(license !== undefined && { license }),
      baseModels: from.map((base) => ({ model: base.split('@')[0] ?? '', version: base.split('@')[1] ?? '', relation: 'finetune' as const })),
      ...(parameters !== undefined && { architecture: { parametersTotal: parameters } }),
      ...(format !== undefined && { artifacts: [{ fileName: `model.${format}`, format, bytes: 1, sha256: '00'.repeat(32) }] }),
    },
  });
}

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['registry'] });
  service = await startTestService({ databaseUrl: database.urlFor('registry') });
  [ours, theirs] = [await service.addProject('ours'), await service.addProject('theirs', { purposes: ['military'] })];
  await add({ model: 'llama-3.1-8b', publisher: 'Meta', license: 'LicenseRef-Llama-3.1', parameters: 8e9, format: 'safetensors' });
  await add({ model: 'qwen2.5-32b', publisher: 'Alibaba Cloud', license: 'Apache-2.0', parameters: 32e9, format: 'safetensors' });
  await add({ model: 'musicgen', publisher: 'Meta', license: 'CC-BY-NC-4.0', parameters: 3e9 });
  await add({ model: 'tulu', publisher: 'allenai', license: 'Apache-2.0', from: ['llama-3.1-8b@1'], parameters: 8e9, format: 'gguf' });
  await add({ model: 'tulu', version: '2', publisher: 'allenai', license: 'MIT OR Apache-2.0' });
  await add({ model: 'secret', publisher: 'Acme' });
  await service.admin.setVersionTags({ params: { name: 'tulu', version: '1' }, body: { tags: { reviewed: '', team: 'speech' } } });
}, 60_000);

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await database.close();
});

describe('a search for versions', () => {
  test.each<[what: string, query: Query, refs: string[]]>([
    ['everything, the newest first', {}, ['secret@1', 'tulu@2', 'tulu@1', 'musicgen@1', 'qwen2.5-32b@1', 'llama-3.1-8b@1']],
    ['by name', { order: 'name' }, ['llama-3.1-8b@1', 'musicgen@1', 'qwen2.5-32b@1', 'secret@1', 'tulu@1', 'tulu@2']],
    ['the largest first; what tells no size is left out', { order: 'largest' }, ['qwen2.5-32b@1', 'tulu@1', 'llama-3.1-8b@1', 'musicgen@1']],
    ['the smallest first', { order: 'smallest' }, ['musicgen@1', 'llama-3.1-8b@1', 'tulu@1', 'qwen2.5-32b@1']],
    ['a part of the name, whatever the case', { query: 'WEN2.5' }, ['qwen2.5-32b@1']],
    ['several words: each must be somewhere', { query: 'meta 8b' }, ['llama-3.1-8b@1']],
    ['words that are no pattern', { query: '%' }, []],
    ['publisher, by its letters', { publisher: 'alibaba-cloud' }, ['qwen2.5-32b@1']],
    ['its own licence', { license: 'Apache-2.0' }, ['tulu@2', 'tulu@1', 'qwen2.5-32b@1']],
    ['sizes', { minParameters: 4e9, maxParameters: 10e9 }, ['tulu@1', 'llama-3.1-8b@1']],
    ['format', { format: 'gguf' }, ['tulu@1']],
    ['tag', { tag: 'reviewed' }, ['tulu@1']],
    ['tag with its value', { tag: 'reviewed,team:speech' }, ['tulu@1']],
    ['tag with another value', { tag: 'team:vision' }, []],
    ['commercial use', { licenseProperty: 'commercial-use' }, ['tulu@2', 'tulu@1', 'qwen2.5-32b@1', 'llama-3.1-8b@1']],
    ['commercial use without a limit on users: over the whole lineage', { licenseProperty: 'commercial-use,no-user-limit' }, ['tulu@2', 'qwen2.5-32b@1']],
    ['open source over the whole lineage', { licenseProperty: 'osi-approved' }, ['tulu@2', 'qwen2.5-32b@1']],
    ['a purpose', { allowedFor: 'customer-support' }, ['tulu@2', 'tulu@1', 'qwen2.5-32b@1', 'llama-3.1-8b@1']],
    ['a purpose that a licence in the lineage forbids', { allowedFor: 'military' }, ['tulu@2', 'qwen2.5-32b@1']],
    ['all of it', { query: 'tulu', licenseProperty: 'no-user-limit', license: 'Apache-2.0', order: 'name' }, ['tulu@2']],
    ['nothing deployed', { deployed: 'true' }, []],
  ])('%s', async (_, query, refs) => {
    const found = await search(query);

    expect(refsOf(found.data)).toEqual(refs);
    expect(found).toMatchObject({ nextCursor: null, similar: false, pending: 0 });
  });

  test('shows what there is to know, and the outcome for the use case that was asked about', async () => {
    const [llama] = (await search({ query: 'llama', useCase: ours.useCaseId })).data;
    const [music] = (await search({ query: 'musicgen', useCase: ours.useCaseId })).data;

    expect(llama).toMatchObject({ ref: 'llama-3.1-8b@1', publisher: 'Meta', licenseName: licenseCatalogue.get('LicenseRef-Llama-3.1')?.name, outcome: 'allow_with_obligations', parametersTotal: 8e9, formats: ['safetensors'], tags: {}, aliases: [], deployed: false });
    expect(llama?.licenseProperties).toContain('commercial-use');
    expect(music?.outcome).toBe('deny');
    expect((await search({ query: 'llama' })).data[0]?.outcome).toBeNull();
  });

  test('for a use case agrees with the decision', async () => {
    const allowed = await find({ allowedFor: ours.useCaseId, order: 'name' });

    for (const ref of await find({ order: 'name' })) {
      const { decision } = await ours.as.viewer.decide({ body: { model: ref, useCase: ours.useCaseId } });
      expect({ ref, allowed: allowed.includes(ref) }).toEqual({ ref, allowed: decision === 'allow' || decision === 'allow_with_obligations' });
    }
  });

  test.each(['newest', 'name', 'largest', 'smallest'] as const)('goes page by page, in the order %s', async (order) => {
    const whole = await find({ order });
    const pages: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page: Awaited<ReturnType<typeof search>> = await search({ order, limit: 2, ...(cursor !== undefined && { cursor }) });
      pages.push(...refsOf(page.data));
      cursor = page.nextCursor;
    }

    expect(pages).toEqual(whole);
  });

  test.each([['qwne2.5', []], ['tulo', ['tulu@2', 'tulu@1']], ['lama', ['llama-3.1-8b@1']], ['mucisgen', []], ['musigen', ['musicgen@1']]])('of "%s", which is nowhere, gives what is nearly alike', async (query, refs) => {
    const found = await search({ query });
    const like = refsOf(found.data);

    expect(like).toEqual(expect.arrayContaining(refs));
    expect(found.nextCursor).toBeNull();
  });

  test.each([{ cursor: 'no cursor of ours' }, { cursor: '99999999999' }, { cursor: '1:99999999999', order: 'smallest' as const }, { cursor: '1:x', order: 'largest' as const }, { cursor: '@', order: 'name' as const }])('with %j, which no page gave, is an empty page', async (query) => {
    expect((await search(query)).data).toEqual([]);
  });

  test.each([{ licenseProperty: 'free-beer' }, { allowedFor: 'No Purpose' }, { minParameters: 'many' }, { tag: Array.from({ length: 11 }, (_, index) => index).join(',') }, { deployed: 'perhaps' }])('with %j is 400', async (query) => {
    await expect(search(query as unknown as Query)).rejects.toMatchObject({ status: 400, code: 'request.invalid' });
  });

  test('does not tell of another project’s use case', async () => {
    for (const query of [{ allowedFor: theirs.useCaseId }, { useCase: theirs.useCaseId }]) await expect(search(query)).rejects.toMatchObject({ status: 404, code: 'resource.not_found' });
  });

  test('of a lineage that becomes known later is answered anew', async () => {
    await add({ model: 'orphan', license: 'Apache-2.0', from: ['never-seen@1'] });
    await add({ model: 'grandchild', license: 'Apache-2.0', from: ['orphan@1'] });
    expect(await find({ query: 'orphan', licenseProperty: 'known' })).toEqual([]);

    await add({ model: 'never-seen', license: 'Apache-2.0' });

    expect(await find({ query: 'orphan', licenseProperty: 'known,osi-approved' })).toEqual(['orphan@1']);
    expect(await find({ query: 'grandchild', licenseProperty: 'known,osi-approved' })).toEqual(['grandchild@1']);
  });

  test('follows the licences in force: one that the organisation amends, and one that it adds', async () => {
    const apache = licenseCatalogue.get('Apache-2.0');
    if (apache === undefined) throw new Error('no Apache-2.0');
    await add({ model: 'negotiated', license: 'LicenseRef-Negotiated' });
    expect(await find({ query: 'negotiated', licenseProperty: 'commercial-use' })).toEqual([]);

    const terms = { ...apache, id: 'LicenseRef-Negotiated', name: 'Negotiated', hfTags: [], links: [] };
    const revise = (license: typeof terms, expectedRevision: number) => service.admin.reviseLicense({ params: { id: terms.id }, body: { license, reason: 'signed on Monday', expectedRevision } });
    await revise(terms, 0);
    expect(await find({ query: 'negotiated', licenseProperty: 'commercial-use' })).toEqual(['negotiated@1']);

    await revise({ ...terms, permissions: { ...terms.permissions, 'commercial-use': { answer: 'no', clause: '1' } } }, 1);
    expect(await find({ query: 'negotiated', licenseProperty: 'commercial-use' })).toEqual([]);
  });
});

describe('models', () => {
  test.each<[what: string, query: Record<string, string>, names: string[]]>([
    ['for a purpose', { purpose: 'military', query: 'allenai' }, ['tulu']],
    ['by a property', { licenseProperty: 'no-user-limit,commercial-use', query: 'qwen' }, ['qwen2.5-32b']],
    ['by tag', { tag: 'reviewed' }, ['tulu']],
    ['by a licence and a property of one and the same version', { license: 'LicenseRef-Llama-3.1', licenseProperty: 'osi-approved' }, []],
    ['by a tag and a property that two different versions have', { tag: 'reviewed', licenseProperty: 'osi-approved' }, []],
  ])('%s', async (_, query, names) => {
    expect((await ours.as.viewer.listModels({ query })).data.map(({ name }) => name)).toEqual(names);
  });

  test('with many versions show the newest, and page through all', async () => {
    await add({ model: 'often', version: '0', license: 'mit' });
    const registered = await service.registry.versions.findVersion('often', '0');
    if (registered === null) throw new Error('not registered');
    await service.registry.change(async ({ versions }) => {
      for (let version = 1; version < 53; version++) await versions.addVersion({ ...registered, id: newId('version'), version: String(version) });
    });

    const model = await ours.as.viewer.getModel({ params: { name: 'often' } });
    const first = await ours.as.viewer.listModelVersions({ params: { name: 'often' }, query: { limit: 40 } });
    const second = await ours.as.viewer.listModelVersions({ params: { name: 'often' }, query: { limit: 40, cursor: first.nextCursor ?? '' } });

    expect(model).toMatchObject({ versionCount: 53 });
    expect(model.versions).toHaveLength(50);
    expect([...first.data, ...second.data].map(({ version }) => version)).toEqual(Array.from({ length: 53 }, (_, index) => String(52 - index)));
    expect(second.nextCursor).toBeNull();
  });
});

describe('tags', () => {
  const tag = (client: RegistryClient, tags: Record<string, string>, name = 'tulu') => client.setVersionTags({ params: { name, version: '2' }, body: { tags } });

  test('are set as a whole, shown with the version, and kept in the audit log', async () => {
    await tag(service.admin, { a: '1', b: '' });
    const set = await tag(service.admin, { b: 'x', c: '' });

    expect(set).toEqual({ ref: 'tulu@2', tags: { b: 'x', c: '' } });
    expect((await ours.as.viewer.getVersion({ params: { name: 'tulu', version: '2' } })).tags).toEqual({ b: 'x', c: '' });
    expect(await find({ tag: 'b:x' })).toEqual(['tulu@2']);
    expect(await find({ tag: 'a' })).toEqual([]);
    const audit = (await service.admin.listAudit()).data.find(({ action }) => action === 'version.tagged');
    expect(audit).toMatchObject({ subject: 'tulu@2', details: { set: ['b', 'c'], removed: ['a'] } });
  });

  test('that are set again as they are change nothing', async () => {
    await tag(service.admin, { same: 'here' });
    const before = service.announced.length;
    await tag(service.admin, { same: 'here' });

    expect(service.announced.length).toBe(before);
  });

  test('that are longer than an index can hold are found by their key', async () => {
    await tag(service.admin, { long: 'x'.repeat(5_000) });

    expect(await find({ tag: 'long' })).toEqual(['tulu@2']);
  });

  test('of a model are its owner’s to set', async () => {
    await expect(tag(ours.as.editor, { mine: '' })).rejects.toMatchObject({ status: 403 });
    await expect(tag(service.admin, {}, 'nowhere')).rejects.toBeInstanceOf(ApiError);
    await expect(tag(service.admin, Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`k${index}`, ''])))).rejects.toMatchObject({ status: 400 });
  });
});
