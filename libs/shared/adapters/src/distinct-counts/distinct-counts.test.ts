import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrateQueueHome, openQueueHome } from '../queue/index.ts';
import type { QueueHome } from '../queue/index.ts';
import { homeKinds, startTestHome } from '../test-homes.ts';
import type { TestServer } from '../test-homes.ts';
import { createDistinctCounts } from './index.ts';
import { estimateDistinct, placeOf } from './sketch.ts';

const member = (n: number) => createHash('sha256').update(`user ${n}`).digest('hex').slice(0, 32);
const members = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => member(from + index));
const options = { name: 'readers', keepDays: 400 };

describe.each(homeKinds)('distinct counts in %s', (kind) => {
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

  test.each([1, 10, 1_000, 100_000])('%d distinct members are counted within 2.5 %', async (distinct) => {
    const counts = createDistinctCounts(home, options);
    const period = `size-${distinct}`;
    for (let from = 0; from < distinct; from += 20_000) await counts.add([{ period, series: 'a', members: members(from, Math.min(from + 20_000, distinct)) }]);

    const counted = (await counts.list(period)).get('a') ?? 0;

    expect(Math.abs(counted - distinct) / distinct).toBeLessThan(0.025);
  });

  test('a member that comes again, by whatever process, is counted once', async () => {
    const [one, two] = [createDistinctCounts(home, options), createDistinctCounts(second, options)];
    const seen = { period: '2026-01', series: 'a', members: members(0, 500) };
    await one.add([seen]);
    const before = await one.list('2026-01');

    await Promise.all([one.add([seen, seen]), two.add([seen]), two.add([{ ...seen, members: members(100, 300) }])]);

    expect(await two.list('2026-01')).toEqual(before);
  });

  test('what several processes saw is merged', async () => {
    const [one, two] = [createDistinctCounts(home, options), createDistinctCounts(second, options)];

    await Promise.all([one.add([{ period: '2026-02', series: 'a', members: members(0, 2_000) }]), two.add([{ period: '2026-02', series: 'a', members: members(1_000, 3_000) }])]);

    expect(Math.abs(((await one.list('2026-02')).get('a') ?? 0) - 3_000)).toBeLessThan(75);
  });

  test('series are counted apart, and together', async () => {
    const counts = createDistinctCounts(home, options);
    await counts.add([
      { period: '2026-03', series: 'a', members: members(0, 1_000) },
      { period: '2026-03', series: 'b family', members: members(500, 1_500) },
      { period: '2026-03', series: 'empty', members: [] },
      { period: '2026-04', series: 'c', members: members(0, 10) },
    ]);

    const apart = await counts.list('2026-03');

    expect([...apart.keys()]).toEqual(['a', 'b family']);
    expect([...apart.values()].every((count) => Math.abs(count - 1_000) < 25)).toBe(true);
    expect(Math.abs((await counts.countTogether('2026-03', ['a', 'b family', 'nothing'])) - 1_500)).toBeLessThan(38);
    expect(await counts.countTogether('2026-03', ['nothing'])).toBe(0);
    expect(await counts.list('2026-05')).toEqual(new Map());
  });

  test('counts of another name are others', async () => {
    await createDistinctCounts(home, options).add([{ period: '2026-06', series: 'a', members: members(0, 10) }]);

    expect(await createDistinctCounts(home, { ...options, name: 'writers' }).list('2026-06')).toEqual(new Map());
  });

  test('old periods are forgotten, and can begin anew', async () => {
    const counts = createDistinctCounts(home, { ...options, name: 'old' });
    for (const period of ['2025-11', '2025-12', '2026-01']) await counts.add([{ period, series: 'a', members: members(0, 10) }]);

    await counts.forgetBefore('2026-01');

    expect([...(await counts.list('2025-11')), ...(await counts.list('2025-12'))]).toEqual([]);
    expect((await counts.list('2026-01')).get('a')).toBe(10);
    await counts.add([{ period: '2025-12', series: 'a', members: members(0, 10) }]);
    expect((await counts.list('2025-12')).get('a')).toBe(10);
  });

  test('a home that is away is told', async () => {
    const away = openQueueHome(kind === 'redis' ? 'redis://127.0.0.1:1' : 'postgres://x:y@127.0.0.1:1/none', { name: 'away' });

    await expect(createDistinctCounts(away, options).add([{ period: '2026-07', series: 'a', members: members(0, 1) }])).rejects.toThrow();
    await away.close();
  });
});

describe('a sketch', () => {
  test.each([
    { hex: '0000000000000000', register: 0, rank: 51 },
    { hex: 'ffffffffffffffff', register: 16_383, rank: 1 },
    { hex: '0002000000000000', register: 0, rank: 1 },
    { hex: '0001000000000000', register: 0, rank: 2 },
    { hex: '0000000000000001', register: 0, rank: 50 },
  ])('puts $hex into register $register with rank $rank', ({ hex, register, rank }) => {
    expect(placeOf(hex)).toEqual({ register, rank });
  });

  test('estimates without a step between few and many', () => {
    for (const distinct of [0, 5, 200, 5_000, 30_000, 45_000, 60_000, 90_000]) {
      const ranks = new Uint8Array(16_384);
      for (let n = 0; n < distinct; n += 1) {
        const { register, rank } = placeOf(member(n));
        ranks[register] = Math.max(ranks[register] ?? 0, rank);
      }
      const counts = new Map<number, number>();
      for (const rank of ranks) counts.set(rank, (counts.get(rank) ?? 0) + 1);

      expect(Math.abs(estimateDistinct(counts) - distinct)).toBeLessThanOrEqual(distinct * 0.025);
    }
  });
});
