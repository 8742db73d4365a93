import { formatUsd, parseUsd, sumUsd } from '@weighbridge/shared-domain';
import { correctionOf } from '@weighbridge/cost-domain';
import type { UsageEvent } from '@weighbridge/cost-domain';
import { createPool, inTransaction } from '@weighbridge/shared-data';
import { createTestDatabase } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAccountSpend } from './account-spend.ts';
import { lockLedger } from './ledger-lock.ts';
import { someEvent, someId } from './test-events.ts';
import { findRecordedAttempts, insertUsageEvents, listRecordedAttempts } from './usage-ledger.ts';
import { listUsageEvents, usagePositionOf } from './usage-list.ts';
import { readUsageReport } from './usage-report.ts';

let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['cost'] });
  pool = createPool({ connectionString: database.urlFor('cost'), schema: 'cost', applicationName: 'test', max: 8 });
});
afterAll(async () => {
  await pool.end();
  await database.close();
});

const record = (events: readonly UsageEvent[]) => inTransaction(pool, (client) => insertUsageEvents(client, events));
const always = { from: new Date('2000-01-01'), to: new Date('2100-01-01') };
const everything = (projectId: string) => listUsageEvents(pool, { projectId, ...always }, { order: 'oldest-first', limit: 10_000 });
const report = (projectId: string, more: Partial<Parameters<typeof readUsageReport>[1]> = {}) =>
  readUsageReport(pool, { projectId, ...always, groupBy: [], interval: null, limit: 1_000, ...more });

describe('insertUsageEvents', () => {
  test('what is stored comes back whole', async () => {
    const projectId = someId('project');
    const event = someEvent({
      projectId,
      keyId: someId('key'),
      useCaseId: someId('useCase'),
      batchId: someId('batch'),
      runId: someId('run'),
      tags: { team: 'claims "north"', 'a\\b': '{x,y}', empty: '' },
      tokens: { cachedInputTokens: 3, cacheWriteTokens: 4, reasoningTokens: 5 },
      outcome: 'failed',
      settlement: 'estimated',
      costUsd: '123456.000000000001',
      decisionDigest: 'sha256:abc',
      errorCode: 'backend.failed',
      firstTokenMs: 0.125,
      final: false,
      budgetAccounts: ['bud_1/2026-01', 'bud_2/odd "name", \\ {}'],
    });

    await record([event]);

    expect(await everything(projectId)).toEqual([event]);
  });

  test('the same event twice is one row, in one group and in two', async () => {
    const projectId = someId('project');
    const [first, second] = [someEvent({ projectId, budgetAccounts: ['bud_twice/total'] }), someEvent({ projectId })];

    expect(await record([first, first])).toEqual([first]);
    expect(await record([first, second])).toEqual([second]);

    expect(await everything(projectId)).toHaveLength(2);
    expect(await report(projectId)).toMatchObject([{ events: 2, inputTokens: 200, outputTokens: 100, costUsd: '0.0004' }]);
    expect(await readAccountSpend(pool, ['bud_twice/total', 'bud_other/total'])).toEqual(new Map([['bud_twice/total', parseUsd('0.0002')], ['bud_other/total', 0n]]));
  });

  test('an unknown attempt and its correction cancel out everywhere', async () => {
    const projectId = someId('project');
    const unknown = someEvent({ projectId, kind: 'unknown', costUsd: '3.000000000007', budgetAccounts: ['bud_u/total'] });
    await record([unknown]);
    expect(await report(projectId)).toMatchObject([{ events: 1, costUsd: '3.000000000007' }]);

    await record([correctionOf(unknown), someEvent({ projectId, jobId: unknown.jobId, budgetAccounts: ['bud_u/total'] })]);

    expect(await report(projectId)).toMatchObject([{ events: 1, inputTokens: 100, costUsd: '0.0002' }]);
    expect(await report(projectId, { groupBy: ['outcome'] })).toMatchObject([
      { group: { outcome: 'succeeded' }, events: 1, costUsd: '0.0002' },
      { group: { outcome: 'unknown' }, events: 0, costUsd: '0' },
    ]);
    expect(formatUsd(sumUsd((await everything(projectId)).map(({ costUsd }) => parseUsd(costUsd))))).toBe('0.0002');
    expect((await readAccountSpend(pool, ['bud_u/total'])).get('bud_u/total')).toBe(parseUsd('0.0002'));
  });

  test('many writers of the same events, each in its own order, neither deadlock nor count anything twice', async () => {
    const projectId = someId('project');
    const [keyId, useCaseId] = [someId('key'), someId('useCase')];
    const events = Array.from({ length: 400 }, (_, index) =>
      someEvent({
        projectId,
        keyId: index % 2 === 0 ? keyId : null,
        useCaseId: index % 3 === 0 ? useCaseId : null,
        model: `model-${index % 5}`,
        occurredAt: new Date(Date.UTC(2026, 0, 15, index % 7)).toISOString(),
        tokens: { inputTokens: index },
        budgetAccounts: [`bud_${index % 4}/many`, `bud_${index % 3}/more`],
      }),
    );
    const shuffled = (seed: number) => events.toSorted((a, b) => ((Number(`0x${a.jobId.slice(-6)}`) * seed) % 9_973) - ((Number(`0x${b.jobId.slice(-6)}`) * seed) % 9_973));

    const inserted = await Promise.all(Array.from({ length: 8 }, (_, writer) => record(shuffled(writer * 2 + 1))));

    expect(inserted.flat()).toHaveLength(400);
    const total = formatUsd(sumUsd(events.map(({ costUsd }) => parseUsd(costUsd))));
    expect(await report(projectId)).toMatchObject([{ events: 400, costUsd: total }]);
    for (const groupBy of [['model'], ['key', 'useCase'], ['model', 'outcome', 'lane', 'version']] as const) {
      const rows = await report(projectId, { groupBy, interval: 'hour' });
      expect(formatUsd(sumUsd(rows.map(({ costUsd }) => parseUsd(costUsd))))).toBe(total);
      expect(rows.reduce((sum, row) => sum + row.events, 0)).toBe(400);
    }
    const spent = await readAccountSpend(pool, [0, 1, 2, 3].map((n) => `bud_${n}/many`));
    expect(formatUsd(sumUsd(spent.values()))).toBe(total);
  });
});

describe('findRecordedAttempts', () => {
  test('finds every kind of event of an attempt, and nothing of others', async () => {
    const unknown = someEvent({ kind: 'unknown' });
    const [attempt, next] = [someEvent({ jobId: unknown.jobId }), someEvent({ jobId: unknown.jobId, attempt: 2 })];
    await record([unknown, attempt, correctionOf(unknown), next]);

    const found = await inTransaction(pool, (client) => findRecordedAttempts(client, [attempt, someEvent()]));

    expect(found.map(({ id }) => id).toSorted()).toEqual([attempt.id, `${attempt.id}.correction`, `${attempt.id}.unknown`]);
    expect((await listRecordedAttempts(pool, unknown.jobId)).toSorted((a, b) => a - b)).toEqual([1, 2]);
  });
});

describe('readUsageReport', () => {
  test('groups by ids and names, cuts time in UTC, and says null for none', async () => {
    const projectId = someId('project');
    const keyId = someId('key');
    await record([
      someEvent({ projectId, keyId, occurredAt: '2026-01-31T23:59:59.999Z' }),
      someEvent({ projectId, occurredAt: '2026-02-01T00:00:00.000Z' }),
      someEvent({ projectId, occurredAt: '2026-02-01T00:59:59.999Z' }),
    ]);

    expect(await report(projectId, { interval: 'month', groupBy: ['key'] })).toMatchObject([
      { start: '2026-01-01T00:00:00.000Z', group: { key: keyId }, events: 1 },
      { start: '2026-02-01T00:00:00.000Z', group: { key: null }, events: 2 },
    ]);
    expect(await report(projectId, { interval: 'day' })).toMatchObject([{ start: '2026-01-31T00:00:00.000Z' }, { start: '2026-02-01T00:00:00.000Z', events: 2 }]);
    expect(await report(projectId, { interval: 'hour' })).toMatchObject([{ start: '2026-01-31T23:00:00.000Z' }, { start: '2026-02-01T00:00:00.000Z', events: 2 }]);
    expect(await report(projectId, { from: new Date('2026-02-01T00:00:00Z'), groupBy: ['project'] })).toMatchObject([{ group: { project: projectId }, events: 2 }]);
    expect(await report(projectId, { to: new Date('2026-02-01T00:00:00Z') })).toMatchObject([{ start: null, group: {}, events: 1 }]);
  });

  test('nothing adds up to one row of zeros', async () => {
    expect(await report(someId('project'))).toEqual([{ start: null, group: {}, events: 0, inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, costUsd: '0' }]);
  });
});

describe('listUsageEvents', () => {
  test('pages by position in either direction without gaps or repeats, also where instants are equal', async () => {
    const projectId = someId('project');
    const events = Array.from({ length: 25 }, (_, index) => someEvent({ projectId, occurredAt: new Date(Date.UTC(2026, 2, 1, 0, 0, Math.floor(index / 10))).toISOString() }));
    await record(events);

    for (const order of ['newest-first', 'oldest-first'] as const) {
      const seen: UsageEvent[] = [];
      for (;;) {
        const last = seen.at(-1);
        const page = await listUsageEvents(pool, { projectId, ...always }, { order, limit: 7, after: last && usagePositionOf(last) });
        seen.push(...page);
        if (page.length < 7) break;
      }
      expect(new Set(seen.map(({ id }) => id)).size).toBe(25);
      const times = seen.map(({ occurredAt }) => occurredAt);
      expect(times).toEqual(order === 'oldest-first' ? times.toSorted() : times.toSorted().toReversed());
    }
  });

  test('narrows to a project, a job and a range that includes its start and excludes its end', async () => {
    const projectId = someId('project');
    const [first, second] = [someEvent({ projectId, occurredAt: '2026-04-01T00:00:00.000Z' }), someEvent({ projectId, occurredAt: '2026-04-02T00:00:00.000Z' })];
    await record([first, second, someEvent({ occurredAt: '2026-04-01T00:00:00.000Z' })]);
    const list = (filter: object) => listUsageEvents(pool, { projectId, ...always, ...filter }, { order: 'newest-first', limit: 10 });

    expect(await list({})).toEqual([second, first]);
    expect(await list({ from: new Date('2026-04-01T00:00:00Z'), to: new Date('2026-04-02T00:00:00Z') })).toEqual([first]);
    expect(await list({ jobId: second.jobId })).toEqual([second]);
    expect(await list({ projectId: someId('project'), jobId: second.jobId })).toEqual([]);
  });
});

describe('lockLedger', () => {
  test('those who share it go on side by side, who wants it alone waits for them and keeps later ones waiting', async () => {
    const order: string[] = [];
    const gate = Promise.withResolvers<void>();
    const [oneIn, otherIn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const sharing = [oneIn, otherIn].map((inside) =>
      inTransaction(pool, async (client) => {
        await lockLedger(client, 'shared');
        inside.resolve();
        await gate.promise;
        order.push('shared');
      }),
    );
    await Promise.all([oneIn.promise, otherIn.promise]);

    const alone = inTransaction(pool, async (client) => {
      await lockLedger(client, 'alone');
      order.push('alone');
    });
    gate.resolve();
    await Promise.all([...sharing, alone]);

    expect(order).toEqual(['shared', 'shared', 'alone']);
  });
});
