import type { Budget, PriceEntry } from '@weighbridge/cost-domain';
import { budgetAccountId } from '@weighbridge/cost-domain';
import { parseUsd } from '@weighbridge/shared-domain';
import { createPool, inTransaction } from '@weighbridge/shared-data';
import { createTestDatabase } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAccountSpend } from './account-spend.ts';
import { openCostFacts } from './cost-facts.ts';
import type { CostFacts } from './cost-facts.ts';
import type { PricePage } from './price-repository.ts';
import { addSettlements, countPendingSettlements, removeSettlements, takeSettlements } from './settlement-outbox.ts';
import { someEvent, someId, somePrice } from './test-events.ts';
import { insertUsageEvents } from './usage-ledger.ts';

let database: TestDatabase;
let pool: pg.Pool;
let facts: CostFacts;

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['cost'] });
  pool = createPool({ connectionString: database.urlFor('cost'), schema: 'cost', applicationName: 'test' });
  facts = openCostFacts(pool);
});
afterAll(async () => {
  await facts.close();
  await pool.end();
  await database.close();
});

const price = (model: string, more: Partial<Record<keyof PriceEntry, unknown>> = {}): PriceEntry => ({ ...somePrice, id: someId('price'), model, ...more }) as PriceEntry;
const budget = (more: Partial<Record<keyof Budget, unknown>> = {}): Budget =>
  ({
    id: someId('budget'),
    name: 'all',
    projectId: someId('project'),
    keyId: null,
    useCaseId: null,
    kind: 'hard',
    period: 'month',
    limitUsd: '10.5',
    createdAt: '2026-01-15T00:00:00.000Z',
    ...more,
  }) as Budget;

describe('prices', () => {
  test('come back as they were written, absent cache prices absent', async () => {
    const plain = price('whole');
    const cached = price('whole', { deploymentId: someId('deployment'), version: '1', price: { inputUsdPerMillion: '0.15', cachedInputUsdPerMillion: '0', cacheWriteUsdPerMillion: '0.000001', outputUsdPerMillion: '1000000' } });

    await facts.prices.insertPrices([plain, cached]);

    expect(await facts.prices.findPrices([plain.id, cached.id, someId('price')])).toEqual(new Map([[plain.id, plain], [cached.id, cached]]));
  });

  test('in force at an instant is the newest of each target; history has all; admission gets those to come', async () => {
    const old = price('dated', { effectiveFrom: '2025-01-01T00:00:00.000Z' });
    const now = price('dated', { effectiveFrom: '2026-01-01T00:00:00.000Z' });
    const rewritten = price('dated', { effectiveFrom: '2026-01-01T00:00:00.000Z', createdAt: '2026-01-02T00:00:00.000Z' });
    const future = price('dated', { effectiveFrom: '2027-01-01T00:00:00.000Z' });
    const ofVersion = price('dated', { version: '1.0' });
    await facts.prices.insertPrices([old, now, rewritten, future, ofVersion]);
    const ids = (entries: PriceEntry[]) => new Set(entries.filter(({ model }) => model === 'dated').map(({ id }) => id));

    expect(ids(await facts.prices.listPricesAt(new Date('2026-06-01'), { model: 'dated', limit: 10 }))).toEqual(new Set([rewritten.id, ofVersion.id]));
    expect(ids(await facts.prices.listPricesAt(new Date('2025-06-01'), { model: 'dated', limit: 10 }))).toEqual(new Set([old.id]));
    expect(ids(await facts.prices.listPricesAt(new Date('2024-06-01'), { limit: 10 }))).toEqual(new Set());
    expect(ids(await facts.prices.listPriceHistory({ model: 'dated', limit: 10 }))).toHaveLength(5);
    expect(ids(await facts.prices.listPricesFrom(new Date('2026-06-01')))).toEqual(new Set([rewritten.id, ofVersion.id, future.id]));
  });

  test('pages of prices have neither gaps nor repeats', async () => {
    await facts.prices.insertPrices(Array.from({ length: 7 }, (_, index) => price('paged', { version: `${index}` })));
    for (const list of [(page: PricePage) => facts.prices.listPriceHistory(page), (page: PricePage) => facts.prices.listPricesAt(new Date('2026-06-01'), page)]) {
      const seen: string[] = [];
      for (let page = await list({ model: 'paged', limit: 3 }); page.length > 0; page = await list({ model: 'paged', limit: 3, after: seen.at(-1) as string })) seen.push(...page.map(({ id }) => id));
      expect(seen).toEqual(seen.toSorted().toReversed());
      expect(new Set(seen).size).toBe(7);
    }
  });

  test('usage since an instant is seen for exactly the targets that it touches', async () => {
    const deploymentId = someId('deployment');
    await inTransaction(pool, (client) => insertUsageEvents(client, [someEvent({ model: 'used', version: '2.0', deploymentId, occurredAt: '2026-03-01T10:30:00.000Z' })]));
    const since = (from: string, scope: object) => facts.prices.hasUsageSince({ model: 'used', version: null, deploymentId: null, ...scope }, new Date(from));

    expect(await since('2026-03-01T10:30:00.000Z', {})).toBe(true);
    expect(await since('2026-03-01T10:30:00.001Z', {})).toBe(false);
    expect(await since('2026-01-01T00:00:00Z', { version: '2.0', deploymentId })).toBe(true);
    expect(await since('2026-01-01T00:00:00Z', { version: '1.0' })).toBe(false);
    expect(await since('2026-01-01T00:00:00Z', { deploymentId: someId('deployment') })).toBe(false);
    expect(await since('2026-01-01T00:00:00Z', { model: 'unused' })).toBe(false);
  });
});

describe('change', () => {
  test('raises the revision by one, with the change or not at all', async () => {
    const before = (await facts.readAtOnce(new Date())).revision;
    const entry = price('counted');

    const { revision } = await facts.change(({ prices }) => prices.insertPrices([entry]));
    await expect(facts.change(async ({ prices }) => {
      await prices.insertPrices([price('lost')]);
      throw new Error('changed my mind');
    })).rejects.toThrow('changed my mind');

    const after = await facts.readAtOnce(new Date());
    expect([revision, after.revision]).toEqual([before + 1, before + 1]);
    expect(after.prices.filter(({ model }) => model === 'counted' || model === 'lost')).toEqual([entry]);
  });

  test('changes at once come one after another, none is lost', async () => {
    const before = (await facts.readAtOnce(new Date())).revision;

    const changes = await Promise.all(Array.from({ length: 6 }, () => facts.change(({ prices }) => prices.insertPrices([price('racing')]))));

    expect(changes.map(({ revision }) => revision).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6].map((step) => before + step));
  });
});

describe('budgets', () => {
  test('come back as they were written, and a name is taken once in a project', async () => {
    const one = budget({ keyId: someId('key'), useCaseId: someId('useCase'), kind: 'soft', period: 'day' });
    await facts.budgets.insertBudget(one);

    expect(await facts.budgets.findBudget(one.id)).toEqual(one);
    expect(await facts.budgets.findBudgetByName(one.projectId, 'all')).toEqual(one);
    expect(await facts.budgets.findBudgetByName(someId('project'), 'all')).toBeUndefined();
    await expect(facts.budgets.insertBudget(budget({ projectId: one.projectId }))).rejects.toThrow(/Unique constraint/);
    expect(await facts.budgets.listBudgets({ projectId: one.projectId, limit: 10 })).toEqual([one]);
    expect(await facts.budgets.listBudgets({ projectId: one.projectId, after: one.id, limit: 10 })).toEqual([]);
    expect((await facts.budgets.listBudgets({ projectId: null, limit: 100 })).map(({ id }) => id)).toContain(one.id);
  });

  test.each([
    { what: 'the project, this month', more: {}, spent: '0.0006' },
    { what: 'one key', more: { keyId: 'key' }, spent: '0.0004' },
    { what: 'one use case of one key', more: { keyId: 'key', useCaseId: 'useCase' }, spent: '0.0002' },
    { what: 'the day', more: { period: 'day' }, spent: '0.0002' },
    { what: 'all of time', more: { period: 'total' }, spent: '0.0008' },
    { what: 'another project', more: { projectId: 'other' }, spent: '0' },
  ])('the account of a new budget for $what begins at what was spent so far: $spent', async ({ more, spent }) => {
    const ids: Record<string, string> = { key: someId('key'), useCase: someId('useCase'), other: someId('project') };
    const projectId = someId('project');
    await inTransaction(pool, (client) =>
      insertUsageEvents(client, [
        someEvent({ projectId, keyId: ids['key'], useCaseId: ids['useCase'], occurredAt: '2026-01-31T10:00:00.000Z' }),
        someEvent({ projectId, keyId: ids['key'], occurredAt: '2026-01-01T00:00:00.000Z' }),
        someEvent({ projectId, occurredAt: '2026-01-02T00:00:00.000Z' }),
        someEvent({ projectId, occurredAt: '2025-12-31T23:59:59.999Z' }),
      ]),
    );
    const named = budget({ projectId, ...Object.fromEntries(Object.entries(more).map(([field, name]) => [field, ids[name] ?? name])) });
    const at = new Date('2026-01-31T12:00:00Z');
    const accountId = budgetAccountId(named, at);

    const { result } = await facts.change((change) => change.openAccount(named, accountId, at));

    expect(result).toBe(parseUsd(spent));
    expect((await readAccountSpend(pool, [accountId])).get(accountId)).toBe(parseUsd(spent));
  });
});

describe('settlement outbox', () => {
  const settlement = (key: string) => ({ holdId: 'job_1', key, costUsd: '0.1', final: true, accountIds: ['a'], lateAccountIds: [], compareAccounts: [] });

  test('what one process is at, another does not take; what is not removed is pending again', async () => {
    await inTransaction(pool, async (client) => {
      await addSettlements(client, [settlement('one'), settlement('two')]);
      await addSettlements(client, [settlement('three')]);
      await addSettlements(client, []);
    });
    expect(await countPendingSettlements(pool)).toBe(3);

    await inTransaction(pool, async (client) => {
      const [taken] = await takeSettlements(client, 1);
      expect(taken?.settlements.map(({ key }) => key)).toEqual(['one', 'two']);
      const others = await inTransaction(pool, (other) => takeSettlements(other, 10));
      expect(others.flatMap(({ settlements }) => settlements.map(({ key }) => key))).toEqual(['three']);
      await removeSettlements(client, taken === undefined ? [] : [taken.id]);
    });

    expect(await countPendingSettlements(pool)).toBe(1);
  });
});
