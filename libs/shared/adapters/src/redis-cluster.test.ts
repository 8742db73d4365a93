import { defineQueues } from '@weighbridge/shared-contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createBudgetHolds } from './budget-holds/index.ts';
import { createDistinctCounts } from './distinct-counts/index.ts';
import { createLiveChannel } from './live/index.ts';
import { createProducer, defineWorker, openQueueHome } from './queue/index.ts';
import type { QueueHome } from './queue/index.ts';
import { createRateLimiter } from './rate-limit/index.ts';
import { sha256Hex } from './secrets.ts';
import { startTestRedisCluster } from './test-homes.ts';
import type { TestServer } from './test-homes.ts';

const queues = defineQueues({
  inference: { payload: z.object({ v: z.literal(1), n: z.number() }), attempts: 1, backoffMs: 1, timeoutMs: 1_000, suffixed: true },
});
const logger = { warn: () => {}, error: () => {} };

describe('a Redis Cluster as home', () => {
  let server: TestServer;
  let home: QueueHome;

  beforeAll(async () => {
    server = await startTestRedisCluster();
    home = openQueueHome(server.url, { name: 'test' });
    await home.ping();
  }, 60_000);
  afterAll(async () => {
    await home.close();
    await server.stop();
  });

  test('queues on different nodes are filled, singly and in bulk, and consumed', async () => {
    const pools = ['a', 'b', 'c', 'd', 'e'];
    const producer = createProducer(home, queues);
    const seen: string[] = [];
    const all = Promise.withResolvers<void>();
    const consume = async ({ n }: { n: number }, { suffix }: { suffix: string | undefined }) => {
      if (seen.push(`${suffix}${n}`) === 15) all.resolve();
    };
    const worker = defineWorker(home, queues, { inference: consume }, { logger, suffixes: { inference: pools } });

    for (const suffix of pools) {
      await producer.add('inference', { v: 1, n: 1 }, { suffix, priority: 1 });
      await producer.addBulk('inference', [{ payload: { v: 1, n: 2 } }, { payload: { v: 1, n: 3 } }], { suffix });
    }
    await all.promise;

    expect(seen.toSorted()).toEqual(pools.flatMap((pool) => [1, 2, 3].map((n) => `${pool}${n}`)));
    await worker.close();
    await producer.close();
  });

  test('a live message arrives', async () => {
    const live = createLiveChannel(home);
    const received = Promise.withResolvers<unknown>();
    await live.subscribe('gateway.1', received.resolve);

    await live.publish('gateway.1', { text: 'hello' });

    expect(await received.promise).toEqual({ text: 'hello' });
    await live.close();
  });

  test('holds at once never pass a hard limit', async () => {
    const holds = createBudgetHolds(home);
    await holds.configure(['one', 'two'].map((accountId) => ({ accountId, kind: 'hard', limitPicoUsd: 10n, spentPicoUsd: 0n })));
    const request = { owner: 'test', amountPicoUsd: 1n, accountIds: ['one', 'two'], context: '{}', ttlMs: 1_000 };

    const outcomes = await Promise.all(Array.from({ length: 50 }, (_, index) => holds.hold({ ...request, holdId: `${index}` })));

    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(10);
    expect(await holds.outstanding()).toEqual({ holds: 10, amountPicoUsd: 10n });
  });

  test('members are counted together over several sketches', async () => {
    const counts = createDistinctCounts(home, { name: 'readers', keepDays: 1 });
    const members = ['a', 'b', 'c'].map((word) => sha256Hex(word));
    await counts.add([{ period: '1', series: 'x', members }, { period: '1', series: 'y', members: members.slice(1) }]);

    expect([...(await counts.list('1'))]).toEqual([['x', 3], ['y', 2]]);
    expect(await counts.countTogether('1', ['x', 'y'])).toBe(3);
  });

  test('requests are counted', async () => {
    const limiter = createRateLimiter(home);

    expect(await limiter.consume('key', 1)).toMatchObject({ allowed: true });
    expect(await limiter.consume('key', 1)).toMatchObject({ allowed: false });
  });
});
