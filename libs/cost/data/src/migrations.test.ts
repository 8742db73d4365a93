import { fileURLToPath } from 'node:url';
import { checkDrift, createPool } from '@weighbridge/shared-data';
import { createTestDatabase } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCostFacts } from './cost-facts.ts';
import { jobIdAt, someEvent, somePrice } from './test-events.ts';
import { insertUsageEvents } from './usage-ledger.ts';
import { ensureUsagePartitions } from './usage-partitions.ts';

const path = (name: string) => fileURLToPath(new URL(`../prisma/${name}`, import.meta.url));

let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['cost'] });
  pool = createPool({ connectionString: database.urlFor('cost'), schema: 'cost', applicationName: 'test' });
});
afterAll(async () => {
  await pool.end();
  await database.close();
});

const record = async (...events: Parameters<typeof insertUsageEvents>[1]) => {
  const client = await pool.connect();
  try {
    return await insertUsageEvents(client, events);
  } finally {
    client.release();
  }
};

describe('migrations', () => {
  test('lead to what schema.prisma says', async () => {
    expect(await checkDrift({ adminUrl: database.adminUrl, scope: 'cost', migrationsDir: path('migrations'), schemaPath: path('schema.prisma') })).toBeUndefined();
  });
});

describe('what is written never changes (P8), not even for the service itself', () => {
  beforeAll(async () => {
    await ensureUsagePartitions(pool, new Date('2026-01-01'), 0);
    await record(someEvent({ occurredAt: '2026-01-15T10:30:00.000Z' }));
    const facts = openCostFacts(pool);
    await facts.prices.insertPrices([somePrice]);
  });

  test.each(['usage_event', 'usage_event_2026_01', 'price_entry'])('%s', async (table) => {
    for (const statement of [`update ${table} set model = 'other'`, `delete from ${table}`, `truncate ${table}`]) {
      await expect(pool.query(statement)).rejects.toThrow(/never changed or deleted/);
    }
  });

  test('no event may cost less than nothing, unless it is a correction', async () => {
    await expect(record(someEvent({ costUsd: '-1' }))).rejects.toThrow(/usage_event_cost_check/);
  });
});

describe('partitions', () => {
  const partitionOf = async (jobId: string) => {
    const { rows } = await pool.query<{ name: string }>('select tableoid::regclass::text as name from usage_event where job_id = $1', [jobId.slice(4)]);
    return rows[0]?.name;
  };

  test('are made a month at a time, once, by however many processes', async () => {
    const made = await Promise.all([1, 2, 3].map(() => ensureUsagePartitions(pool, new Date('2031-11-30T23:59:59Z'), 2)));

    expect(made.toSorted((a, b) => a - b)).toEqual([0, 0, 3]);
    expect(await ensureUsagePartitions(pool, new Date('2031-12-01T00:00:00Z'), 1)).toBe(0);
  });

  test.each([
    { at: '2031-12-01T00:00:00.000Z', partition: 'usage_event_2031_12' },
    { at: '2031-12-31T23:59:59.999Z', partition: 'usage_event_2031_12' },
    { at: '2032-01-01T00:00:00.000Z', partition: 'usage_event_2032_01' },
    { at: '2040-01-01T00:00:00.000Z', partition: 'usage_event_default' },
  ])('a job made at $at lies in $partition', async ({ at, partition }) => {
    const jobId = jobIdAt(at);

    await record(someEvent({ jobId, occurredAt: at }));

    expect(await partitionOf(jobId)).toBe(partition);
  });

  test('a month that has begun in the default partition goes on there', async () => {
    await record(someEvent({ occurredAt: '2041-05-05T00:00:00.000Z' }));

    expect(await ensureUsagePartitions(pool, new Date('2041-05-01'), 1)).toBe(1);
    expect(await record(someEvent({ occurredAt: '2041-05-06T00:00:00.000Z' }))).toHaveLength(1);
  });
});
