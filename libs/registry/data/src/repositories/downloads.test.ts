import { createPool } from '@weighbridge/shared-data';
import type { DownloadId } from '@weighbridge/shared-domain';
import { createTestDatabase } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openRegistry } from '../open-registry.ts';
import type { Registry } from '../open-registry.ts';
import type { DownloadRecord } from '../records.ts';
import type { DownloadRepository } from './downloads.ts';

let database: TestDatabase;
let pool: pg.Pool;
let registry: Registry;
let downloads: DownloadRepository;
beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['registry'] });
  pool = createPool({ connectionString: database.urlFor('registry'), schema: 'registry', applicationName: 'test' });
  registry = openRegistry(pool);
  downloads = registry.downloads;
});
afterAll(async () => {
  await registry.close();
  await pool.end();
  await database.close();
});
beforeEach(() => pool.query('delete from download'));

const at = (second: number) => new Date(Date.UTC(2026, 10, 24, 18, 0, second));
const id = (n: number) => `dl_${n.toString(16).padStart(32, '0')}` as DownloadId;
const files: DownloadRecord['files'] = [{ fileName: 'a', bytes: 10, downloadedBytes: 0, expectedSha256: null, expectedBlobId: null, sha256: null }];
const download = (n: number, folder = `f${n}`): DownloadRecord => ({ id: id(n), repo: 'a/b', revision: 'main', commit: 'c'.repeat(40), folder, state: 'queued', files, bytes: 10, downloadedBytes: 0, error: null, epoch: 0, createdAt: at(0), finishedAt: null });

describe('a download', () => {
  test('is held by one at a time, the oldest first', async () => {
    await downloads.addDownload(download(1));
    await downloads.addDownload(download(2));

    const claimed = await Promise.all(Array.from({ length: 4 }, () => downloads.claimDownload(at(1), at(60))));

    expect(claimed.flatMap((one) => one?.id ?? []).toSorted()).toEqual([id(1), id(2)]);
    expect(await downloads.claimDownload(at(59), at(120))).toBeNull();
  });

  test('whose holder is gone goes to another, and the first can write no more', async () => {
    await downloads.addDownload(download(1));
    const first = await downloads.claimDownload(at(1), at(30));
    const second = await downloads.claimDownload(at(31), at(60));

    expect([first?.epoch, second?.epoch]).toEqual([1, 2]);
    expect(await downloads.keepDownload(id(1), 1, { files, downloadedBytes: 9 }, at(90))).toBe(false);
    expect(await downloads.finishDownload(id(1), 1, { files, downloadedBytes: 10, state: 'succeeded', error: null }, at(40))).toBe(false);
    expect(await downloads.keepDownload(id(1), 2, { files, downloadedBytes: 5 }, at(90))).toBe(true);
    expect(await downloads.findDownload(id(1))).toMatchObject({ state: 'running', downloadedBytes: 5 });
  });

  test('that is let go is free at once', async () => {
    await downloads.addDownload(download(1));
    await downloads.claimDownload(at(1), at(60));
    await downloads.releaseDownload(id(1), 1, { files, downloadedBytes: 3 });

    expect(await downloads.claimDownload(at(2), at(60))).toMatchObject({ epoch: 2, downloadedBytes: 3 });
  });

  test('that is cancelled or finished stays so', async () => {
    await downloads.addDownload(download(1));
    await downloads.claimDownload(at(1), at(60));
    const cancelled = await downloads.cancelDownload(id(1), at(2));

    expect(cancelled).toMatchObject({ state: 'cancelled', finishedAt: at(2) });
    expect(await downloads.finishDownload(id(1), 1, { files, downloadedBytes: 10, state: 'succeeded', error: null }, at(3))).toBe(false);
    expect(await downloads.cancelDownload(id(1), at(4))).toEqual(cancelled);
    expect(await downloads.cancelDownload(id(9), at(4))).toBeNull();
  });

  test('has its folder for itself until it is finished', async () => {
    await downloads.addDownload(download(1, 'same'));

    await expect(downloads.addDownload(download(2, 'same'))).rejects.toThrow();
    expect((await downloads.findUnfinishedDownload('same'))?.id).toBe(id(1));
    await downloads.cancelDownload(id(1), at(1));
    await downloads.addDownload(download(2, 'same'));
    expect((await downloads.listDownloads({ limit: 1, after: undefined })).map((one) => one.id)).toEqual([id(2), id(1)]);
  });
});
