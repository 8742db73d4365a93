import { defineQueues } from '@weighbridge/shared-contracts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { createBudgetHolds } from '../budget-holds/index.ts';
import { createLiveChannel } from '../live/index.ts';
import { homeKinds, startTestHome } from '../test-homes.ts';
import type { RestartableServer } from '../test-homes.ts';
import { createProducer, defineWorker, migrateQueueHome, openQueueHome } from './index.ts';
import type { FailedTry } from './index.ts';

const queues = defineQueues({ work: { payload: z.object({ v: z.literal(1) }), attempts: 1, backoffMs: 1, timeoutMs: 30_000 } });
const logger = { warn: () => {}, error: () => {} };
const soon = { timeout: 20_000, interval: 50 };

describe.each(homeKinds)('while %s is away', { timeout: 40_000 }, (kind) => {
  let server: RestartableServer;
  const closing: (() => Promise<unknown>)[] = [];
  const opened = <T extends { close(): Promise<unknown> }>(it: T): T => {
    closing.unshift(() => it.close());
    return it;
  };

  beforeEach(async () => {
    server = await startTestHome(kind);
    await migrateQueueHome(server.url);
  }, 30_000);
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
    await server.stop();
  });

  test('a process that starts hears so at once, and works when its home is there', async () => {
    await server.pause();
    const home = opened(openQueueHome(server.url, { name: 'early' }));
    const producer = opened(createProducer(home, queues));
    const live = opened(createLiveChannel(home));
    const consumed = Promise.withResolvers<void>();
    opened(defineWorker(home, queues, { work: async () => consumed.resolve() }, { logger }));
    const heard = Promise.withResolvers<unknown>();
    const subscribed = live.subscribe('wake', heard.resolve);

    await expect(home.ping()).rejects.toThrow();
    await expect(producer.add('work', { v: 1 })).rejects.toThrow();
    await expect(createBudgetHolds(home).status(['a'])).rejects.toMatchObject({ code: 'budget.unavailable' });
    await server.resume();

    await vi.waitFor(() => producer.add('work', { v: 1 }), soon);
    await subscribed;
    await live.publish('wake', 'up');
    expect(await heard.promise).toBe('up');
    await consumed.promise;
  });

  test('a message that is being consumed is finished when the home is back, and those after it are consumed', async () => {
    const home = opened(openQueueHome(server.url, { name: 'through' }));
    const producer = opened(createProducer(home, queues));
    const started = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const seen: string[] = [];
    const failed: FailedTry[] = [];
    const consume = async (_: unknown, { messageId }: { messageId: string }) => {
      seen.push(messageId);
      started.resolve();
      await finish.promise;
    };
    opened(defineWorker(home, queues, { work: consume }, { logger, lockMs: 60_000, onFailedTry: (failure) => failed.push(failure) }));
    await producer.add('work', { v: 1 }, { id: 'first' });
    await started.promise;

    await server.pause();
    finish.resolve();
    await expect(producer.add('work', { v: 1 })).rejects.toThrow();
    await server.resume();
    await vi.waitFor(() => producer.add('work', { v: 1 }, { id: 'second' }), soon);

    await vi.waitFor(async () => expect(await producer.counts('work')).toMatchObject({ waiting: 0, active: 0, completed: 2, failed: 0 }), soon);
    expect(seen).toEqual(['first', 'second']);
    expect(failed).toEqual([]);
  });
});
