import type { Budget } from '@weighbridge/cost-domain';
import { HoldContext } from '@weighbridge/cost-domain';
import type { UsageEvent } from '@weighbridge/cost-domain';
import { listUsageEvents, readUsageReport } from '@weighbridge/cost-data';
import { someEvent, someId, somePrice } from '@weighbridge/cost-data/test-events';
import { formatUsd, parseUsd } from '@weighbridge/shared-domain';
import { waitFor } from '@weighbridge/shared-testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHousekeeping } from './housekeeping.ts';
import { alignAccounts, markerAccountId } from './operations/align-accounts.ts';
import { sweepHolds } from './operations/sweep-holds.ts';
import { startCostHarness } from './test-harness.ts';
import type { CostHarness } from './test-harness.ts';

const always = { from: new Date('2000-01-01'), to: new Date('2100-01-01') };

describe.each(['postgres', 'redis'] as const)('with the queue in %s', (kind) => {
  let harness: CostHarness;
  beforeAll(async () => {
    harness = await startCostHarness({ kind, withWorker: true });
  });
  afterAll(async () => harness[Symbol.asyncDispose]());

  const send = (id: string, ...events: UsageEvent[]) => harness.usage.add('usage', { v: 1, events }, { id });
  const ledgerOf = (projectId: string) => listUsageEvents(harness.deps.pool, { projectId, ...always }, { order: 'oldest-first', limit: 1_000 });
  const reportOf = async (projectId: string) => (await readUsageReport(harness.deps.pool, { projectId, ...always, groupBy: [], interval: null, limit: 1 }))[0];
  const standing = async (accountId: string) => {
    const [status] = await harness.deps.holds.status([accountId]);
    return status && { spent: formatUsd(status.spentPicoUsd), held: formatUsd(status.heldPicoUsd) };
  };
  const newBudget = async (): Promise<{ projectId: string; accountId: string }> => {
    const projectId = someId('project');
    const budget = { id: someId('budget'), name: 'all', projectId, keyId: null, useCaseId: null, kind: 'hard', period: 'total', limitUsd: '10', createdAt: '2026-01-01T00:00:00.000Z' } as Budget;
    await harness.deps.facts.budgets.insertBudget(budget);
    await alignAccounts(harness.deps);
    return { projectId, accountId: `${budget.id}/total` };
  };
  /** Takes a hold as admission does; a ttl of nothing has run out at once. */
  const hold = async (event: UsageEvent, { started = [], ttlMs = 0, context }: { started?: number[]; ttlMs?: number; context?: string } = {}) => {
    await harness.deps.holds.hold({
      holdId: event.jobId,
      owner: 'a gateway',
      amountPicoUsd: parseUsd('0.5'),
      accountIds: event.budgetAccounts,
      context: context ?? JSON.stringify(contextOf(event)),
      ttlMs,
    });
    for (const attempt of started) await harness.deps.holds.start(event.jobId, attempt);
  };

  describe('the consumer of usage', () => {
    test('records a message and settles its holds; a second delivery changes nothing', async () => {
      const { projectId, accountId } = await newBudget();
      const events = Array.from({ length: 20 }, () => someEvent({ projectId, budgetAccounts: [accountId] }));
      for (const event of events) await hold(event, { ttlMs: 60_000, started: [1] });

      await Promise.all([send(`${kind}-a`, ...events), send(`${kind}-b`, ...events.toReversed()), send(`${kind}-c`, ...events.slice(5, 15))]);

      await waitFor(async () => (await harness.usage.counts('usage')).completed >= 3, { what: 'three messages' });
      expect(await reportOf(projectId)).toMatchObject({ events: 20, costUsd: '0.004' });
      expect(await standing(accountId)).toEqual({ spent: '0.004', held: '0' });
    });

    test('a cost that is not the price of its tokens fails the message for good and visibly; the rest of it is recorded', async () => {
      const projectId = someId('project');
      const [good, forged] = [someEvent({ projectId }), someEvent({ projectId, costUsd: '0' })];

      const id = await send(`${kind}-forged`, good, forged);

      const failed = await waitFor(async () => (await harness.usage.listFailed('usage', { start: 0, limit: 10 })).find((message) => message.id === id), { what: 'the dead letter' });
      expect(failed.attemptsMade).toBe(1);
      expect(failed.reason).toContain(`1 of 2 usage events refused: ${forged.id}: it says 0 USD`);
      expect(await ledgerOf(projectId)).toEqual([good]);
    });

    test('while the ledger is away nothing is lost: the message is tried again', async () => {
      const projectId = someId('project');
      await harness.asAdmin('alter table cost.usage_event rename to usage_event_away');
      const id = await send(`${kind}-later`, someEvent({ projectId }));
      await waitFor(async () => (await harness.usage.counts('usage')).delayed > 0, { what: 'a second try' });

      await harness.asAdmin('alter table cost.usage_event_away rename to usage_event');

      await waitFor(async () => (await ledgerOf(projectId)).length === 1, { what: 'the event' });
      expect((await harness.usage.listFailed('usage', { start: 0, limit: 10 })).map((message) => message.id)).not.toContain(id);
    });
  });

  describe('sweeping holds that nobody answers for', () => {
    test('what was never started is freed', async () => {
      const { projectId, accountId } = await newBudget();
      await hold(someEvent({ projectId, budgetAccounts: [accountId] }));
      expect(await standing(accountId)).toEqual({ spent: '0', held: '0.5' });

      expect(await sweepHolds(harness.deps)).toMatchObject({ released: 1, unknown: 0 });

      expect(await standing(accountId)).toEqual({ spent: '0', held: '0' });
      expect(await ledgerOf(projectId)).toEqual([]);
    });

    test('what was started is recorded as unknown at what was held (P3), once, and corrected when its true cost comes', async () => {
      const { projectId, accountId } = await newBudget();
      const event = someEvent({ projectId, budgetAccounts: [accountId], tags: { team: 'claims' } });
      await hold(event, { started: [1] });

      const swept = await Promise.all([sweepHolds(harness.deps), sweepHolds(harness.deps)]);

      expect(swept.reduce((sum, { unknown }) => sum + unknown, 0)).toBe(1);
      expect(await ledgerOf(projectId)).toMatchObject([{ id: `${event.jobId}.1.unknown`, costUsd: '0.5', outcome: 'unknown', tags: { team: 'claims' }, final: true }]);
      expect(await standing(accountId)).toEqual({ spent: '0.5', held: '0' });

      await send(`${kind}-true-cost`, event);
      await waitFor(async () => (await standing(accountId))?.spent === '0.0002', { what: 'the correction' });
      expect(await reportOf(projectId)).toMatchObject({ events: 1, costUsd: '0.0002' });
    });

    test('of several lost attempts each has its share, and the shares add up; recorded ones have none', async () => {
      const { projectId, accountId } = await newBudget();
      const first = someEvent({ projectId, budgetAccounts: [accountId], final: false });
      await hold(first, { started: [1, 2, 3, 4] });
      await send(`${kind}-first`, first);
      await waitFor(async () => (await ledgerOf(projectId)).length === 1);

      await sweepHolds(harness.deps);

      const unknown = (await ledgerOf(projectId)).filter(({ outcome }) => outcome === 'unknown');
      expect(unknown.map(({ attempt, costUsd, final }) => [attempt, costUsd, final])).toEqual([[2, '0.1666', false], [3, '0.1666', false], [4, '0.1666', true]]);
      expect(await standing(accountId)).toEqual({ spent: '0.5', held: '0' });
    });

    test('when all that was started is recorded, the rest is freed', async () => {
      const { projectId, accountId } = await newBudget();
      const event = someEvent({ projectId, budgetAccounts: [accountId], final: false });
      await hold(event, { started: [1] });
      await send(`${kind}-rest`, event);
      await waitFor(async () => (await ledgerOf(projectId)).length === 1);

      expect(await sweepHolds(harness.deps)).toMatchObject({ closed: 1, unknown: 0 });

      expect(await standing(accountId)).toEqual({ spent: '0.0002', held: '0' });
    });

    test('a hold of which nobody knows what it was for stays held: its money must not look free', async () => {
      const { projectId, accountId } = await newBudget();
      const event = someEvent({ projectId, budgetAccounts: [accountId] });
      await hold(event, { started: [1], context: 'gibberish' });

      expect(await sweepHolds(harness.deps)).toMatchObject({ released: 0, closed: 0, unknown: 0 });

      expect(await standing(accountId)).toEqual({ spent: '0', held: '0.5' });
      await harness.deps.holds.settle(event.jobId, 0n, { final: true, key: `${event.jobId}.by-hand` });
    });
  });

  describe('a hold store that lost its memory', () => {
    test('is set up again from the ledger, exactly, with the clock that lives beside it', async () => {
      const { projectId, accountId } = await newBudget();
      await send(`${kind}-before`, someEvent({ projectId, budgetAccounts: [accountId] }));
      await waitFor(async () => (await standing(accountId))?.spent === '0.0002');
      const housekeeping = await startHousekeeping(harness.deps, { home: harness.home, pulseMs: 20 });
      housekeeping.check();

      await harness.wipeHome();
      await waitFor(async () => (await harness.deps.holds.status([markerAccountId])).length === 1, { what: 'the marker' });

      expect(await standing(accountId)).toEqual({ spent: '0.0002', held: '0' });
      await housekeeping.close();
    });

    test('spend that it had not been told of is counted once', async () => {
      const { projectId, accountId } = await newBudget();
      await harness.wipeHome();
      await send(`${kind}-meanwhile`, someEvent({ projectId, budgetAccounts: [accountId] }));
      await waitFor(async () => (await ledgerOf(projectId)).length === 1);

      await alignAccounts(harness.deps);
      await alignAccounts(harness.deps);

      expect(await standing(accountId)).toEqual({ spent: '0.0002', held: '0' });
    });
  });

  test('housekeeping comes back on a clock: an expired hold is swept by itself', async () => {
    const { projectId, accountId } = await newBudget();
    const housekeeping = await startHousekeeping(harness.deps, { home: harness.home });
    await hold(someEvent({ projectId, budgetAccounts: [accountId] }), { started: [1] });

    await waitFor(async () => (await ledgerOf(projectId)).length === 1, { timeoutMs: 25_000, what: 'the sweep' });
    await housekeeping.close();
  }, 30_000);
});

const contextOf = (event: UsageEvent): HoldContext =>
  HoldContext.parse({
    v: 1,
    jobId: event.jobId,
    attempt: 1,
    projectId: event.projectId,
    keyId: event.keyId,
    useCaseId: event.useCaseId,
    model: event.model,
    version: event.version,
    deploymentId: event.deploymentId,
    backend: event.backend,
    lane: event.lane,
    batchId: event.batchId,
    runId: event.runId,
    tags: event.tags,
    priceId: somePrice.id,
    decisionDigest: event.decisionDigest,
    budgetAccounts: event.budgetAccounts,
    queuedAt: event.occurredAt,
  });
