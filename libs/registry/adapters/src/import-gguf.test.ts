import { copyFile, mkdir, mkdtemp, open, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImportDraft } from '@weighbridge/registry-contracts';
import { modelCard, readGgufHeader, GgufError } from '@weighbridge/registry-domain';
import { AppError } from '@weighbridge/shared-domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importGguf } from './import-gguf.ts';

const models = join(import.meta.dirname, '../../../../models');

describe('importGguf: the models that come with the product', () => {
  test.each([
    { model: 'abacus-nano', license: 'Apache-2.0', parameters: 244_288, quantization: 'F16', bytes: 504_992, layers: 4, sha256: '9386476bbb50bd6bf310ce0dbf87bb12b3759473ce11837f2339c3a1f3bda813' },
    { model: 'abacus-base', license: 'Apache-2.0', parameters: 2_748_864, quantization: 'Q8_0', bytes: 2_944_320, layers: 6, sha256: '2d0e20cae8a1b42d8841fb09f96a9efaa265f1e0c8068cb77460c92edeb27731' },
  ])('$model: $parameters parameters under $license', async ({ model, license, parameters, quantization, bytes, layers, sha256 }) => {
    const draft = await importGguf({ root: models, path: `${model}.gguf` });

    expect(ImportDraft.parse(draft)).toEqual(draft);
    expect(draft).toMatchObject({ suggestedModel: model, licenseId: license, findings: [] });
    expect(draft.version).toMatchObject({
      version: '1.0.0',
      architecture: { modelType: 'llama', family: 'dense', layers, contextLength: 256, vocabSize: 480, tiedEmbeddings: true, parametersTotal: parameters, parametersActive: parameters },
      artifacts: [{ fileName: `${model}.gguf`, format: 'gguf', bytes, sha256, quantization }],
    });
    expect(draft.version.provenance).toContainEqual({ field: 'license', value: 'apache-2.0', readFrom: 'gguf:general.license' });
  });

  test('abacus-mini: the licence is "other", and its name decides', async () => {
    const draft = await importGguf({ root: models, path: 'abacus-mini.gguf' });

    expect(draft).toMatchObject({ licenseId: 'LicenseRef-BigScience-OpenRAIL-M', findings: [] });
    expect(draft.version).toMatchObject({
      license: 'LicenseRef-BigScience-OpenRAIL-M',
      architecture: { parametersTotal: 1_066_368 },
      artifacts: [{ sha256: 'f8246b5b35adccfdd597cdd3cc21a3f8622df7e4ffa1ebe0cf06ad185eede719', quantization: 'F16' }],
    });
    expect(draft.version.provenance).toContainEqual({ field: 'license', value: 'other', readFrom: 'gguf:general.license' });
    expect(draft.version.provenance).toContainEqual({ field: 'licenseName', value: 'openrail-m', readFrom: 'gguf:general.license.name' });
  });

  test.each(['abacus-nano', 'abacus-mini', 'abacus-base'])('%s: the parameters counted from the shape are those in the file', async (model) => {
    const { version } = await importGguf({ root: models, path: `${model}.gguf` });
    const { architecture } = version;

    expect(architecture === null ? null : modelCard(architecture)).toMatchObject({ parametersTotal: architecture?.parametersTotal, parametersFrom: 'shape', findings: [] });
  });
});

describe('importGguf: what it refuses', () => {
  let home: string;
  let root: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'weighbridge-import-'));
    root = join(home, 'imports');
    await mkdir(join(root, 'folder'), { recursive: true });
    const nano = await readFile(join(models, 'abacus-nano.gguf'));
    await writeFile(join(home, 'secret.gguf'), nano);
    await writeFile(join(root, 'text.gguf'), 'hello, I am no model');
    await writeFile(join(root, 'empty.gguf'), '');
    await writeFile(join(root, 'header-cut.gguf'), nano.subarray(0, 1_000));
    await writeFile(join(root, 'data-cut.gguf'), nano.subarray(0, nano.byteLength - 1));
    await symlink(join(home, 'secret.gguf'), join(root, 'link-out.gguf'));
    await symlink(home, join(root, 'folder-out'));
    await writeFile(join(root, 'inside.gguf'), nano);
    await symlink('inside.gguf', join(root, 'link-in.gguf'));
  });
  afterAll(() => rm(home, { recursive: true }));

  test.each([
    ['a path that climbs out', '../secret.gguf'],
    ['a path that climbs out later', 'folder/../../secret.gguf'],
    ['an absolute path', '/etc/passwd'],
    ['a link to a file outside', 'link-out.gguf'],
    ['a linked folder outside', 'folder-out/secret.gguf'],
    ['the same refusal for what does not exist outside', '../nothing.gguf'],
    ['an empty path', ''],
    ['a path with a zero byte', 'a\0.gguf'],
    ['a path with backslashes', '..\\secret.gguf'],
  ])('%s is an invalid request', async (_, path) => {
    const refusal = await importGguf({ root, path }).catch((error: unknown) => error);

    expect(refusal).toBeInstanceOf(AppError);
    expect(refusal).toMatchObject({ code: 'request.invalid', faults: [{ pointer: '/body/path' }] });
  });

  test.each([
    ['nothing.gguf', 'there is no such file'],
    ['folder', 'this is a folder'],
    ['text.gguf', 'not a GGUF file: it begins with 68 65 6c 6c ("hell")'],
    ['empty.gguf', 'truncated'],
    ['header-cut.gguf', 'truncated'],
    ['data-cut.gguf', 'the file ends too early: it has 504991 bytes'],
  ])('%s is unreadable, and the sentence says why without naming the root', async (path, sentence) => {
    const refusal = await importGguf({ root, path }).catch((error: unknown) => error);

    if (!(refusal instanceof AppError)) throw new Error('expected a refusal');
    expect(refusal.code).toBe('artifact.unreadable');
    expect(refusal.publicMessage).toContain(sentence);
    expect(refusal.publicMessage).not.toContain(home);
  });

  test('a file in a folder is named with its folder: that is where a worker finds it', async () => {
    await mkdir(join(root, 'nested', 'deep'), { recursive: true });
    await copyFile(join(models, 'abacus-nano.gguf'), join(root, 'nested', 'deep', 'nano.gguf'));

    expect((await importGguf({ root, path: './nested/deep/nano.gguf' })).version.artifacts).toMatchObject([{ fileName: 'nested/deep/nano.gguf' }]);
  });

  test('a link that stays inside is followed', async () => {
    expect((await importGguf({ root, path: 'link-in.gguf' })).suggestedModel).toBe('abacus-nano');
  });

  test('a missing import folder is the fault of the installation', async () => {
    await expect(importGguf({ root: join(home, 'none'), path: 'a.gguf' })).rejects.toMatchObject({ code: 'service.unavailable' });
  });
});

describe('readGgufHeader on a real header', () => {
  test('three thousand mutations end in a value or a GgufError', async () => {
    const file = await open(join(models, 'abacus-mini.gguf'));
    const bytes = new Uint8Array(24_576);
    await file.read(bytes, 0, bytes.byteLength, 0);
    await file.close();
    let state = 7;
    const random = (below: number) => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) % below;

    for (let round = 0; round < 3_000; round += 1) {
      const broken = bytes.slice(0, random(10) === 0 ? random(bytes.byteLength) : bytes.byteLength);
      for (let flip = 0; flip <= random(6); flip += 1) if (broken.byteLength > 0) broken[random(broken.byteLength)] = random(4) === 0 ? 0xff : random(256);
      try {
        expect(['header', 'need']).toContain(readGgufHeader(broken).kind);
      } catch (error) {
        expect(error).toBeInstanceOf(GgufError);
      }
    }
  }, 30_000);
});
