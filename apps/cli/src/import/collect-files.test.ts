import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { collectFiles, collectLimits } from './collect-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weighbridge-import-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
const named = async () => (await collectFiles(folder)).map(({ name }) => name);

/** A safetensors file of one tensor with that many zeros. */
function safetensors(bytes: number): { readonly header: Buffer; readonly whole: Buffer } {
  const json = Buffer.from(JSON.stringify({ weight: { dtype: 'U8', shape: [bytes], data_offsets: [0, bytes] } }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.byteLength));
  const header = Buffer.concat([length, json]);
  return { header, whole: Buffer.concat([header, Buffer.alloc(bytes)]) };
}

describe('collectFiles', () => {
  test('takes what an importer reads, whole, and passes over what it does not', async () => {
    for (const name of ['config.json', 'README.md', 'LICENSE', 'NOTICE.txt', 'sub/USE_POLICY.md', 'tokenizer.json', 'train.py', '.git/HEAD', 'node_modules/x/README.md', 'picture.png']) put(name, name);

    expect(await named()).toEqual(['LICENSE', 'NOTICE.txt', 'README.md', 'config.json', 'sub/USE_POLICY.md']);
    expect(await collectFiles(join(folder, 'LICENSE'))).toEqual([{ name: 'LICENSE', contentBase64: Buffer.from('LICENSE').toString('base64') }]);
  });

  test('of weights takes the header, with size and digest of the whole file', async () => {
    const { header, whole } = safetensors(300_000);
    put('model.safetensors', whole);
    const told: string[] = [];

    const files = await collectFiles(folder, (name, bytes) => told.push(`${name} ${bytes}`));

    expect(files).toEqual([{ name: 'model.safetensors', contentBase64: header.toString('base64'), bytes: whole.byteLength, sha256: sha256(whole) }]);
    expect(told).toEqual([`model.safetensors ${whole.byteLength}`]);
  });

  test('of a pickle takes nothing but size and digest', async () => {
    const content = Buffer.from('whatever it would run');
    put('pytorch_model.bin', content);

    expect(await collectFiles(folder)).toEqual([{ name: 'pytorch_model.bin', contentBase64: '', bytes: content.byteLength, sha256: sha256(content) }]);
  });

  test('follows links, as stores of models have them, and not in circles', async () => {
    put('blobs/abc', 'a readme');
    symlinkSync(join(folder, 'blobs/abc'), join(folder, 'README.md'));
    symlinkSync(folder, join(folder, 'again'));

    expect(await named()).toEqual(['README.md']);
  });

  test.each([
    ['a folder that is not there', () => join(folder, 'absent'), /cannot be read/],
    ['an empty folder', () => folder, /no file that says what model/],
    ['a safetensors file that lies about its length', () => put('model.safetensors', Buffer.from([255, 255, 255, 255, 255, 255, 255, 127])), /^model\.safetensors: .*absurd/],
    ['a GGUF file that ends in its header', () => put('model.gguf', Buffer.concat([Buffer.from('GGUF'), Buffer.from([3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0])])), /^model\.gguf: /],
    [
      'a licence that goes on for ever',
      () => {
        const path = put('LICENSE', '');
        truncateSync(path, collectLimits.textBytes + 1);
        return path;
      },
      /is the most that is read/,
    ],
    [
      'more files than the registry takes',
      () => {
        for (let count = 0; count <= collectLimits.files; count += 1) put(`${count}.json`, '{}');
        return folder;
      },
      /501 files/,
    ],
  ])('refuses %s with one line', async (_, make, message) => {
    await expect(collectFiles(make())).rejects.toThrow(message);
  });
});
