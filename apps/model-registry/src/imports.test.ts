import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository, safetensorsFile, startTestHub, tarFile, tarGzFile, tinyLlama, zipFile } from '@weighbridge/registry-adapters/testing';
import type { TestHub } from '@weighbridge/registry-adapters/testing';
import { ImportDraft } from '@weighbridge/registry-contracts';
import type { Download } from '@weighbridge/registry-contracts';
import { ApiError, Problem } from '@weighbridge/shared-contracts';
import { createTestDatabase, waitFor } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestService } from './start-test-service.ts';
import type { RegistryClient, TestService } from './start-test-service.ts';

const model = safetensorsFile({ ...tinyLlama.tensors, 'model.padding.weight': { dtype: 'BF16', shape: [500_000] } });
const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
const problemOf = (call: Promise<unknown>) => call.then(() => undefined, (error: unknown) => (error instanceof ApiError ? error.problem : Promise.reject(error)));

let database: TestDatabase;
/** A service that starts takes the administrator's key over, so others have a database of their own. */
let bareDatabase: TestDatabase;
let hub: TestHub;
let folder: string;
let service: TestService;
let editor: RegistryClient;

const start = () => startTestService({ databaseUrl: database.urlFor('registry'), importDir: folder, downloadDir: folder, hubUrl: hub.url, allowPrivateAddresses: true, archiveLimits: { archiveBytes: 40_000_000 } });

beforeAll(async () => {
  [database, bareDatabase] = [await createTestDatabase({ scopes: ['registry'] }), await createTestDatabase({ scopes: ['registry'] })];
  folder = await mkdtemp(join(tmpdir(), 'weighbridge-imports-'));
  hub = await startTestHub({ 'config.json': JSON.stringify(tinyLlama.config), 'README.md': '---\nlicense: mit\n---\n', 'model.safetensors': model });
  service = await start();
  editor = (await service.addProject('imports')).as.editor;
});
afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await hub[Symbol.asyncDispose]();
  await Promise.all([database.close(), bareDatabase.close()]);
  await rm(folder, { recursive: true });
});

describe('an import', () => {
  const files = [
    { name: 'config.json', text: JSON.stringify(tinyLlama.config) },
    { name: 'README.md', contentBase64: Buffer.from('---\nlicense: mit\n---\n').toString('base64') },
  ];

  test('of files that are sent along needs no folder', async () => {
    await using bare = await startTestService({ databaseUrl: bareDatabase.urlFor('registry') });

    expect(await bare.admin.importModel({ body: { kind: 'auto', files } })).toMatchObject({ kind: 'huggingface', licenseId: 'MIT' });
    expect(await problemOf(bare.admin.importModel({ body: { kind: 'auto', path: 'a' } }))).toMatchObject({ status: 400, code: 'request.unsupported' });
  });

  test('from the Hub gives a draft that can be registered as it is', async () => {
    const draft = await editor.importModel({ body: { kind: 'hub', repo: repository } });
    const { version, license, ...rest } = draft.version;
    await editor.createModel({ body: { name: 'from-hub', publisher: draft.suggestedPublisher ?? '' } });
    const registered = await editor.registerVersion({ params: { name: 'from-hub' }, body: { ...rest, version: version ?? '1', ...(license !== null && { license }) } });

    expect(registered).toMatchObject({ license: 'MIT', version: 'c0ffee000000', artifactChecks: [{ fileName: 'acme--Tiny-Llama--c0ffee000000/model.safetensors', state: 'absent' }] });
  });

  test.each([
    { what: 'a path and files', body: { kind: 'auto' as const, path: 'a', files }, pointer: '/body/path' },
    { what: 'neither', body: { kind: 'gguf' as const }, pointer: '/body/path' },
    { what: 'a file outside', body: { kind: 'auto' as const, files: [{ name: '../a', text: '' }] }, pointer: '/body/files/0/name' },
    { what: 'a file twice', body: { kind: 'auto' as const, files: [{ name: 'a', text: '' }, { name: 'a', text: '' }] }, pointer: '/body/files/1/name' },
    { what: 'a repository that is none', body: { kind: 'hub' as const, repo: 'acme/a b' }, pointer: '/body/repo' },
    { what: 'a revision that climbs', body: { kind: 'hub' as const, repo: repository, revision: 'a/../b' }, pointer: '/body/revision' },
    { what: 'an unknown kind', body: { kind: 'pickle' } as never, pointer: '/body/kind' },
  ])('of $what is 400, and names the field', async ({ body, pointer }) => {
    expect(await problemOf(editor.importModel({ body }))).toMatchObject({ status: 400, code: 'request.invalid', errors: [{ pointer }] });
  });

  test('of a repository that the Hub does not have is 404', async () => {
    expect(await problemOf(editor.importModel({ body: { kind: 'hub', repo: 'acme/none' } }))).toMatchObject({ status: 404, code: 'resource.not_found' });
  });
});

describe('an archive', () => {
  const send = (bytes: Uint8Array, query = '') => fetch(`${service.url}/v1/imports/archive${query}`, { method: 'POST', headers: { authorization: `Bearer ${service.adminToken}` }, body: Buffer.from(bytes) });
  const entries = [{ name: 'm/config.json', content: JSON.stringify(tinyLlama.config) }, { name: 'm/README.md', content: '---\nlicense: mit\n---\n' }, { name: 'm/model.safetensors', content: safetensorsFile(tinyLlama.tensors) }];

  test.each([
    ['zip', () => zipFile(entries)],
    ['tar.gz', () => tarGzFile(entries)],
  ])('%s is read as it comes in', async (kind, make) => {
    const answer = await send(await make(), `?kind=auto&name=My-Model.${kind}`);
    const draft = ImportDraft.parse(await answer.json());

    expect(answer.status).toBe(200);
    expect(draft).toMatchObject({ kind: 'huggingface', suggestedModel: 'my-model', licenseId: 'MIT', version: { architecture: { parametersTotal: tinyLlama.parameters } } });
  });

  test.each([
    { what: 'that is none', bytes: () => new TextEncoder().encode('hello'), status: 400, code: 'artifact.unreadable' },
    { what: 'with a way out', bytes: () => zipFile([{ name: '../../etc/passwd', content: 'x' }]), status: 400, code: 'artifact.unreadable' },
    { what: 'with a way out, and much after it', bytes: () => tarFile([{ name: '../../etc/passwd', content: 'x' }, { name: 'weights.bin', content: new Uint8Array(30_000_000) }]), status: 400, code: 'artifact.unreadable' },
    { what: 'that is too large', bytes: () => new Uint8Array(40_000_001), status: 413, code: 'request.too_large' },
    { what: 'of nothing', bytes: () => new Uint8Array(), status: 400, code: 'artifact.unreadable' },
  ])('$what is refused with $status', async ({ bytes, status, code }) => {
    const answer = await send(await bytes());

    expect(answer.status).toBe(status);
    expect(Problem.parse(await answer.json()).code).toBe(code);
  });
});

describe('registering a version', () => {
  const artifact = (sha: string, bytes: number) => ({ fileName: 'here/model.safetensors', format: 'safetensors' as const, bytes, sha256: sha });
  beforeEach(async () => {
    await mkdir(join(folder, 'here'), { recursive: true });
    await writeFile(join(folder, 'here', 'model.safetensors'), model);
  });
  const register = async (name: string, artifacts: ReturnType<typeof artifact>[]) => {
    await editor.createModel({ body: { name, publisher: 'Acme' } });
    return editor.registerVersion({ params: { name }, body: { version: '1', artifacts } });
  };

  test('with a file that is here compares its digest', async () => {
    expect((await register('checked', [artifact(sha256(model), model.byteLength)])).artifactChecks).toEqual([{ fileName: 'here/model.safetensors', state: 'matched' }]);
  });

  test('with another digest than the file has is refused with both, and registers nothing', async () => {
    const problem = await problemOf(register('unchecked', [artifact('ab'.repeat(32), model.byteLength)]));

    expect(problem).toMatchObject({ status: 400, code: 'request.invalid', errors: [{ pointer: '/body/artifacts/0/sha256', message: expect.stringContaining(`is ${'ab'.repeat(32)}, and the file that is here has ${sha256(model)}`) as string }] });
    expect((await editor.getModel({ params: { name: 'unchecked' } })).versions).toEqual([]);
  });

  test('for a model of another project is refused before any file is read', async () => {
    const { as } = await service.addProject('files of others');
    await editor.createModel({ body: { name: 'not-yours', publisher: 'Acme' } });

    expect(await problemOf(as.editor.registerVersion({ params: { name: 'not-yours' }, body: { version: '1', artifacts: [artifact('ab'.repeat(32), model.byteLength)] } }))).toMatchObject({ status: 403, code: 'auth.forbidden' });
  });

  test('with another size is refused as well', async () => {
    expect(await problemOf(register('longer', [artifact(sha256(model), 5)]))).toMatchObject({ status: 400, errors: [{ pointer: '/body/artifacts/0/bytes' }] });
  });
});

describe('a download', () => {
  const finished = (id: Download['id'], from: RegistryClient = service.admin) => waitFor(async () => { const download = await from.getDownload({ params: { id } }); return download.finishedAt === null ? null : download; }, { what: 'the end of the download' });
  afterEach(async () => {
    hub.faults.length = 0;
    hub.claims.clear();
    for (const name of await readdir(folder)) if (name.startsWith('acme--')) await rm(join(folder, name), { recursive: true });
  });

  test('lands in the model folder with its digests checked, and what is imported from there has them', async () => {
    const asked = await service.admin.createDownload({ body: { repo: repository } });
    const download = await finished(asked.id);

    expect(asked).toMatchObject({ state: 'queued', commit: hub.commit, folder: 'acme--Tiny-Llama--c0ffee000000' });
    expect(download).toMatchObject({ state: 'succeeded', error: null, downloadedBytes: download.bytes });
    expect(download.files).toContainEqual({ fileName: 'model.safetensors', bytes: model.byteLength, downloadedBytes: model.byteLength, sha256: sha256(model) });
    expect(sha256(await readFile(join(folder, download.folder, 'model.safetensors')))).toBe(sha256(model));
    expect((await editor.importModel({ body: { kind: 'auto', path: download.folder } })).suggestedModel).toBe('tiny-llama');
    expect((await service.admin.listDownloads()).data[0]?.id).toBe(asked.id);
    expect((await service.admin.listAudit({ query: { limit: 5 } })).data.map(({ action }) => action)).toContain('download.created');
  });

  test('with another digest than promised fails with both, and leaves nothing', async () => {
    hub.claims.set('model.safetensors', { sha256: 'ab'.repeat(32) });
    const download = await finished((await service.admin.createDownload({ body: { repo: repository, files: ['model.safetensors'] } })).id);

    expect(download).toMatchObject({ state: 'failed', error: expect.stringContaining(`the Hub promised ${'ab'.repeat(32)}`) as string });
    expect(await readdir(join(folder, download.folder))).toEqual([]);
  });

  test('goes on after its process is gone, from where it was', async () => {
    hub.faults.push({ silentAfterBytes: 300_000 });
    const { id } = await service.admin.createDownload({ body: { repo: repository, files: ['model.safetensors'] } });
    await waitFor(async () => (await service.admin.getDownload({ params: { id } })).downloadedBytes > 0, { what: 'the first bytes' });
    await service[Symbol.asyncDispose]();
    hub.faults.length = 0;
    hub.requests.length = 0;
    service = await start();

    expect(await finished(id)).toMatchObject({ state: 'succeeded' });
    const ranges = hub.requests.filter(({ server }) => server === 'store').map(({ range }) => Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0));
    expect(ranges[0]).toBeGreaterThan(0);
  });

  test('is cancelled, and what was incomplete is gone', async () => {
    hub.faults.push({ silentAfterBytes: 300_000 });
    const { id, folder: place } = await service.admin.createDownload({ body: { repo: repository, files: ['model.safetensors'] } });
    await waitFor(async () => (await service.admin.getDownload({ params: { id } })).downloadedBytes > 0, { what: 'the first bytes' });
    const again = await service.admin.createDownload({ body: { repo: repository, files: ['model.safetensors'] } });
    const other = await problemOf(service.admin.createDownload({ body: { repo: repository } }));

    expect(again.id).toBe(id);
    expect(other).toMatchObject({ status: 409, code: 'resource.conflict', download: id });
    expect(await service.admin.cancelDownload({ params: { id } })).toMatchObject({ state: 'cancelled' });
    expect(await service.admin.cancelDownload({ params: { id } })).toMatchObject({ state: 'cancelled' });
    await waitFor(async () => (await readdir(join(folder, place))).length === 0, { what: 'the folder to be empty' });
  });

  test('waits for a Hub that is away, and goes on by itself', async () => {
    const { id } = await service.admin.createDownload({ body: { repo: repository, files: ['config.json'] } }).finally(() => hub.faults.push({ status: 429, retryAfter: '0' }, { status: 503 }));

    expect(await finished(id)).toMatchObject({ state: 'succeeded' });
  });

  test.each([
    { what: 'a file that is not there', body: { repo: repository, files: ['none.bin'] }, status: 400, code: 'request.invalid' },
    { what: 'a repository that is not there', body: { repo: 'acme/none' }, status: 404, code: 'resource.not_found' },
  ])('of $what is refused at once', async ({ body, status, code }) => {
    expect(await problemOf(service.admin.createDownload({ body }))).toMatchObject({ status, code });
  });

  test('is for the platform: an administrator of a project may look, and not ask', async () => {
    const { as } = await service.addProject('curious');

    expect(await problemOf(as.admin.createDownload({ body: { repo: repository } }))).toMatchObject({ status: 403, code: 'auth.forbidden' });
    expect((await as.viewer.listDownloads()).data.length).toBeGreaterThan(0);
  });

  test('is refused where no folder is set', async () => {
    await using bare = await startTestService({ databaseUrl: bareDatabase.urlFor('registry'), hubUrl: hub.url });

    expect(await problemOf(bare.admin.createDownload({ body: { repo: repository } }))).toMatchObject({ status: 400, code: 'request.unsupported' });
  });
});
