import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findRunning, openDataDirectory } from './data-directory.ts';

let path: string;
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'weighbridge-data-'));
});
afterEach(() => rm(path, { recursive: true }));

describe('the data directory', () => {
  test('offers the key that it made until a start was ready, and keeps it', () => {
    const failed = openDataDirectory(path, undefined);
    failed.release();
    const ready = openDataDirectory(path, undefined);
    ready.noteRunning('http://127.0.0.1:1');
    ready.release();
    const later = openDataDirectory(path, undefined);
    later.release();

    expect([failed.fresh, ready.fresh, later.fresh]).toEqual([true, true, false]);
    expect(new Set([failed, ready, later].map(({ secrets }) => secrets.adminKey)).size).toBe(1);
  });

  test('keeps its secrets for their owner, and a key from the environment out of them', async () => {
    openDataDirectory(path, undefined).release();
    const given = openDataDirectory(path, `wb_${'x'.repeat(40)}`);
    given.noteRunning('http://127.0.0.1:1');
    given.release();
    const made = openDataDirectory(path, undefined);
    made.release();

    expect(given.secrets.adminKey).toBe(`wb_${'x'.repeat(40)}`);
    expect(made.secrets.adminKey).not.toBe(given.secrets.adminKey);
    expect((await stat(join(path, 'secrets.json'))).mode & 0o777).toBe(0o600);
  });

  test('is for one process at a time; the note of one that is gone does not count', async () => {
    const held = openDataDirectory(path, undefined);
    held.noteRunning('http://127.0.0.1:1');

    expect(() => openDataDirectory(path, undefined)).toThrow(`in use by process ${process.pid}`);
    expect(findRunning(path)).toMatchObject({ origin: 'http://127.0.0.1:1', adminKey: held.secrets.adminKey });
    held.release();
    expect(findRunning(path)).toBeNull();
    await writeFile(join(path, 'lock'), '');
    openDataDirectory(path, undefined).release();
  });

  test.each([
    { what: 'a database without secrets', damage: () => mkdir(join(path, 'postgres')) },
    { what: 'secrets that are cut', damage: () => writeFile(join(path, 'secrets.json'), '{"secretKey": "') },
    { what: 'secrets of another shape', damage: () => writeFile(join(path, 'secrets.json'), '{}') },
  ])('with $what is damaged, and is left as it was', async ({ damage }) => {
    await damage();

    expect(() => openDataDirectory(path, undefined)).toThrow('is damaged');
    await expect(stat(join(path, 'lock'))).rejects.toThrow('ENOENT');
  });
});
