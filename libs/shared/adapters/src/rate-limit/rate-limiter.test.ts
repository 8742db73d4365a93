import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrateQueueHome, openQueueHome } from '../queue/index.ts';
import type { QueueHome } from '../queue/index.ts';
import { homeKinds, startTestHome } from '../test-homes.ts';
import type { TestServer } from '../test-homes.ts';
import { createRateLimiter } from './index.ts';

describe.each(homeKinds)('rate limits in %s', (kind) => {
  let server: TestServer;
  let home: QueueHome;
  let second: QueueHome;

  beforeAll(async () => {
    server = await startTestHome(kind);
    await migrateQueueHome(server.url);
    home = openQueueHome(server.url, { name: 'one' });
    second = openQueueHome(server.url, { name: 'two' });
    await Promise.all([home.ping(), second.ping()]);
  }, 30_000);
  afterAll(async () => {
    await Promise.all([home.close(), second.close()]);
    await server.stop();
  });

  test('a key may ask as often as its limit, then is refused until its minute is over', async () => {
    const limiter = createRateLimiter(home);

    const decisions = [];
    for (let request = 0; request < 4; request += 1) decisions.push(await limiter.consume('key_1', 3));

    expect(decisions.map(({ allowed, limit, remaining }) => ({ allowed, limit, remaining }))).toEqual([
      { allowed: true, limit: 3, remaining: 2 },
      { allowed: true, limit: 3, remaining: 1 },
      { allowed: true, limit: 3, remaining: 0 },
      { allowed: false, limit: 3, remaining: 0 },
    ]);
    expect(decisions.every(({ resetMs }) => resetMs > 0 && resetMs <= 60_000)).toBe(true);
  });

  test('all processes count together, however many ask at once', async () => {
    const limiters = [createRateLimiter(home), createRateLimiter(second)];

    const decisions = await Promise.all(Array.from({ length: 100 }, async (_, index) => limiters[index % 2]?.consume('key_2', 30)));

    expect(decisions.filter((decision) => decision?.allowed)).toHaveLength(30);
  });

  test('keys and costs are counted apart', async () => {
    const limiter = createRateLimiter(home);

    expect(await limiter.consume('key_3', 10, 8)).toMatchObject({ allowed: true, remaining: 2 });
    expect(await limiter.consume('key_4', 10, 8)).toMatchObject({ allowed: true, remaining: 2 });
    expect(await limiter.consume('key_3', 10, 8)).toMatchObject({ allowed: false });
  });

  test('a home that is away refuses nobody below the limit', async () => {
    const away = openQueueHome(kind === 'redis' ? 'redis://127.0.0.1:1' : 'postgres://x:y@127.0.0.1:1/none', { name: 'away' });
    const limiter = createRateLimiter(away);

    expect(await limiter.consume('key', 1)).toMatchObject({ allowed: true });
    expect(await limiter.consume('key', 1)).toMatchObject({ allowed: false });
    await away.close();
  });
});
