import { createFactsStore } from '@weighbridge/inference-data';
import type { FactsStore } from '@weighbridge/inference-data';
import { silentLogger } from '@weighbridge/shared-adapters/logging';
import { createPool } from '@weighbridge/shared-data';
import { createTestDatabase, waitFor } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createKeyFinder } from './find-key.ts';
import { keepFacts } from './keep-facts.ts';

let database: TestDatabase;
let pool: pg.Pool;
let store: FactsStore;

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['inference'] });
  pool = createPool({ connectionString: database.urlFor('inference'), schema: 'inference', applicationName: 'test' });
  store = createFactsStore(pool);
});
afterAll(async () => {
  await pool.end();
  await database.close();
});

const Facts = z.object({ revision: z.int(), words: z.array(z.string()) });
type Facts = z.infer<typeof Facts>;

async function keep(name: string, load: () => Promise<Facts>, pollMs = 60_000) {
  let changed = () => {};
  const facts = await keepFacts({
    name,
    schema: Facts,
    load,
    subscribe: (onMessage) => {
      changed = onMessage;
      return () => {};
    },
    index: ({ words }) => new Set(words),
    store,
    logger: silentLogger(),
    pollMs,
  });
  return { ...facts, change: () => changed(), [Symbol.dispose]: facts.close };
}

const away = () => Promise.reject(new Error('connect ECONNREFUSED'));

describe('facts of another service', () => {
  test('are known to a gateway that starts while that service is down (static stability)', async () => {
    {
      using first = await keep('stable', async () => ({ revision: 1, words: ['a'] }));
      expect([first.current().has('a'), first.behind()]).toEqual([true, false]);
    }

    using second = await keep('stable', away);

    expect(second.current()).toEqual(new Set(['a']));
    expect(second.behind()).toBe(true);
  });

  test('that were never known are told as unavailable', async () => {
    using facts = await keep('never', away);

    expect(() => facts.current()).toThrow(expect.objectContaining({ code: 'service.unavailable' }));
  });

  test('of another shape in the store are not used', async () => {
    await store.saveFacts('old', 1, { revision: 1, words: 'none' });

    using facts = await keep('old', away);

    expect(() => facts.current()).toThrow(expect.objectContaining({ code: 'service.unavailable' }));
  });

  test('follow a change message, and stay while the service is away afterwards', async () => {
    let loads: () => Promise<Facts> = async () => ({ revision: 1, words: ['a'] });
    using facts = await keep('moving', () => loads());
    const before = facts.current();

    loads = async () => ({ revision: 2, words: ['b'] });
    facts.change();
    await waitFor(() => facts.current().has('b'));
    loads = away;
    await facts.refresh();

    expect(before).toEqual(new Set(['a']));
    expect(facts.current()).toEqual(new Set(['b']));
  });

  test('without a message are seen by asking', async () => {
    let revision = 1;
    using facts = await keep('asked', async () => ({ revision, words: [`r${revision}`] }), 20);

    revision = 2;

    await waitFor(() => facts.current().has('r2'));
  });
});

describe('a key that is not in the snapshot', () => {
  const finder = () => {
    const keys = new Map<string, { id: string }>();
    const counts = { registry: 0, costs: 0, nowMs: 0 };
    const state = { behind: false };
    const find = createKeyFinder({
      registry: {
        current: () => ({ findKeyByDigest: (digest: string) => keys.get(digest) }) as never,
        refresh: async () => void (counts.registry += 1),
        behind: () => state.behind,
      },
      costs: { refresh: async () => void (counts.costs += 1) },
      nowMs: () => counts.nowMs,
    });
    return { keys, counts, state, find };
  };

  test('is looked for once more, with the budgets that may have been set before its first call', async () => {
    const { keys, counts, find } = finder();

    const found = find('new');
    keys.set('new', { id: 'key_1' });

    expect(await found).toEqual({ id: 'key_1' });
    expect(counts).toMatchObject({ registry: 1, costs: 1 });
  });

  test('does not turn every guess into a question', async () => {
    const { counts, find } = finder();

    for (let guess = 0; guess < 100; guess += 1) expect(await find(`guess ${guess}`)).toBeUndefined();
    counts.nowMs = 1_000;
    await find('later');

    expect(counts.registry).toBe(2);
  });

  test('is not refused while the registry does not answer: it may have been made since', async () => {
    const { keys, state, find } = finder();
    keys.set('known', { id: 'key_1' });
    state.behind = true;

    await expect(async () => find('new')).rejects.toMatchObject({ code: 'service.unavailable' });
    await expect(async () => find('new, asked again at once')).rejects.toMatchObject({ code: 'service.unavailable' });

    expect(find('known')).toEqual({ id: 'key_1' });
  });
});
