import { randomUUID } from 'node:crypto';
import { createPool } from '@weighbridge/shared-data';
import type { BatchId, FileId, ProjectId } from '@weighbridge/shared-domain';
import { idFromUuid } from '@weighbridge/shared-domain';
import { createTestDatabase } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBatchStore } from './batch-store.ts';
import { createFactsStore } from './facts-store.ts';
import { createFileStore } from './file-store.ts';
import { createIdempotencyStore } from './idempotency-store.ts';
import type { IdempotencyStart } from './idempotency-store.ts';

let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['inference'] });
  pool = createPool({ connectionString: database.urlFor('inference'), schema: 'inference', applicationName: 'test' });
});
afterAll(async () => {
  await pool.end();
  await database.close();
});

const idOf = <T extends string>(kind: 'file' | 'project' | 'batch') => idFromUuid(kind, randomUUID()) as T;
const collect = async (chunks: AsyncIterable<Buffer>) => {
  const collected: Buffer[] = [];
  for await (const chunk of chunks) collected.push(chunk);
  return Buffer.concat(collected);
};

describe('files', () => {
  const newFile = (projectId = idOf<ProjectId>('project')) => ({ id: idOf<FileId>('file'), projectId, filename: 'lines.jsonl' });
  const complete = (bytes: number, expiresAt: Date | null = null) => ({ bytes, sha256: 'ab', purpose: 'batch', expiresAt });

  test('are read back byte by byte, in order, once they are complete', async () => {
    const store = createFileStore(pool);
    const file = newFile();
    await store.startFile(file);
    await store.appendChunk(file.id, 0, Buffer.from([0, 255, 10]));
    await store.appendChunk(file.id, 1, Buffer.from('zwei'));

    expect(await store.findFile(file.id, file.projectId)).toBeNull();
    await store.completeFile(file.id, complete(7));

    expect(await store.findFile(file.id, file.projectId)).toMatchObject({ bytes: 7, sha256: 'ab', filename: 'lines.jsonl' });
    expect(await collect(store.readFile(file.id))).toEqual(Buffer.from([0, 255, 10, ...Buffer.from('zwei')]));
  });

  test('of another project are neither found, listed nor deleted', async () => {
    const store = createFileStore(pool);
    const file = newFile();
    await store.startFile(file);
    await store.completeFile(file.id, complete(0));
    const stranger = idOf<ProjectId>('project');

    expect(await store.findFile(file.id, stranger)).toBeNull();
    expect(await store.listFiles({ projectId: stranger, limit: 10 })).toEqual([]);
    expect(await store.deleteFile(file.id, stranger)).toBe(false);
    expect(await store.deleteFile(file.id, file.projectId)).toBe(true);
  });

  test('that expired or were never completed are purged with their chunks', async () => {
    const store = createFileStore(pool);
    const [broken, expired, kept] = [newFile(), newFile(), newFile()];
    for (const file of [broken, expired, kept]) {
      await store.startFile(file);
      await store.appendChunk(file.id, 0, Buffer.from('x'));
    }
    await store.completeFile(expired.id, complete(1, new Date(Date.now() - 1_000)));
    await store.completeFile(kept.id, complete(1));
    await pool.query(`update file set created_at = now() - interval '2 days' where id = $1`, [broken.id]);

    expect(await store.findFile(expired.id, expired.projectId)).toBeNull();
    expect(await store.purgeFiles(100)).toBe(2);
    expect((await collect(store.readFile(kept.id))).toString()).toBe('x');
    expect(await collect(store.readFile(broken.id))).toHaveLength(0);
  });
});

describe('batches', () => {
  const newBatch = (projectId = idOf<ProjectId>('project')) => ({
    id: idOf<BatchId>('batch'),
    projectId,
    keyId: null,
    useCaseId: null,
    endpoint: '/v1/chat/completions',
    inputFileId: idOf<FileId>('file'),
    completionWindow: '24h',
    metadata: { night: 'yes' },
    expiresAt: new Date(Date.now() + 3_600_000),
  });

  test('move only from the states that are named, and each state is dated', async () => {
    const store = createBatchStore(pool);
    const batch = newBatch();
    await store.createBatch(batch);

    const started = await store.moveBatch({ id: batch.id, from: ['validating'], to: 'in_progress' });
    const again = await store.moveBatch({ id: batch.id, from: ['validating'], to: 'in_progress' });
    const done = await store.moveBatch({ id: batch.id, from: ['in_progress'], to: 'finalizing', outputFileId: batch.inputFileId });

    expect(started).toMatchObject({ status: 'in_progress', metadata: { night: 'yes' }, total: 0, inProgressAt: expect.any(Date) });
    expect(again).toBeNull();
    expect(done).toMatchObject({ status: 'finalizing', outputFileId: batch.inputFileId, errorFileId: null, completedAt: null });
    expect(await store.findBatch(batch.id, idOf('project'))).toBeNull();
  });

  test('are advanced by one at a time, and by another once the lease is over', async () => {
    const store = createBatchStore(pool);
    const batch = newBatch();
    await store.createBatch(batch);

    const first = await Promise.all(['a', 'b', 'c'].map((owner) => store.leaseBatch(batch.id, owner, 60_000)));
    expect(first.filter(Boolean)).toHaveLength(1);
    expect(await store.listOpenBatches(100)).not.toContain(batch.id);
    await pool.query(`update batch set lease_until = now() - interval '1 second' where id = $1`, [batch.id]);
    expect(await store.listOpenBatches(100)).toContain(batch.id);
    expect(await store.leaseBatch(batch.id, 'd', 60_000)).toBe(true);
    await store.releaseBatch(batch.id, 'd');
    expect(await store.leaseBatch(batch.id, 'e', 60_000)).toBe(true);
  });
});

describe('idempotency', () => {
  const start = (more: Partial<IdempotencyStart> = {}): IdempotencyStart => ({
    scope: { projectId: 'proj_1' as ProjectId, keyId: 'key_1', path: '/v1/jobs', key: randomUUID() },
    fingerprint: 'f1',
    resourceId: randomUUID(),
    leaseMs: 60_000,
    ttlMs: 3_600_000,
    ...more,
  });

  test('one of many equal requests goes on, the others learn that it is under way, and later ones get its reply', async () => {
    const store = createIdempotencyStore(pool);
    const request = start();

    const outcomes = await Promise.all(Array.from({ length: 10 }, () => store.begin(request)));
    await store.finish(request.scope, { status: 202, headers: { 'content-type': 'application/json' }, body: Buffer.from('{}') });

    expect(outcomes.map(({ state }) => state).toSorted()).toEqual([...Array.from({ length: 9 }, () => 'running'), 'started']);
    expect(await store.begin(request)).toEqual({ state: 'done', reply: { status: 202, headers: { 'content-type': 'application/json' }, body: Buffer.from('{}') } });
  });

  test('the same key with another request is refused, in another project it is another key', async () => {
    const store = createIdempotencyStore(pool);
    const request = start();
    await store.begin(request);

    expect(await store.begin({ ...request, fingerprint: 'f2' })).toEqual({ state: 'reused' });
    expect(await store.begin({ ...request, scope: { ...request.scope, projectId: 'proj_2' as ProjectId } })).toMatchObject({ state: 'started', resumed: false });
  });

  test('a request that was lost is resumed under its first resource id; one that did nothing begins anew', async () => {
    const store = createIdempotencyStore(pool);
    const lost = start({ leaseMs: -1 });
    await store.begin(lost);
    const abandoned = start();
    await store.begin(abandoned);
    await store.abandon(abandoned.scope);

    expect(await store.begin({ ...lost, resourceId: 'other' })).toEqual({ state: 'started', resourceId: lost.resourceId, resumed: true });
    expect(await store.begin({ ...abandoned, resourceId: 'other' })).toEqual({ state: 'started', resourceId: 'other', resumed: false });
  });

  test('a record whose time is over stands for nothing, and is purged', async () => {
    const store = createIdempotencyStore(pool);
    const old = start({ ttlMs: -1 });
    await store.begin(old);

    expect(await store.begin({ ...old, fingerprint: 'f2', resourceId: 'other' })).toMatchObject({ state: 'started', resourceId: 'other' });
    expect(await store.purge(100)).toBe(1);
  });
});

test('facts of other services survive, newest only', async () => {
  const store = createFactsStore(pool);
  expect(await store.loadFacts('registry')).toBeNull();
  await store.saveFacts('registry', 1, { revision: 1 });
  await store.saveFacts('registry', 2, { revision: 2 });
  expect(await store.loadFacts('registry')).toEqual({ revision: 2 });
});
