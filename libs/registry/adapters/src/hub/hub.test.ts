import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImportDraft } from '@weighbridge/registry-contracts';
import { AppError } from '@weighbridge/shared-domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importPublication } from '../import-publication.ts';
import { safetensorsFile, tinyLlama } from '../testing/model-files.ts';
import { repository, startTestHub } from '../testing/test-hub.ts';
import type { TestHub } from '../testing/test-hub.ts';
import { downloadFile } from './download-file.ts';
import { wantedFiles } from './download-folder.ts';
import { retryAfterMs } from './hub-connection.ts';
import { Hub } from './hub.ts';
import type { HubFile } from './hub.ts';
import { openHubRepository } from './open-hub-repository.ts';

const model = safetensorsFile({ ...tinyLlama.tensors, 'lm_head.weight': { dtype: 'BF16', shape: [10, 8] }, 'model.padding.weight': { dtype: 'BF16', shape: [400_000] } });
const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
const token = 'hf_secret_of_the_operator';

let server: TestHub;
let hub: Hub;
let root: string;
beforeEach(async () => {
  server = await startTestHub({ 'config.json': JSON.stringify(tinyLlama.config), 'README.md': '---\nlicense: mit\n---\n', 'model.safetensors': model, 'pytorch_model.bin': new Uint8Array(5_000) });
  hub = new Hub({ baseUrl: server.url, token, policy: { allowPrivate: true }, attempts: 3, firstDelayMs: 1, mostDelayMs: 200, idleTimeoutMs: 5_000 });
  root = await mkdtemp(join(tmpdir(), 'weighbridge-hub-'));
});
afterEach(async () => {
  await hub.close();
  await server[Symbol.asyncDispose]();
  await rm(root, { recursive: true });
});

const refusalOf = async (work: Promise<unknown>): Promise<AppError> => {
  const error = await work.then(() => undefined, (thrown: unknown) => thrown);
  if (!(error instanceof AppError)) throw new Error('expected a refusal', { cause: error });
  expect(JSON.stringify([error.message, error.publicMessage, error.extensions, error.faults])).not.toContain(token);
  return error;
};
const fileOf = async (name: string): Promise<HubFile> => {
  const file = (await hub.info(repository, 'main')).files.find((each) => each.name === name);
  if (file === undefined) throw new Error(`no ${name}`);
  return file;
};
const download = async (name: string, { signal = new AbortController().signal, onProgress }: { signal?: AbortSignal; onProgress?: (bytes: number) => void } = {}) =>
  downloadFile(hub, { repo: repository, commit: server.commit }, await fileOf(name), { root, folder: 'acme--tiny' }, { signal, ...(onProgress !== undefined && { onProgress }) });
const rangesOf = (path: string) => server.requests.filter((request) => request.path.includes(path) && request.server === 'store').map(({ range }) => range);

describe('an import from the Hub', () => {
  const draftOf = async () => importPublication(await openHubRepository(hub, repository, 'main', { baseUrl: server.url, retrievedOn: '2026-11-24' }), 'huggingface');

  test('fetches the metadata and the head of the weights, and takes digests from the large file storage', async () => {
    const draft = await draftOf();

    expect(ImportDraft.parse(draft)).toEqual(draft);
    expect(draft).toMatchObject({ kind: 'huggingface', suggestedModel: 'tiny-llama', suggestedPublisher: 'acme', licenseId: 'MIT', version: { version: 'c0ffee000000', sources: [{ title: `${repository} at ${server.commit}` }] } });
    expect(draft.version.artifacts).toContainEqual({ fileName: 'acme--Tiny-Llama--c0ffee000000/model.safetensors', format: 'safetensors', bytes: model.byteLength, sha256: sha256(model), quantization: null });
    expect(rangesOf('model.safetensors')).toEqual(['bytes=0-262143']);
  });

  test('sends the token to the Hub and not to the store behind it', async () => {
    await draftOf();

    expect(server.requests.filter(({ server: at }) => at === 'hub').every(({ authorization }) => authorization === `Bearer ${token}`)).toBe(true);
    expect(server.requests.filter(({ server: at }) => at === 'store').map(({ authorization }) => authorization)).toEqual([undefined]);
  });

  test('goes on after outages, waits as long as it is told, and begins again where a connection was cut', async () => {
    server.faults.push({ status: 503, on: 'info' }, { status: 429, retryAfter: '0', on: 'info' }, { status: 502 }, { cutAfterBytes: 10 });

    expect((await draftOf()).licenseId).toBe('MIT');
  });

  test('works where ranges are not known', async () => {
    server.ranges = false;

    expect((await draftOf()).version.architecture?.layers).toBe(1);
  });

  test('of a small file that is not what the commit names is refused', async () => {
    const file = await openHubRepository(hub, repository, 'main', { baseUrl: server.url, retrievedOn: '2026-11-24' });
    server.files.set('config.json', new TextEncoder().encode(JSON.stringify(tinyLlama.config).replace('64', '65')));

    expect((await refusalOf(importPublication(file, 'huggingface'))).publicMessage).toMatch(/^config.json: what came from the Hub is not what its commit names/);
  });

  test.each([
    { what: 'a revision that is not there', work: () => hub.info(repository, 'v9'), code: 'resource.not_found' },
    { what: 'a Hub that stays away', work: () => (server.faults.push({ status: 503, on: 'info' }, { status: 503, on: 'info' }, { status: 503, on: 'info' }), hub.info(repository, 'main')), code: 'service.unavailable' },
    { what: 'a Hub that asks to wait for an hour', work: () => (server.faults.push({ status: 429, retryAfter: '3600', on: 'info' }), hub.info(repository, 'main')), code: 'service.unavailable' },
    { what: 'a repository that is not for us', work: () => (server.faults.push({ status: 401, on: 'info' }), hub.info(repository, 'main')), code: 'artifact.unreadable' },
    { what: 'a name that climbs out', work: () => (server.files.set('../evil', new Uint8Array(1)), hub.info(repository, 'main')), code: 'artifact.unreadable' },
  ])('$what is an error with a reason', async ({ work, code }) => {
    expect((await refusalOf(work())).code).toBe(code);
  });
});

describe('a redirect', () => {
  const guarded = (allowPrivate: boolean) => new Hub({ baseUrl: server.url, token, policy: { allowPrivate, resolve: async () => [{ address: '10.0.0.7', family: 4 }] }, attempts: 1, firstDelayMs: 1 });

  test.each([
    ['a private address', () => server.storeUrl],
    ['a metadata service', () => 'http://169.254.169.254/latest/meta-data'],
    ['a name that leads to a private address', () => 'http://store.example/file'],
    ['another scheme', () => 'file:///etc/passwd'],
  ])('to %s is not followed', async (_, location) => {
    server.redirectTo = location();
    await using strict = { hub: guarded(false), [Symbol.asyncDispose]: () => strict.hub.close() };
    const refusal = await refusalOf(strict.hub.bytes({ repo: repository, commit: server.commit, name: 'model.safetensors' }, 0, 100));

    expect(refusal).toMatchObject({ code: 'artifact.unreadable', publicMessage: expect.stringContaining('where this installation does not go') as string });
    expect(server.requests.filter(({ server: at }) => at === 'store')).toEqual([]);
  });

  test('in a circle ends', async () => {
    server.redirectTo = `${server.url}/${repository}/resolve/${server.commit}/model.safetensors`;

    expect((await refusalOf(hub.bytes({ repo: repository, commit: server.commit, name: 'model.safetensors' }, 0, 100))).publicMessage).toContain('more than 5 addresses in a row');
  });

  test('to another host that may be called is followed', async () => {
    expect(new Uint8Array(await hub.bytes({ repo: repository, commit: server.commit, name: 'model.safetensors' }, 8, 5))).toEqual(new Uint8Array(model.subarray(8, 13)));
  });
});

describe('a download', () => {
  test('lands under its name once its digest is right, and tells how far it is', async () => {
    const seen: number[] = [];

    expect(await download('model.safetensors', { onProgress: (bytes) => void seen.push(bytes) })).toBe(sha256(model));
    expect(new Uint8Array(await readFile(join(root, 'acme--tiny', 'model.safetensors')))).toEqual(new Uint8Array(model));
    expect(await readdir(join(root, 'acme--tiny'))).toEqual(['model.safetensors']);
    expect(seen.at(-1)).toBe(model.byteLength);
    expect(seen.toSorted((a, b) => a - b)).toEqual(seen);
  });

  test('whose connection is cut goes on where it was', async () => {
    server.faults.push({ cutAfterBytes: 100_000 }, { cutAfterBytes: 200_000 });

    expect(await download('model.safetensors')).toBe(sha256(model));
    const [, second, third] = rangesOf('model.safetensors');
    expect(Number(/^bytes=(\d+)-$/.exec(second ?? '')?.[1])).toBeGreaterThan(0);
    expect(Number(/^bytes=(\d+)-$/.exec(third ?? '')?.[1])).toBeGreaterThan(Number(/^bytes=(\d+)-$/.exec(second ?? '')?.[1]));
  });

  test('that was interrupted goes on in another process', async () => {
    await mkdir(join(root, 'acme--tiny'), { recursive: true });
    await writeFile(join(root, 'acme--tiny', 'model.safetensors.incomplete'), model.subarray(0, 300_000));

    expect(await download('model.safetensors')).toBe(sha256(model));
    expect(rangesOf('model.safetensors')).toEqual(['bytes=300000-']);
  });

  test('from a server without ranges begins again', async () => {
    server.ranges = false;
    server.faults.push({ cutAfterBytes: 100_000 });

    expect(await download('model.safetensors')).toBe(sha256(model));
  });

  test('that is there already is not fetched again', async () => {
    await download('model.safetensors');
    await download('config.json');
    const before = server.requests.filter(({ path }) => path.includes('resolve')).length;

    expect(await download('model.safetensors')).toBe(sha256(model));
    await download('config.json');
    expect(server.requests.filter(({ path }) => path.includes('resolve'))).toHaveLength(before);
  });

  test.each([
    { what: 'another digest than promised', name: 'model.safetensors', spoil: () => server.claims.set('model.safetensors', { sha256: 'ab'.repeat(32) }), sentence: /its SHA-256 is [0-9a-f]{64}, and the Hub promised (ab){32}/ },
    { what: 'more bytes than promised', name: 'model.safetensors', spoil: () => server.claims.set('model.safetensors', { size: 10_000 }), sentence: /promised 10000 bytes, and more came/ },
    { what: 'another small file than the commit names', name: 'config.json', spoil: () => undefined, sentence: /it is not what the commit names/ },
  ])('with $what fails, and nothing of it stays', async ({ name, spoil, sentence }) => {
    spoil();
    const file = await fileOf(name);
    if (name === 'config.json') server.files.set(name, new TextEncoder().encode(JSON.stringify(tinyLlama.config).replace('64', '65')));
    const refusal = await refusalOf(downloadFile(hub, { repo: repository, commit: server.commit }, file, { root, folder: 'f' }, { signal: new AbortController().signal }));

    expect(refusal.code).toBe('artifact.unreadable');
    expect(refusal.publicMessage).toMatch(sentence);
    expect(await readdir(join(root, 'f'))).toEqual([]);
  });

  test('that is cut again and again without a byte keeps what came, for later', async () => {
    server.faults.push({ cutAfterBytes: 100_000 }, ...Array.from({ length: 10 }, () => ({ cutAfterBytes: 0 })));
    const refusal = await refusalOf(download('model.safetensors'));

    expect(refusal).toMatchObject({ code: 'service.unavailable' });
    expect(await readdir(join(root, 'acme--tiny'))).toEqual(['model.safetensors.incomplete']);
  });

  test('that is no longer wanted ends, and keeps what came', async () => {
    const ending = new AbortController();

    await expect(download('model.safetensors', { signal: ending.signal, onProgress: (bytes) => (bytes > 0 ? ending.abort() : undefined) })).rejects.toMatchObject({ name: 'AbortError' });
    expect(await readdir(join(root, 'acme--tiny'))).toEqual(['model.safetensors.incomplete']);
  });

  test('into a folder that is a link out of the model folder is refused', async () => {
    await symlink(tmpdir(), join(root, 'acme--tiny'));

    expect((await refusalOf(download('config.json'))).publicMessage).toContain('leads out of the model folder');
  });
});

test('the same weights in another format are not fetched unless nothing better is there', () => {
  const names = (files: string[]) => wantedFiles(files.map((name) => ({ name }))).map(({ name }) => name);

  expect(names(['.gitattributes', 'config.json', 'model.safetensors', 'pytorch_model.bin', 'original/consolidated.00.pth'])).toEqual(['config.json', 'model.safetensors']);
  expect(names(['config.json', 'pytorch_model.bin'])).toEqual(['config.json', 'pytorch_model.bin']);
});

test.each([
  ['3', 3_000],
  ['Tue, 24 Nov 2026 18:00:10 GMT', 10_000],
  ['Tue, 24 Nov 2026 17:00:00 GMT', 0],
  ['soon', null],
  [undefined, null],
])('Retry-After %s is %s ms', (header, ms) => {
  expect(retryAfterMs(header, Date.parse('2026-11-24T18:00:00Z'))).toBe(ms);
});
