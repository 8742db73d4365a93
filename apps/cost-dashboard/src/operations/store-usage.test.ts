import { lateAccounts } from '@weighbridge/cost-domain';
import type { Budget, UsageEvent } from '@weighbridge/cost-domain';
import { countPendingSettlements, listUsageEvents, readAccountSpend, readUsageReport } from '@weighbridge/cost-data';
import { someEvent, someId } from '@weighbridge/cost-data/test-events';
import { formatUsd, parseUsd, sumUsd } from '@weighbridge/shared-domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCostHarness } from '../test-harness.ts';
import type { CostHarness } from '../test-harness.ts';
import { alignAccounts } from './align-accounts.ts';
import { settlePending } from './settle-pending.ts';
import { storeUsage } from './store-usage.ts';

let harness: CostHarness;
beforeAll(async () => {
  harness = await startCostHarness();
});
afterAll(async () => harness[Symbol.asyncDispose]());

const always = { from: new Date('2000-01-01'), to: new Date('2100-01-01') };
const store = (...events: UsageEvent[]) => storeUsage(harness.deps, events);
const ledgerOf = async (projectId: string) => {
  const events = await listUsageEvents(harness.deps.pool, { projectId, ...always }, { order: 'oldest-first', limit: 10_000 });
  const [report] = await readUsageReport(harness.deps.pool, { projectId, ...always, groupBy: [], interval: null, limit: 1 });
  return { ids: events.map(({ id }) => id).toSorted(), sum: formatUsd(sumUsd(events.map(({ costUsd }) => parseUsd(costUsd)))), report: report?.costUsd, attempts: report?.events };
};
const newBudget = async (more: Partial<Budget> = {}): Promise<{ budget: Budget; accountId: string; projectId: string }> => {
  const projectId = someId('project');
  const budget = { id: someId('budget'), name: 'all', projectId, keyId: null, useCaseId: null, kind: 'hard', period: 'total', limitUsd: '10', createdAt: '2026-01-01T00:00:00.000Z', ...more } as Budget;
  await harness.deps.facts.budgets.insertBudget(budget);
  await alignAccounts(harness.deps);
  return { budget, accountId: `${budget.id}/total`, projectId };
};
const hold = (event: UsageEvent, amount: string, accountIds: string[]) =>
  harness.deps.holds.hold({ holdId: event.jobId, owner: 'test', amountPicoUsd: parseUsd(amount), accountIds, context: '{}', ttlMs: 60_000 });
const standing = async (accountId: string) => {
  const [status] = await harness.deps.holds.status([accountId]);
  return status && { spent: formatUsd(status.spentPicoUsd), held: formatUsd(status.heldPicoUsd) };
};

describe('storeUsage', () => {
  test('records the believable events of a group and names the others with their faults', async () => {
    const projectId = someId('project');
    const [good, dear] = [someEvent({ projectId }), someEvent({ projectId, costUsd: '0.0003' })];

    const { recorded, refused } = await store(good, dear);

    expect(recorded).toEqual([good]);
    expect(refused).toEqual([{ id: dear.id, fault: 'it says 0.0003 USD, and its tokens at its price cost 0.0002 USD' }]);
    expect(await ledgerOf(projectId)).toMatchObject({ ids: [good.id], sum: '0.0002', report: '0.0002' });
  });

  test('another content under the same id is refused, and the record stands', async () => {
    const projectId = someId('project');
    const event = someEvent({ projectId });
    await store(event);

    const { recorded, refused } = await store({ ...event, outcome: 'failed' });

    expect([recorded, refused]).toEqual([[], [{ id: event.id, fault: 'this attempt is recorded already with other content' }]]);
    expect(await ledgerOf(projectId)).toMatchObject({ sum: '0.0002', attempts: 1 });
  });

  test.each([
    { what: 'unknown first', first: 'unknown', ids: ['', '.correction', '.unknown'] },
    { what: 'known first', first: 'known', ids: [''] },
    { what: 'both at once', first: 'both', ids: [''] },
  ])('an attempt that is both known and unknown counts once, at its true cost: $what', async ({ first, ids }) => {
    const projectId = someId('project');
    const known = someEvent({ projectId });
    const unknown = someEvent({ projectId, jobId: known.jobId, kind: 'unknown', costUsd: '0.5' });

    if (first === 'both') await store(unknown, known);
    else for (const event of first === 'unknown' ? [unknown, known, unknown, known] : [known, unknown]) await store(event);

    expect(await ledgerOf(projectId)).toEqual({ ids: ids.map((suffix) => `${known.id}${suffix}`), sum: '0.0002', report: '0.0002', attempts: 1 });
  });

  test('known and unknown events that race for the same attempts never both count', async () => {
    const projectId = someId('project');
    const known = Array.from({ length: 40 }, () => someEvent({ projectId }));
    const unknown = known.map(({ jobId }) => someEvent({ projectId, jobId, kind: 'unknown' }));

    await Promise.all(known.flatMap((event, index) => [store(event), store(unknown[index] as UsageEvent), store(event)]));

    expect(await ledgerOf(projectId)).toMatchObject({ sum: '0.008', report: '0.008', attempts: 40 });
  });
});

describe('holds follow the ledger', () => {
  test('an attempt moves its cost from held to spent once, however often it is told', async () => {
    const { accountId, projectId } = await newBudget();
    const event = someEvent({ projectId, budgetAccounts: [accountId] });
    await hold(event, '0.5', [accountId]);
    expect(await standing(accountId)).toEqual({ spent: '0', held: '0.5' });

    for (let time = 0; time < 3; time += 1) {
      await store(event);
      await settlePending(harness.deps);
    }

    expect(await standing(accountId)).toEqual({ spent: '0.0002', held: '0' });
    expect(await countPendingSettlements(harness.deps.pool)).toBe(0);
  });

  test('an attempt that is not the last leaves the rest of the hold', async () => {
    const { accountId, projectId } = await newBudget();
    const event = someEvent({ projectId, budgetAccounts: [accountId], final: false });
    await hold(event, '0.5', [accountId]);

    await store(event);
    await settlePending(harness.deps);

    expect(await standing(accountId)).toEqual({ spent: '0.0002', held: '0.4998' });
  });

  test('a crash after the events are stored loses nothing: the outbox is told by whoever comes next, and only once', async () => {
    const { accountId, projectId } = await newBudget();
    const event = someEvent({ projectId, budgetAccounts: [accountId] });
    await hold(event, '0.5', [accountId]);
    await store(event);

    let told = 0;
    const crashing = { ...harness.deps.holds, settle: async (...args: Parameters<typeof harness.deps.holds.settle>) => {
      await harness.deps.holds.settle(...args);
      told += 1;
      throw new Error('killed after the hold store has heard, before the outbox has');
    } };
    await expect(settlePending({ ...harness.deps, holds: crashing })).rejects.toThrow('killed');
    expect(await countPendingSettlements(harness.deps.pool)).toBe(1);
    await settlePending(harness.deps);

    expect(told).toBe(1);
    expect(await standing(accountId)).toEqual({ spent: '0.0002', held: '0' });
  });

  test('a correction gives back what the reserve had taken', async () => {
    const { accountId, projectId } = await newBudget();
    const event = someEvent({ projectId, budgetAccounts: [accountId] });
    await hold(event, '0.5', [accountId]);
    await store(someEvent({ projectId, jobId: event.jobId, kind: 'unknown', costUsd: '0.5', budgetAccounts: [accountId] }));
    await settlePending(harness.deps);
    expect(await standing(accountId)).toEqual({ spent: '0.5', held: '0' });

    await store(event);
    await settlePending(harness.deps);

    expect(await standing(accountId)).toEqual({ spent: '0.0002', held: '0' });
  });

  test('a budget that was set while a request ran is charged for it', async () => {
    const early = await newBudget();
    const event = someEvent({ projectId: early.projectId, budgetAccounts: [early.accountId] });
    await hold(event, '0.5', [early.accountId]);
    const late = await newBudget({ projectId: early.projectId as never, name: 'late' });
    expect(lateAccounts(event, [early.budget, late.budget])).toEqual([late.accountId]);

    await store(event);
    await settlePending(harness.deps);

    expect([await standing(early.accountId), await standing(late.accountId)]).toEqual([{ spent: '0.0002', held: '0' }, { spent: '0.0002', held: '0' }]);
    const [stored] = await listUsageEvents(harness.deps.pool, { projectId: early.projectId, ...always }, { order: 'newest-first', limit: 1 });
    expect(stored?.budgetAccounts).toEqual([early.accountId, late.accountId]);
  });
});

describe('alignAccounts', () => {
  test('while events are stored, settled and aligned all at once, nothing is lost or counted twice', async () => {
    const { accountId, projectId } = await newBudget({ limitUsd: '1000' });
    const events = Array.from({ length: 60 }, (_, index) => someEvent({ projectId, tokens: { inputTokens: index }, budgetAccounts: [accountId] }));
    await Promise.all(events.map((event) => hold(event, '0.5', [accountId])));

    await Promise.all([
      ...events.map(async (event) => {
        await store(event);
        await settlePending(harness.deps);
      }),
      ...Array.from({ length: 10 }, () => alignAccounts(harness.deps)),
    ]);

    const total = formatUsd(sumUsd(events.map(({ costUsd }) => parseUsd(costUsd))));
    expect(await standing(accountId)).toEqual({ spent: total, held: '0' });
    expect((await readAccountSpend(harness.deps.pool, [accountId])).get(accountId)).toBe(parseUsd(total));
  });

  test('sets up the present period and the next, and forgets the last but one', async () => {
    const { budget } = await newBudget({ period: 'day', name: 'daily' });
    const at = (now: string) => alignAccounts({ ...harness.deps, now: () => new Date(now) });
    const known = async () => (await harness.deps.holds.status(['28', '29', '30', '31'].map((day) => `${budget.id}/2026-01-${day}`))).map(({ accountId }) => accountId.slice(-2));

    await at('2026-01-28T23:59:59Z');
    expect(await known()).toEqual(['28', '29']);
    await at('2026-01-29T00:00:00Z');
    expect(await known()).toEqual(['28', '29', '30']);
    await at('2026-01-30T12:00:00Z');
    expect(await known()).toEqual(['29', '30', '31']);
  });
});
