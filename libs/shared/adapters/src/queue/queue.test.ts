import { randomUUID } from 'node:crypto';
import { defineQueues } from '@weighbridge/shared-contracts';
import { AppError } from '@weighbridge/shared-domain';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { homeKinds, startTestHome } from '../test-homes.ts';
import type { TestServer } from '../test-homes.ts';
import { DeferredMessage, createProducer, defineWorker, migrateQueueHome, openQueueHome } from './index.ts';
import type { FailedTry, MessageContext, Producer, QueueHome, QueueWorker } from './index.ts';

const Payload = z.object({ v: z.literal(1), text: z.string() });
const queues = defineQueues({
  work: { payload: Payload, attempts: 3, backoffMs: 1, timeoutMs: 10_000 },
  hasty: { payload: Payload, attempts: 1, backoffMs: 1, timeoutMs: 20 },
  calls: { payload: Payload, attempts: 1, backoffMs: 1, timeoutMs: 10_000, keep: 'none', suffixed: true },
});
const message = (text: string) => ({ v: 1 as const, text });
const logger = { warn: () => {}, error: () => {} };

/** Collects values and resolves once there are `count` of them. */
function collector<T>(count: number) {
  const values: T[] = [];
  const { promise, resolve } = Promise.withResolvers<T[]>();
  return { values, done: promise, push: (value: T) => void (values.push(value) === count && resolve(values)) };
}

describe.each(homeKinds)('queues in %s', (kind) => {
  let server: TestServer;
  let home: QueueHome;
  let producer: Producer<typeof queues>;
  const workers: QueueWorker[] = [];
  const start = (worker: QueueWorker) => {
    workers.push(worker);
    return worker;
  };

  beforeAll(async () => {
    server = await startTestHome(kind);
    await Promise.all([migrateQueueHome(server.url), migrateQueueHome(server.url)]);
    home = openQueueHome(server.url, { name: 'test' });
    producer = createProducer(home, queues);
  }, 30_000);
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.close()));
    for (const queue of [producer.bullQueue('work'), producer.bullQueue('hasty'), producer.bullQueue('calls', { suffix: 'local' })])
      await queue.obliterate({ force: true });
  });
  afterAll(async () => {
    await producer.close();
    await home.close();
    await server.stop();
  });

  const work = (consume: (payload: z.infer<typeof Payload>, context: MessageContext) => Promise<unknown>, options: object = {}) =>
    start(defineWorker(home, { work: queues.work }, { work: consume }, { logger, ...options }));

  test('the home answers', async () => {
    await expect(home.ping()).resolves.toBeUndefined();
  });

  test('a message reaches its consumer, parsed, with its context', async () => {
    const seen = collector<{ text: string; context: MessageContext }>(1);
    work(async ({ text }, context) => seen.push({ text, context }));

    const id = await producer.add('work', message('hello'));

    const [first] = await seen.done;
    expect(first).toMatchObject({ text: 'hello', context: { messageId: id, attempt: 1, stalledCount: 0, lastAttempt: false, suffix: undefined } });
  });

  test('messages come by priority, those without one first, and in the order of their arrival inside one', async () => {
    await producer.addBulk('work', [
      { payload: message('low'), priority: 2_000_000 },
      { payload: message('high 1'), priority: 1 },
      { payload: message('middle'), priority: 1_000 },
    ]);
    await producer.add('work', message('high 2'), { priority: 1 });
    await producer.add('work', message('none'));
    const seen = collector<string>(5);

    work(async ({ text }) => seen.push(text));

    expect(await seen.done).toEqual(['none', 'high 1', 'high 2', 'middle', 'low']);
  });

  test('an id that is known is not added twice', async () => {
    await producer.add('work', message('one'), { id: 'job_1' });
    await producer.add('work', message('two'), { id: 'job_1' });
    await producer.addBulk('work', [{ payload: message('three'), id: 'job_1' }]);

    expect(await producer.counts('work')).toMatchObject({ waiting: 1 });
  });

  test('a deduplicated message is added once while it is not finished', async () => {
    await producer.add('work', message('one'), { deduplicationId: 'wake' });
    await producer.add('work', message('two'), { deduplicationId: 'wake' });

    expect(await producer.counts('work')).toMatchObject({ waiting: 1 });
  });

  test('a message can be removed unless a worker holds it', async () => {
    const started = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    work(() => (started.resolve(), finish.promise));
    const id = await producer.add('work', message('x'));
    await started.promise;

    expect(await producer.remove('work', id)).toBe(false);
    expect(await producer.remove('work', 'unknown')).toBe(true);
    finish.resolve();
  });

  test('a delayed message waits, and can be removed', async () => {
    const id = await producer.add('work', message('later'), { delayMs: 60_000 });
    expect(await producer.counts('work')).toMatchObject({ waiting: 0, delayed: 1 });

    expect(await producer.remove('work', id)).toBe(true);
    expect(await producer.counts('work')).toMatchObject({ delayed: 0 });
  });

  test('a payload that does not parse fails for good at once, is never consumed, and stays visible', async () => {
    const failed = collector<FailedTry>(2);
    const bad = { v: 1, text: 5 } as never;
    start(
      defineWorker(
        home,
        { work: queues.work, calls: queues.calls },
        { work: () => expect.unreachable('consumed'), calls: () => expect.unreachable('consumed') },
        { logger, suffixes: { calls: ['local'] }, onFailedTry: failed.push },
      ),
    );

    await producer.add('work', bad, { id: 'bad' });
    await producer.add('calls', bad, { id: 'bad', suffix: 'local' });

    expect(await failed.done).toEqual([expect.objectContaining({ final: true, attempt: 1 }), expect.objectContaining({ final: true, attempt: 1 })]);
    expect(await producer.listFailed('work', { start: 0, limit: 10 })).toMatchObject([{ id: 'bad', payload: bad, attemptsMade: 1, reason: expect.stringContaining('text') }]);
    expect(await producer.listFailed('calls', { start: 0, limit: 10 }, { suffix: 'local' })).toHaveLength(1);
  });

  test('a failing message is tried as often as declared, then listed, and can be put back', async () => {
    const tries = collector<MessageContext>(3);
    const failed = collector<FailedTry>(3);
    const rescued = collector<number>(1);
    let broken = true;
    work(
      async (_, context) => {
        if (!broken) return rescued.push(context.attempt);
        tries.push(context);
        throw new Error('no luck');
      },
      { onFailedTry: failed.push },
    );
    const id = await producer.add('work', message('x'));

    expect((await tries.done).map(({ attempt, lastAttempt }) => [attempt, lastAttempt])).toEqual([[1, false], [2, false], [3, true]]); // prettier-ignore
    expect((await failed.done).map(({ final }) => final)).toEqual([false, false, true]);
    expect(await producer.listFailed('work', { start: 0, limit: 10 })).toMatchObject([{ id, reason: 'no luck', attemptsMade: 3 }]);
    expect((await producer.bullQueue('work').getJob(id))?.stacktrace).toHaveLength(1);
    broken = false;
    expect(await producer.retryFailed('work', 'unknown')).toBe(false);
    expect(await producer.retryFailed('work', id)).toBe(true);
    expect(await rescued.done).toEqual([1]);
  });

  test('failed messages page from the latest to the first', async () => {
    const failed = collector<FailedTry>(5);
    work(async () => Promise.reject(new AppError('resource.not_found', 'gone')), { onFailedTry: failed.push });
    for (const id of ['a', 'b', 'c', 'd', 'e']) await producer.add('work', message(id), { id });
    await failed.done;

    const pages = [await producer.listFailed('work', { start: 0, limit: 2 }), await producer.listFailed('work', { start: 2, limit: 2 })];

    expect(pages.map((page) => page.map(({ id }) => id))).toEqual([['e', 'd'], ['c', 'b']]); // prettier-ignore
  });

  test('an error that will not go away by itself is not tried again', async () => {
    const failed = collector<FailedTry>(1);
    const error = new AppError('license.denied', 'no');
    work(() => Promise.reject(error), { onFailedTry: failed.push });

    await producer.add('work', message('x'));

    expect(await failed.done).toMatchObject([{ final: true, attempt: 1, error }]);
  });

  test('a consumer that takes too long is aborted and counts as failed', async () => {
    const failed = collector<FailedTry>(1);
    const consume = (_: unknown, { signal }: MessageContext) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    start(defineWorker(home, { hasty: queues.hasty }, { hasty: consume }, { logger, onFailedTry: failed.push }));

    await producer.add('hasty', message('x'));

    expect(await failed.done).toMatchObject([{ final: true, error: { message: 'not finished within 20 ms' } }]);
  });

  test('a deferred message comes again and has lost no try', async () => {
    const seen = collector<MessageContext>(6);
    work(async (_, context) => {
      seen.push(context);
      if (context.attempt < 6) throw new DeferredMessage(1);
    });

    await producer.add('work', message('x'));

    expect((await seen.done).map(({ attempt, lastAttempt }) => `${attempt} ${lastAttempt}`)).toEqual([1, 2, 3, 4, 5, 6].map((n) => `${n} false`));
  });

  test('nothing is kept of a waiting call, neither of its answer nor of its failure', async () => {
    const done = collector<string>(2);
    const consume = async ({ text }: { text: string }, { suffix }: MessageContext) => {
      done.push(`${suffix} ${text}`);
      if (text === 'bad') throw new Error('no');
    };
    const worker = defineWorker(home, { calls: queues.calls }, { calls: consume }, { logger, suffixes: { calls: ['local', 'other'] } });
    await producer.add('calls', message('good'), { suffix: 'local' });
    await producer.add('calls', message('bad'), { suffix: 'other' });

    await done.done;
    await worker.close();

    expect((await done.done).toSorted()).toEqual(['local good', 'other bad']);
    const nothing = { waiting: 0, active: 0, delayed: 0, completed: 0, failed: 0 };
    expect(await producer.counts('calls', { suffix: 'local' })).toEqual(nothing);
    expect(await producer.counts('calls', { suffix: 'other' })).toEqual(nothing);
  });

  test('a message whose worker vanished goes to another one', async () => {
    const dead = openQueueHome(server.url, { name: 'dead' });
    const taken = collector<number>(1);
    const doomed = defineWorker(dead, { work: queues.work }, { work: (_, { attempt }) => (taken.push(attempt), new Promise(() => {})) }, { logger, lockMs: 200, closeTimeoutMs: 1 });
    await producer.add('work', message('x'));
    await taken.done;
    await dead.close(); // as a killed process would: the lock is no longer renewed
    const rescued = collector<MessageContext>(1);

    work(async (_, context) => rescued.push(context), { lockMs: 200, stalledIntervalMs: 50 });

    expect(await rescued.done).toMatchObject([{ attempt: 2, stalledCount: 1, lastAttempt: false }]);
    await doomed.close();
  });

  test('a closing worker takes nothing more and lets the running consumer finish', async () => {
    const started = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const seen: string[] = [];
    const worker = work(async ({ text }) => {
      started.resolve();
      await finish.promise;
      seen.push(text);
    });
    await producer.add('work', message('first'));
    await producer.add('work', message('second'));
    await started.promise;
    expect(worker.inFlight()).toBe(1);

    const closed = worker.close();
    finish.resolve();
    await closed;

    expect(seen).toEqual(['first']);
    expect(await producer.counts('work')).toMatchObject({ waiting: 1, active: 0, completed: 1 });
  });

  test('a consumer that does not finish in time at shutdown is aborted, and its message goes back with all its tries', async () => {
    const started = Promise.withResolvers<void>();
    const worker = work(
      (_, { signal }) => {
        started.resolve();
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
      { closeTimeoutMs: 10 },
    );
    await producer.add('work', message('x'));
    await started.promise;

    await worker.close();

    expect(await producer.counts('work')).toMatchObject({ waiting: 1, active: 0, delayed: 0, failed: 0 });
    const again = collector<MessageContext>(1);
    work(async (_, context) => again.push(context));
    expect(await again.done).toMatchObject([{ attempt: 2, lastAttempt: false }]);
  });

  test('a suffix is asked for exactly where one is declared', async () => {
    await expect(producer.add('work', message('x'), { suffix: 'a' } as never)).rejects.toThrow(RangeError);
    await expect(producer.add('calls', message('x'), {} as never)).rejects.toThrow(RangeError);
    await expect(producer.add('calls', message('x'), { suffix: 'a:b' })).rejects.toThrow(RangeError);
  });

  test('several messages are consumed at a time, no more than declared', async () => {
    let running = 0;
    let most = 0;
    const done = collector<number>(20);
    work(
      async () => {
        most = Math.max(most, ++running);
        await new Promise(setImmediate);
        done.push(--running);
      },
      { concurrency: 4 },
    );

    await producer.addBulk('work', Array.from({ length: 20 }, () => ({ payload: message(randomUUID()) })));
    await done.done;

    expect(most).toBeLessThanOrEqual(4);
    expect(most).toBeGreaterThan(1);
  });
});

describe('openQueueHome', () => {
  test.each(['http://localhost', 'mysql://localhost/x', 'localhost:6379'])('refuses %s', (url) => {
    expect(() => openQueueHome(url, { name: 'test' })).toThrow(TypeError);
  });
});
