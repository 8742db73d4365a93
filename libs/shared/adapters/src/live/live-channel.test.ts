import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { migrateQueueHome, openQueueHome } from '../queue/index.ts';
import type { QueueHome } from '../queue/index.ts';
import { homeKinds, startTestHome } from '../test-homes.ts';
import type { TestServer } from '../test-homes.ts';
import { createLiveChannel, typedChannel } from './index.ts';
import type { LiveChannel } from './index.ts';

/** Subscribes and resolves `done` with the first `count` messages. */
async function collect(live: LiveChannel, channel: string, count: number) {
  const messages: unknown[] = [];
  const { promise, resolve } = Promise.withResolvers<unknown[]>();
  const unsubscribe = await live.subscribe(channel, (message) => void (messages.push(message) === count && resolve(messages)));
  return { messages, done: promise, unsubscribe };
}

/** Ends the listening connections of `home` from the server's side. */
async function killListeners(home: QueueHome): Promise<void> {
  if (home.kind === 'redis') await home.redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
  else await home.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'test.listener'`);
}

describe.each(homeKinds)('live channels in %s', (kind) => {
  let server: TestServer;
  let home: QueueHome;
  let live: LiveChannel;
  const errors: Error[] = [];

  beforeAll(async () => {
    server = await startTestHome(kind);
    await migrateQueueHome(server.url);
    home = openQueueHome(server.url, { name: 'test', onError: (error) => errors.push(error) });
    live = createLiveChannel(home);
  }, 30_000);
  afterAll(async () => {
    await live.close();
    await home.close();
    await server.stop();
  });

  test('a message reaches all who listen to its channel, and nobody else', async () => {
    const [one, two, other] = await Promise.all([collect(live, 'a', 1), collect(live, 'a', 1), collect(live, 'b', 1)]);

    await live.publish('a', { n: 1 });

    expect(await Promise.all([one.done, two.done])).toEqual([[{ n: 1 }], [{ n: 1 }]]);
    await live.publish('b', 'last');
    expect(await other.done).toEqual(['last']);
    await Promise.all([one, two, other].map(({ unsubscribe }) => unsubscribe()));
  });

  test.each([
    ['unicode', 'Grüße, 世界, 👩‍🔬, \u0000 and a lone \ud800'],
    ['200 KB', 'x'.repeat(200_000)],
    ['200 KB of unicode', '👩‍🔬世ü'.repeat(20_000)],
    ['an object', { v: 1, list: [1, 'two', null], nested: { a: true } }],
  ])('%s arrives as it was sent', async (_, message) => {
    const received = await collect(live, 'content', 1);

    await live.publish('content', message);

    expect(await received.done).toEqual([message]);
    await received.unsubscribe();
  });

  test('channel names may hold anything', async () => {
    const name = `gateway.${"'; drop table x; --".repeat(10)} ünï`;
    const received = await collect(live, name, 1);

    await live.publish(name, 1);

    expect(await received.done).toEqual([1]);
    await received.unsubscribe();
  });

  test('1,000 messages arrive in order, equal ones too, among large ones', async () => {
    const sent = Array.from({ length: 1_000 }, (_, index) => (index % 100 === 50 ? `${index} ${'y'.repeat(20_000)}` : index % 2 ? 'same' : index));
    const received = await collect(live, 'order', sent.length);

    await Promise.all(sent.map((message) => live.publish('order', message)));

    expect(await received.done).toEqual(sent);
    await received.unsubscribe();
  });

  test('two publishers do not mix up their large messages', async () => {
    const second = openQueueHome(server.url, { name: 'second' });
    const other = createLiveChannel(second);
    const received = await collect(live, 'mixed', 40);

    const texts = Array.from({ length: 20 }, (_, index) => [`a${index}`.repeat(10_000), `b${index}`.repeat(10_000)] as const);
    await Promise.all(texts.flatMap(([a, b]) => [live.publish('mixed', a), other.publish('mixed', b)]));

    const messages = (await received.done) as string[];
    expect(messages.filter((text) => text.startsWith('a'))).toEqual(texts.map(([a]) => a));
    expect(messages.filter((text) => text.startsWith('b'))).toEqual(texts.map(([, b]) => b));
    await received.unsubscribe();
    await other.close();
    await second.close();
  });

  test('nothing arrives after the end of a subscription, and the channel can be taken up again', async () => {
    const first = await collect(live, 'again', 1);
    await first.unsubscribe();
    await live.publish('again', 'unheard');
    const second = await collect(live, 'again', 1);

    await live.publish('again', 'heard');

    expect(await second.done).toEqual(['heard']);
    expect(first.messages).toEqual([]);
    await second.unsubscribe();
  });

  test('a handler that throws keeps the message from nobody', async () => {
    const unsubscribe = await live.subscribe('faulty', () => {
      throw new Error('handler fault');
    });
    const received = await collect(live, 'faulty', 1);

    await live.publish('faulty', 1);

    expect(await received.done).toEqual([1]);
    expect(errors.map(({ message }) => message)).toContain('handler fault');
    await unsubscribe();
    await received.unsubscribe();
  });

  test('a lost listening connection comes back with all its channels, and tells so', async () => {
    const [one, two] = await Promise.all([collect(live, 'back.1', 1), collect(live, 'back.2', 1)]);
    const reconnected = Promise.withResolvers<void>();
    const forget = live.onReconnect(reconnected.resolve);

    await killListeners(home);
    await reconnected.promise;
    await live.publish('back.1', 1);
    await live.publish('back.2', 2);

    expect(await Promise.all([one.done, two.done])).toEqual([[1], [2]]);
    forget();
  });

  test('a declared channel parses what arrives and drops what does not fit', async () => {
    const channel = typedChannel(live, { name: 'typed', message: z.object({ jobId: z.string() }) }, 'gw_1');
    const faults: unknown[] = [];
    const received = Promise.withResolvers<{ jobId: string }>();
    const unsubscribe = await channel.subscribe(received.resolve, (error) => faults.push(error));

    await live.publish('typed.gw_1', { jobId: 5 });
    await channel.publish({ jobId: 'job_1' });

    expect(await received.promise).toEqual({ jobId: 'job_1' });
    expect(faults).toHaveLength(1);
    await unsubscribe();
  });
});
