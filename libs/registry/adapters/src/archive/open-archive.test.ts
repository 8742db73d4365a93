import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ImportDraft } from '@weighbridge/registry-contracts';
import { AppError } from '@weighbridge/shared-domain';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { importPublication } from '../import-publication.ts';
import { ggufFile, inPieces, safetensorsFile, tarFile, tarGzFile, tinyLlama, withLength, zipFile } from '../testing/model-files.ts';
import type { ArchiveEntry } from '../testing/model-files.ts';
import type { ArchiveLimits } from './archive-limits.ts';
import { openArchive } from './open-archive.ts';

let temporaryFolder: string;
beforeAll(async () => {
  temporaryFolder = await mkdtemp(join(tmpdir(), 'weighbridge-archive-'));
});
afterAll(() => rm(temporaryFolder, { recursive: true }));
afterEach(async () => {
  expect(await readdir(temporaryFolder), 'nothing stays on disk').toEqual([]);
});

const open = (bytes: Uint8Array, limits: Partial<ArchiveLimits> = {}, name?: string) => openArchive(inPieces(bytes), { limits, temporaryFolder, name });
const refusalOf = async (work: Promise<unknown>): Promise<AppError> => {
  const error = await work.then(() => undefined, (thrown: unknown) => thrown);
  if (!(error instanceof AppError)) throw new Error('expected a refusal', { cause: error });
  return error;
};
const formats = [
  { format: 'tar', make: tarFile },
  { format: 'tar.gz', make: tarGzFile },
  { format: 'zip', make: (entries: readonly ArchiveEntry[]) => Promise.resolve(zipFile(entries)) },
] as const;
const model = safetensorsFile(tinyLlama.tensors);
const repository: ArchiveEntry[] = [
  { name: 'tiny/', type: 'directory' },
  { name: 'tiny/config.json', content: JSON.stringify(tinyLlama.config) },
  { name: 'tiny/README.md', content: '---\nlicense: mit\n---\n' },
  { name: 'tiny/model.safetensors', content: model },
];

describe.each(formats)('a $format archive', ({ make }) => {
  test('of a repository is read like its folder, with the digests of its files', async () => {
    const draft = await importPublication(await open(await make(repository), {}, 'Tiny.zip'), 'auto');

    expect(ImportDraft.parse(draft)).toEqual(draft);
    expect(draft).toMatchObject({ kind: 'huggingface', suggestedModel: 'tiny', licenseId: 'MIT', findings: [], version: { architecture: { parametersTotal: tinyLlama.parameters } } });
    expect(draft.version.artifacts).toEqual([{ fileName: 'model.safetensors', format: 'safetensors', bytes: model.byteLength, sha256: createHash('sha256').update(model).digest('hex'), quantization: null }]);
  });

  test('with weights keeps their headers and no more of them', async () => {
    const weights = ggufFile({ ...tinyLlama.gguf, tensors: { 'token_embd.weight': [1_000, 1_000] } });
    const opened = await open(await make([{ name: 'm.gguf', content: weights }, { name: 'notes.bin', content: new Uint8Array(500_000) }]), { keptBytes: 200_000 });

    expect((await opened.files.get('m.gguf')?.head(5_000_000))?.byteLength).toBeLessThan(100_000);
    expect((await opened.files.get('notes.bin')?.head(5_000_000))?.byteLength).toBeLessThan(100);
    expect((await importPublication(opened, 'auto')).version.architecture?.parametersTotal).toBe(1_000_000);
  });

  test('with a long header keeps it whole', async () => {
    const tokens = Array.from({ length: 20_000 }, (_, index) => `token-number-${index}`);
    const weights = ggufFile({ ...tinyLlama.gguf, metadata: { ...tinyLlama.gguf.metadata, 'tokenizer.ggml.tokens': { strings: tokens } } });

    expect((await importPublication(await open(await make([{ name: 'm.gguf', content: weights }])), 'auto')).version.architecture?.vocabSize).toBe(20_000);
  });

  test.each([
    { what: 'a path that climbs out', entries: [{ name: '../evil.json', content: '{}' }], sentence: /climbs out of the archive/ },
    { what: 'a path that climbs out in the middle', entries: [{ name: 'a/../../evil.json', content: '{}' }], sentence: /climbs out of the archive/ },
    { what: 'an absolute path', entries: [{ name: '/etc/evil.json', content: '{}' }], sentence: /absolute path/ },
    { what: 'a path of another system', entries: [{ name: 'C:\\evil.json', content: '{}' }], sentence: /absolute path|another system|climbs out/ },
    { what: 'a name twice', entries: [{ name: 'config.json', content: '{}' }, { name: 'config.json', content: '{"a":1}' }], sentence: /two entries are called "config.json"/ },
    { what: 'a name twice but for its case', entries: [{ name: 'config.json', content: '{}' }, { name: 'Config.JSON', content: '{}' }], sentence: /two entries are called/ },
    { what: 'a symbolic link', entries: [{ name: 'config.json', type: 'symlink' as const, linkname: '/etc/passwd' }], sentence: /is a (symlink|link)/ },
    { what: 'no files', entries: [{ name: 'folder/', type: 'directory' as const }], sentence: /it has no files/ },
  ])('with $what is refused', async ({ entries, sentence }) => {
    const refusal = await refusalOf(open(await make(entries)));

    expect(refusal.code).toBe('artifact.unreadable');
    expect(refusal.publicMessage).toMatch(sentence);
  });

  test.each([
    { what: 'more bytes than may be sent', limits: { archiveBytes: 400 }, sentence: /more than 400 bytes/ },
    { what: 'more bytes inside than may come out', limits: { unpackedBytes: 1_000 }, sentence: /unpacks to more than 1,000 bytes/ },
    { what: 'more entries than are read', limits: { entries: 2 }, sentence: /entries/ },
    { what: 'more metadata than is kept', limits: { keptBytes: 100 }, sentence: /metadata and headers/ },
  ])('with $what is too large', async ({ limits, sentence }) => {
    const refusal = await refusalOf(open(await make([...repository, { name: 'tiny/random.bin', content: createHash('sha512').update('x').digest() }]), limits));

    expect(refusal.code).toBe('request.too_large');
    expect(refusal.publicMessage).toMatch(sentence);
  });

  test('that is cut in the middle is refused', async () => {
    const whole = await make(repository);
    const refusal = await refusalOf(open(whole.subarray(0, Math.floor(whole.byteLength * 0.4))));

    expect(refusal.code).toBe('artifact.unreadable');
  });

  test('with a header that lies is refused before it is read', async () => {
    const refusal = await refusalOf(open(await make([{ name: 'model.safetensors', content: Buffer.concat([withLength('{}', 2n ** 63n), new Uint8Array(100_000)]) }])));

    expect(refusal.publicMessage).toMatch(/^model.safetensors: .*absurd.*9223372036854775808/);
  });

  test('inside another archive is not opened', async () => {
    const opened = await open(await make([...repository, { name: 'tiny/inner.zip', content: zipFile([{ name: '../../evil', content: 'x' }]) }]));

    expect([...opened.files.keys()]).toContain('inner.zip');
    expect((await importPublication(opened, 'auto')).suggestedModel).toBe('tiny');
  });
});

describe('a bomb', () => {
  test('of zeros in a zip is refused while it is unpacked, by how much it grows', async () => {
    const bomb = zipFile([{ name: 'config.json', content: new Uint8Array(40_000_000) }]);
    const refusal = await refusalOf(open(bomb, { ratioFromBytes: 1_000_000 }));

    expect(bomb.byteLength).toBeLessThan(100_000);
    expect(refusal).toMatchObject({ code: 'request.too_large', publicMessage: expect.stringContaining('200 times its size') as string });
  });

  test('that says it is small is refused', async () => {
    const refusal = await refusalOf(open(zipFile([{ name: 'config.json', content: new Uint8Array(1_000_000), claimedBytes: 100 }])));

    expect(refusal.code).toBe('artifact.unreadable');
  });

  test('of zeros in a tar.gz is refused', async () => {
    const refusal = await refusalOf(open(await tarGzFile([{ name: 'a.bin', content: new Uint8Array(40_000_000) }]), { ratioFromBytes: 1_000_000 }));

    expect(refusal).toMatchObject({ code: 'request.too_large' });
  });

  test('of headers without files is refused', async () => {
    const refusal = await refusalOf(open(gzipSync(new Uint8Array(20_000_000))));

    expect(refusal.code).toMatch(/request.too_large|artifact.unreadable/);
  });

  test('that hides gigabytes in the name of an entry is refused', async () => {
    const header = Buffer.alloc(512);
    header.write('././@PaxHeader', 0);
    header.write('0000644\0', 100);
    header.write('77777777777\0', 124);
    header.write('x', 156);
    header.write('ustar\x0000', 257);
    header.write('        ', 148);
    header.write(`${header.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `, 148);
    const refusal = await refusalOf(open(Buffer.concat([header, Buffer.alloc(8_000_000, 'a')])));

    expect(refusal).toMatchObject({ code: 'artifact.unreadable', publicMessage: expect.stringMatching(/header of more than a megabyte|Header exceeds/) as string });
  });
});

test.each([
  ['nothing', new Uint8Array()],
  ['a text', new TextEncoder().encode('hello world, this is no archive at all')],
  ['the beginning of a zip', new TextEncoder().encode('PK\u0003\u0004 and then nothing')],
])('%s is no archive', async (_, bytes) => {
  expect((await refusalOf(open(bytes))).code).toBe('artifact.unreadable');
});

test('a zip for which there is no room is too large, and a tar needs none', async () => {
  const nowhere = join(temporaryFolder, 'none');

  expect((await openArchive(inPieces(await tarFile(repository)), { temporaryFolder: nowhere })).files.size).toBe(3);
  await expect(openArchive(inPieces(zipFile(repository)), { temporaryFolder: '/proc' })).rejects.toBeInstanceOf(Error);
});

test('an upload whose sender goes away leaves nothing', async () => {
  const gone = new AbortController();
  async function* pieces() {
    yield zipFile(repository).subarray(0, 600);
    gone.abort(new AppError('request.timeout', 'gone'));
    yield new Uint8Array(10);
  }

  expect((await refusalOf(openArchive(pieces(), { temporaryFolder, signal: gone.signal }))).code).toBe('request.timeout');
});
