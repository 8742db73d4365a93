import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NewVersion } from '@weighbridge/registry-contracts';
import { licenseCatalogue } from '@weighbridge/registry-domain';
import { ApiError } from '@weighbridge/shared-contracts';
import { createTestDatabase } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { startTestService } from './start-test-service.ts';
import type { RegistryClient, TestService } from './start-test-service.ts';

let database: TestDatabase;
let service: TestService;
let editor: RegistryClient;

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['registry'] });
  service = await startTestService({ databaseUrl: database.urlFor('registry'), importDir: fileURLToPath(new URL('../../../models', import.meta.url)) });
  editor = (await service.addProject('models')).as.editor;
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await database.close();
});

const problemOf = (call: Promise<unknown>) => call.then(() => undefined, (error: unknown) => (error instanceof ApiError ? error.problem : Promise.reject(error)));
const register = async (model: string, version: Partial<z.input<typeof NewVersion>> = {}) => {
  await editor.createModel({ body: { name: model, publisher: 'Acme' } });
  return editor.registerVersion({ params: { name: model }, body: { version: '1', ...version } });
};

describe('a model', () => {
  test('is the same when registered again in the same words, and a conflict in others', async () => {
    const first = await editor.createModel({ body: { name: 'twice', publisher: 'Acme', description: 'A model' } });
    const again = await editor.createModel({ body: { name: 'twice', publisher: 'Acme', description: 'A model' } });
    const other = await problemOf(editor.createModel({ body: { name: 'twice', publisher: 'Ajax' } }));

    expect(again).toEqual(first);
    expect(other).toMatchObject({ status: 409, code: 'resource.conflict', differing: ['publisher', 'description'] });
  });

  test('shows its versions, the newest first, with parameters that follow from the architecture', async () => {
    await service.admin.registerFromCatalogue({ body: { models: ['deepseek-v3'] } });

    const model = await editor.getModel({ params: { name: 'deepseek-v3' } });

    expect(model).toMatchObject({ publisher: 'DeepSeek', latestVersion: '2025-03-24', deployed: false });
    expect(model.versions.map(({ version, license }) => [version, license])).toEqual([['2025-03-24', 'MIT'], ['2024-12-26', 'LicenseRef-DeepSeek-Model-1.0']]);
    expect(new Set(model.licenses)).toEqual(new Set(['LicenseRef-DeepSeek-Model-1.0', 'MIT']));
    expect(model.versions[0]?.parametersTotal).toBe(671_026_419_200);
    expect((await editor.getCard({ params: { name: 'deepseek-v3', version: '2024-12-26' } })).card?.parametersTotal).toBe(671_026_419_200);
  });

  test('is found by a part of name or publisher and by licence; pages hold each once', async () => {
    for (const name of ['search-b', 'search-a', 'search-c']) await register(name, { license: name === 'search-a' ? 'apache-2.0' : 'mit' });
    const names = async (query: Record<string, unknown>) => (await editor.listModels({ query })).data.map(({ name }) => name);

    expect(await names({ query: 'SEARCH-' })).toEqual(['search-a', 'search-b', 'search-c']);
    expect(await names({ query: 'search-', license: 'MIT' })).toEqual(['search-b', 'search-c']);
    const first = await editor.listModels({ query: { query: 'search-', limit: 2 } });
    const second = await editor.listModels({ query: { query: 'search-', limit: 2, cursor: first.nextCursor ?? '' } });
    expect([first.data, second.data].map((page) => page.map(({ name }) => name))).toEqual([['search-a', 'search-b'], ['search-c']]);
    expect(second.nextCursor).toBeNull();
  });

  test('keeps no text that PostgreSQL cannot hold', async () => {
    expect(await problemOf(editor.createModel({ body: { name: 'nul', publisher: 'a\0b' } }))).toMatchObject({ status: 400, code: 'request.malformed' });
    expect(await problemOf(register('nul', { sources: [{ title: 'half \ud800 pair' }] }))).toMatchObject({ status: 400, code: 'request.malformed' });
  });
});

describe('a version', () => {
  test('has all that was declared, and says so the same way every time', async () => {
    const declared = {
      version: '1',
      license: 'mit',
      releasedOn: '2025-01-20',
      artifacts: [{ fileName: 'weights/a.gguf', format: 'gguf' as const, bytes: 5_000_000_000, sha256: 'ab'.repeat(32), quantization: 'Q8_0' }],
      sources: [{ title: 'Report', url: 'https://example.com/report' }],
      provenance: [{ field: 'license', readFrom: 'README.md: license', value: 'mit' }],
    };
    const version = await register('whole', declared);

    expect(version).toMatchObject({ model: 'whole', publisher: 'Acme', license: 'MIT', licenseDeclared: 'mit', releasedOn: '2025-01-20', artifacts: declared.artifacts, provenance: declared.provenance });
    expect(await register('whole', declared)).toEqual(version);
    expect(await editor.getVersion({ params: { name: 'whole', version: '1' } })).toEqual(version);
  });

  test.each([
    { field: 'license', change: { license: 'apache-2.0' } },
    { field: 'releasedOn', change: { releasedOn: '2025-01-21' } },
    { field: 'baseModels', change: { baseModels: [{ model: 'b', version: '1', relation: 'finetune' as const }] } },
    { field: 'artifacts', change: { artifacts: [{ fileName: 'a', format: 'other' as const, bytes: 1, sha256: '00'.repeat(32) }] } },
    { field: 'multimodal', change: { multimodal: true } },
    { field: 'conflictingLicenses', change: { conflictingLicenses: ['Apache-2.0'] } },
  ])('with another $field is a conflict that says so', async ({ field, change }) => {
    await register('fixed', { license: 'mit' });

    expect(await problemOf(register('fixed', { license: 'mit', ...change }))).toMatchObject({ status: 409, code: 'resource.conflict', differing: [field] });
  });

  test('registered by many at once with other contents exists once; all others are told', async () => {
    await editor.createModel({ body: { name: 'raced', publisher: 'Acme' } });
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        editor.registerVersion({ params: { name: 'raced' }, body: { version: '1', license: n % 2 === 0 ? 'mit' : 'apache-2.0' } }).then(
          ({ id }) => id,
          (error: unknown) => (error instanceof ApiError ? error.code : Promise.reject(error)),
        ),
      ),
    );

    const ids = results.filter((result) => result.startsWith('ver_'));
    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(1);
    expect(results.filter((result) => result === 'resource.conflict')).toHaveLength(4);
    expect((await editor.getModel({ params: { name: 'raced' } })).versions).toHaveLength(1);
  });

  const apache = readFileSync(join(import.meta.dirname, '../../../LICENSE'), 'utf8');
  test.each([
    { what: 'an SPDX id', declared: { license: 'Apache-2.0' }, license: 'Apache-2.0' },
    { what: 'a tag of model cards', declared: { license: 'llama3.1' }, license: 'LicenseRef-Llama-3.1' },
    { what: 'a text that is one to the last word', declared: { licenseText: apache }, license: 'Apache-2.0' },
    { what: 'a tag that names none', declared: { license: 'other' }, license: null },
    { what: 'an id that is not in the catalogue, which the organisation may add', declared: { license: 'LicenseRef-Own' }, license: 'LicenseRef-Own' },
    { what: 'a text of its own making', declared: { licenseText: 'Ask Acme first.' }, license: null },
    { what: 'nothing', declared: {}, license: null },
  ])('declared by $what: $license', async ({ what, declared, license }) => {
    const version = await register(`declared-${what.replaceAll(/\W+/g, '-')}`, declared);

    expect(version.license).toBe(license);
    expect(version.licenseDeclared).toBe(declared.license ?? declared.licenseText ?? null);
  });

  test.each([
    { what: 'both a licence and a text', version: { license: 'mit', licenseText: 'MIT' }, pointer: '/body/licenseText' },
    { what: 'an artifact twice', version: { artifacts: [1, 2].map(() => ({ fileName: 'a', format: 'other' as const, bytes: 1, sha256: '00'.repeat(32) })) }, pointer: '/body/artifacts/1/fileName' },
    { what: 'an artifact outside its folder', version: { artifacts: [{ fileName: '../a', format: 'other' as const, bytes: 1, sha256: '00'.repeat(32) }] }, pointer: '/body/artifacts/0/fileName' },
    { what: 'a base model twice', version: { baseModels: [1, 2].map(() => ({ model: 'b', version: '1', relation: 'merge' as const })) }, pointer: '/body/baseModels/1' },
  ])('with $what is 400', async ({ version, pointer }) => {
    expect(await problemOf(register('wrong', version))).toMatchObject({ status: 400, errors: [{ pointer }] });
  });

  test('of a model that is not registered is 404', async () => {
    expect(await problemOf(editor.registerVersion({ params: { name: 'nowhere' }, body: { version: '1' } }))).toMatchObject({ status: 404, code: 'model.not_found' });
    expect(await problemOf(editor.getVersion({ params: { name: 'fixed', version: '9' } }))).toMatchObject({ status: 404, code: 'model.not_found' });
  });
});

describe('lineage', () => {
  test('of the reference catalogue: bases before what was made from them, nothing twice', async () => {
    const once = await service.admin.registerFromCatalogue({ body: { models: ['deepseek-r1-distill-llama-70b'] } });
    const again = await service.admin.registerFromCatalogue({ body: { models: ['deepseek-r1-distill-llama-70b'] } });
    const graph = await editor.getLineage({ params: { name: 'deepseek-r1-distill-llama-70b', version: '2025-01-20' } });

    expect(once.registered).toContain('deepseek-r1-distill-llama-70b@2025-01-20');
    expect(again.registered).toEqual([]);
    expect(again.existing.toSorted()).toEqual([...once.registered, ...once.existing].toSorted());
    expect(graph.nodes[0]).toMatchObject({ ref: 'deepseek-r1-distill-llama-70b@2025-01-20', depth: 0, license: 'MIT', registered: true });
    expect(graph.edges).toContainEqual(expect.objectContaining({ from: 'deepseek-r1-distill-llama-70b@2025-01-20', to: 'llama-3.3-70b@instruct', relation: 'finetune' }));
    expect(graph.nodes.every(({ registered }) => registered)).toBe(true);
    expect((await editor.listCatalogue()).data.find(({ model }) => model === 'deepseek-r1-distill-llama-70b')?.registered).toBe(true);
    expect(await problemOf(service.admin.registerFromCatalogue({ body: { models: ['gpt-9'] } }))).toMatchObject({ status: 400, errors: [{ pointer: '/body/models/0' }] });
  });

  test('an entry of the reference catalogue is told whole, each version with its card', async () => {
    const entry = await editor.getCatalogueEntry({ params: { model: 'deepseek-v3' } });
    const first = entry.versions.find(({ version }) => version === '2024-12-26');

    expect(first).toMatchObject({ license: 'LicenseRef-DeepSeek-Model-1.0', card: { parametersTotal: 671_026_419_200, kvCacheBytesPerToken: 70_272 } });
    expect(first?.training).toMatchObject({ gpuHours: 2_788_000, costUsd: '5576000' });
    expect([first?.prices.length, first?.scores.length].every((count) => (count ?? 0) > 0)).toBe(true);
    expect(entry.versions.find(({ version }) => version === '2025-03-24')?.license).toBe('MIT');
    expect(entry.priceHistory.map(({ apiName }) => apiName)).toContain('deepseek-chat');
    expect(await problemOf(editor.getCatalogueEntry({ params: { model: 'gpt-9' } }))).toMatchObject({ status: 404, code: 'model.not_found' });
  });

  test('shows a base model that is not registered', async () => {
    await register('orphan', { baseModels: [{ model: 'unheard-of', version: '3', relation: 'quantized' }] });

    const graph = await editor.getLineage({ params: { name: 'orphan', version: '1' } });

    expect(graph.nodes[1]).toEqual({ ref: 'unheard-of@3', model: 'unheard-of', version: '3', publisher: null, license: null, depth: 1, side: 'ancestor', registered: false });
  });

  test('may not lead back to the version itself, at once or over others', async () => {
    const base = (model: string) => ({ baseModels: [{ model, version: '1', relation: 'finetune' as const }] });
    await register('ring-a', base('ring-b'));
    await register('ring-b', base('ring-c'));

    expect(await problemOf(register('ring-c', base('ring-a')))).toMatchObject({ status: 400, code: 'lineage.cycle', path: ['ring-c@1', 'ring-a@1', 'ring-b@1', 'ring-c@1'] });
    expect(await problemOf(register('ring-d', base('ring-d')))).toMatchObject({ status: 400, code: 'lineage.cycle', path: ['ring-d@1', 'ring-d@1'] });
  });

  test('cannot be closed to a circle by two at the same time', async () => {
    for (const name of ['knot-a', 'knot-b']) await editor.createModel({ body: { name, publisher: 'Acme' } });
    const tie = (name: string, to: string) => problemOf(editor.registerVersion({ params: { name }, body: { version: '1', baseModels: [{ model: to, version: '1', relation: 'merge' }] } }));

    const problems = await Promise.all([tie('knot-a', 'knot-b'), tie('knot-b', 'knot-a')]);

    expect(problems.filter((problem) => problem?.code === 'lineage.cycle')).toHaveLength(1);
    expect(problems.filter((problem) => problem === undefined)).toHaveLength(1);
  });
});

describe('an import', () => {
  test('reads a GGUF file to a draft that can be registered as it is', async () => {
    const draft = await editor.importModel({ body: { kind: 'gguf', path: 'abacus-mini.gguf' } });
    const { version, license, ...rest } = draft.version;
    const registered = await register('abacus', { ...rest, version: version ?? '1', ...(license !== null && { license }) });

    expect(draft.licenseId).not.toBeNull();
    expect(registered.license).toBe(draft.licenseId);
    expect(registered.artifacts[0]).toMatchObject({ fileName: 'abacus-mini.gguf', format: 'gguf' });
  });

  test.each([
    { what: 'climbs out', path: '../package.json', code: 'request.invalid' },
    { what: 'is absolute', path: '/etc/passwd', code: 'request.invalid' },
    { what: 'is not there', path: 'nothing.gguf', code: 'artifact.unreadable' },
  ])('of a path that $what is refused', async ({ path, code }) => {
    expect(await problemOf(editor.importModel({ body: { kind: 'gguf', path } }))).toMatchObject({ status: 400, code });
  });
});

test('an installation without an import folder says so', async () => {
  await using bare = await startTestService({ databaseUrl: database.urlFor('registry') });

  expect(await problemOf(bare.admin.importModel({ body: { kind: 'gguf', path: 'a.gguf' } }))).toMatchObject({ status: 400, code: 'request.unsupported' });
});

describe('licences', () => {
  test('are listed, and shown to the clause', async () => {
    const { data } = await editor.listLicenses();
    const license = await editor.getLicense({ params: { id: 'LicenseRef-DeepSeek-Model-1.0' } });

    expect(data.map(({ id }) => id)).toEqual([...licenseCatalogue.keys()]);
    expect(license.fieldOfUse.some(({ word }) => word === 'military')).toBe(true);
    expect((await editor.listUseCaseVocabulary()).restricted).toContain('military');
  });
});
