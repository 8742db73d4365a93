import { AppError, parseUsd } from '@weighbridge/shared-domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrateQueueHome, openQueueHome } from '../queue/index.ts';
import type { QueueHome } from '../queue/index.ts';
import { homeKinds, startTestHome } from '../test-homes.ts';
import type { TestServer } from '../test-homes.ts';
import { createBudgetHolds } from './index.ts';
import type { BudgetHolds, HoldRequest } from './index.ts';

const usd = parseUsd;
const minuteMs = 60_000;

describe.each(homeKinds)('budget holds in %s', (kind) => {
  let server: TestServer;
  let home: QueueHome;
  let second: QueueHome;
  let holds: BudgetHolds;
  let serial = 0;

  beforeAll(async () => {
    server = await startTestHome(kind);
    await Promise.all([migrateQueueHome(server.url), migrateQueueHome(server.url)]);
    home = openQueueHome(server.url, { name: 'one' });
    second = openQueueHome(server.url, { name: 'two' });
    holds = createBudgetHolds(home);
  }, 30_000);
  afterAll(async () => {
    await Promise.all([home.close(), second.close()]);
    await server.stop();
  });

  /** A fresh account. */
  const account = async (limit: string, { spent = '0', kind: accountKind = 'hard' as 'hard' | 'soft' } = {}) => {
    const accountId = `bud_${++serial}/2026-01`;
    await holds.configure([{ accountId, kind: accountKind, limitPicoUsd: usd(limit), spentPicoUsd: usd(spent) }]);
    return accountId;
  };
  const request = (amount: string, accountIds: readonly string[], changes: Partial<HoldRequest> = {}): HoldRequest => ({
    holdId: `job_${++serial}`,
    owner: 'gateway_1',
    amountPicoUsd: usd(amount),
    accountIds,
    context: '{}',
    ttlMs: minuteMs,
    ...changes,
  });
  /** Takes a hold that must succeed, and answers its id. */
  const held = async (amount: string, accountIds: readonly string[], changes: Partial<HoldRequest> = {}) => {
    const wanted = request(amount, accountIds, changes);
    expect(await holds.hold(wanted)).toEqual({ ok: true });
    return wanted.holdId;
  };
  const statusOf = async (accountId: string) => {
    const [status] = await holds.status([accountId]);
    return status && { spent: status.spentPicoUsd, held: status.heldPicoUsd };
  };

  test.each([50, 500])('%i holds at once never pass a hard limit, over several processes, and use it up', async (count) => {
    const accountId = await account('10');
    const stores = [holds, createBudgetHolds(second)];

    const outcomes = await Promise.all(Array.from({ length: count }, async (_, index) => stores[index % 2]?.hold(request('0.3', [accountId]))));

    expect(outcomes.filter((outcome) => outcome?.ok)).toHaveLength(33);
    expect(await statusOf(accountId)).toEqual({ spent: 0n, held: usd('9.9') });
  });

  test('holds, settlements and releases at once keep spent and held in order', async () => {
    const accounts = [await account('1000'), await account('1000')];
    const other = createBudgetHolds(second);

    await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const ids = index % 2 ? accounts : accounts.toReversed();
        const holdId = await held('1', ids);
        if (index % 4 === 0) return expect(await other.release(holdId)).toBe('released');
        await other.start(holdId, 1);
        await other.settle(holdId, usd('0.4'), { final: index % 4 !== 1, key: holdId });
      }),
    );

    // 150 settled at 0.4 each; 50 of them not finally, so 0.6 of each is still held
    for (const accountId of accounts) expect(await statusOf(accountId)).toEqual({ spent: usd('60'), held: usd('30') });
  });

  test('a refusal names the account with its numbers, and takes nothing anywhere', async () => {
    const [wide, narrow] = [await account('100'), await account('5', { spent: '2' })];
    await held('1', [narrow]);

    const outcome = await holds.hold(request('2.5', [wide, narrow]));

    expect(outcome).toEqual({ ok: false, reason: 'exceeded', accountId: narrow, limitPicoUsd: usd('5'), spentPicoUsd: usd('2'), heldPicoUsd: usd('1') });
    expect(await statusOf(wide)).toEqual({ spent: 0n, held: 0n });
    expect(await holds.hold(request('2', [wide, narrow]))).toEqual({ ok: true });
  });

  test('an account that nobody configured refuses, and takes nothing anywhere', async () => {
    const known = await account('100');

    const outcome = await holds.hold(request('1', [known, 'bud_unknown/2026-01']));

    expect(outcome).toEqual({ ok: false, reason: 'unknown-account', accountId: 'bud_unknown/2026-01' });
    expect(await statusOf(known)).toEqual({ spent: 0n, held: 0n });
  });

  test('a soft account counts and never refuses', async () => {
    const soft = await account('1', { kind: 'soft' });

    await held('5', [soft]);

    expect(await statusOf(soft)).toEqual({ spent: 0n, held: usd('5') });
  });

  test('nothing costs nothing: a free model works when the money is gone', async () => {
    const spent = await account('1', { spent: '1' });

    expect(await holds.hold(request('0', [spent]))).toEqual({ ok: true });
    expect(await holds.hold(request('0.000000000001', [spent]))).toMatchObject({ ok: false, reason: 'exceeded' });
  });

  test('the same hold again counts once, also at once', async () => {
    const accountId = await account('10');
    const wanted = request('3', [accountId, accountId]);

    const outcomes = await Promise.all(Array.from({ length: 5 }, () => holds.hold(wanted)));

    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(await statusOf(accountId)).toEqual({ spent: 0n, held: usd('3') });
  });

  test('a hold without any account is recorded', async () => {
    const holdId = await held('3', [], { owner: 'alone' });

    expect(await holds.outstanding('alone')).toEqual({ holds: 1, amountPicoUsd: usd('3') });
    expect(await holds.start(holdId, 1)).toBe(true);
    expect(await holds.settle(holdId, usd('1'), { final: true, key: holdId })).toBe('settled');
    expect(await holds.outstanding('alone')).toEqual({ holds: 0, amountPicoUsd: 0n });
  });

  // 9,007 USD is where a double loses single pico-USD, 9,223,372 USD where a 64-bit integer ends
  test.each(['0.000000000001', '0.999999999999', '9007.199254740993', '9007.199254740992', '9223372.036854775808', '9000000.000000000001', '999999999999.999999999999'])(
    'amounts around %s are exact to the last pico-dollar',
    async (amount) => {
      const step = usd('0.000000000001');
      const limit = usd(amount) * 3n + step;
      const accountId = `bud_${++serial}/2026-01`;
      await holds.configure([{ accountId, kind: 'hard', limitPicoUsd: limit, spentPicoUsd: usd(amount) }]);

      const one = await held(amount, [accountId]);
      const two = await held(amount, [accountId]);
      expect(await holds.hold({ ...request(amount, [accountId]), amountPicoUsd: step * 2n })).toMatchObject({ ok: false, limitPicoUsd: limit, heldPicoUsd: usd(amount) * 2n });
      expect(await holds.hold({ ...request(amount, [accountId]), amountPicoUsd: step })).toEqual({ ok: true });
      await holds.settle(one, usd(amount), { final: true, key: one });
      await holds.settle(two, usd(amount) - step, { final: true, key: two });

      expect(await statusOf(accountId)).toEqual({ spent: usd(amount) * 3n - step, held: step });
    },
  );

  test('a settlement moves from held to spent, and the final one frees the rest', async () => {
    const accountId = await account('10');
    const holdId = await held('4', [accountId]);
    await holds.start(holdId, 1);

    expect(await holds.settle(holdId, usd('1'), { final: false, key: `${holdId}.1` })).toBe('settled');
    expect(await statusOf(accountId)).toEqual({ spent: usd('1'), held: usd('3') });
    expect(await holds.settle(holdId, usd('2'), { final: true, key: `${holdId}.2` })).toBe('settled');
    expect(await statusOf(accountId)).toEqual({ spent: usd('3'), held: 0n });
  });

  test('the same settlement again changes nothing, also at once', async () => {
    const accountId = await account('10');
    const holdId = await held('4', [accountId]);

    const outcomes = await Promise.all(Array.from({ length: 5 }, () => holds.settle(holdId, usd('1'), { final: true, key: holdId, accountIds: [accountId] })));

    expect(outcomes.toSorted()).toEqual(['duplicate', 'duplicate', 'duplicate', 'duplicate', 'settled']);
    expect(await statusOf(accountId)).toEqual({ spent: usd('1'), held: 0n });
  });

  test('what cost more than was held is spent all the same, and holds of others stay', async () => {
    const accountId = await account('10');
    const holdId = await held('1', [accountId]);
    await held('2', [accountId]);

    await holds.settle(holdId, usd('11'), { final: true, key: holdId });

    expect(await statusOf(accountId)).toEqual({ spent: usd('11'), held: usd('2') });
    expect(await holds.hold(request('0.1', [accountId]))).toMatchObject({ ok: false, reason: 'exceeded', spentPicoUsd: usd('11') });
  });

  test('the spend of a hold that is gone still counts, on the accounts given', async () => {
    const accountId = await account('10');
    const late = `bud_${++serial}/2026-02`;

    expect(await holds.settle('job_gone', usd('1'), { final: true, key: `gone.${serial}`, accountIds: [accountId, late] })).toBe('without-hold');

    expect(await statusOf(accountId)).toEqual({ spent: usd('1'), held: 0n });
    expect(await holds.hold(request('1', [late]))).toMatchObject({ ok: false, reason: 'unknown-account' });
    await holds.configure([{ accountId: late, kind: 'hard', limitPicoUsd: usd('5'), spentPicoUsd: 0n }]);
    expect(await statusOf(late)).toEqual({ spent: usd('1'), held: 0n });
  });

  test('a further attempt adds its worst case, under the same rules', async () => {
    const accountId = await account('10');
    const holdId = await held('6', [accountId]);

    expect(await holds.extend(holdId, usd('5'), minuteMs)).toMatchObject({ ok: false, reason: 'exceeded', heldPicoUsd: usd('6') });
    expect(await holds.extend(holdId, usd('4'), minuteMs)).toEqual({ ok: true });
    expect(await statusOf(accountId)).toEqual({ spent: 0n, held: usd('10') });
    expect(await holds.extend(holdId, 0n, minuteMs)).toEqual({ ok: true });
    await holds.settle(holdId, usd('3'), { final: true, key: holdId });
    expect(await statusOf(accountId)).toEqual({ spent: usd('3'), held: 0n });
    expect(await holds.extend(holdId, usd('1'), minuteMs)).toEqual({ ok: false, reason: 'unknown-hold' });
  });

  test('a hold of which nothing was started is released, once', async () => {
    const accountId = await account('10');
    const holdId = await held('6', [accountId]);

    expect(await holds.release(holdId)).toBe('released');
    expect(await holds.release(holdId)).toBe('unknown');
    expect(await holds.start(holdId, 1)).toBe(false);
    expect(await statusOf(accountId)).toEqual({ spent: 0n, held: 0n });
  });

  test('a hold of which something was started is not released', async () => {
    const accountId = await account('10');
    const holdId = await held('6', [accountId]);

    expect(await holds.start(holdId, 1)).toBe(true);
    expect(await holds.release(holdId)).toBe('started');
    expect(await statusOf(accountId)).toEqual({ spent: 0n, held: usd('6') });
  });

  test('start and release at once: exactly one of them wins', async () => {
    const accountId = await account('100');
    const other = createBudgetHolds(second);
    const ids = await Promise.all(Array.from({ length: 30 }, () => held('1', [accountId])));

    const races = await Promise.all(ids.map((holdId) => Promise.all([holds.start(holdId, 1), other.release(holdId)])));

    expect(races.every(([started, released]) => started === (released === 'started'))).toBe(true);
  });

  test('a process that dies leaves its holds: they stay counted, are listed with what was started, and are freed only by a decision', async () => {
    const accountId = await account('10');
    const never = await held('2', [accountId], { ttlMs: 0, owner: 'dead', context: '{"n":1}' });
    const begun = await held('3', [accountId], { ttlMs: 0, owner: 'dead', context: '{"n":2}' });
    const alive = await held('1', [accountId], { ttlMs: 0, owner: 'dead' });
    await holds.start(begun, 1);
    await holds.start(begun, 2);
    await holds.start(begun, 2);
    await holds.start(alive, 1, minuteMs);

    const expired = (await holds.expired(100)).filter(({ owner }) => owner === 'dead').toSorted((a, b) => a.startedAttempts.length - b.startedAttempts.length);

    expect(expired).toEqual([
      { holdId: never, owner: 'dead', amountPicoUsd: usd('2'), accountIds: [accountId], context: '{"n":1}', startedAttempts: [], expiredAtMs: expect.any(Number), expiresAtMs: expect.any(Number) },
      { holdId: begun, owner: 'dead', amountPicoUsd: usd('3'), accountIds: [accountId], context: '{"n":2}', startedAttempts: [1, 2], expiredAtMs: expect.any(Number), expiresAtMs: expect.any(Number) },
    ]);
    expect(await statusOf(accountId)).toEqual({ spent: 0n, held: usd('6') });
    expect(await holds.release(never)).toBe('released');
    await holds.settle(begun, usd('3'), { final: true, key: begun });
    expect(await statusOf(accountId)).toEqual({ spent: usd('3'), held: usd('1') });
  });

  test('the longest expired are listed first, no more than asked for', async () => {
    const ids = [];
    for (const ttlMs of [-1_000_000, -3_000_000, -2_000_000]) ids.push(await held('0', [], { ttlMs }));

    expect((await holds.expired(2)).map(({ holdId }) => holdId)).toEqual([ids[1], ids[2]]);
  });

  test('a new limit and a new seed are obeyed, and what is held stays', async () => {
    const accountId = await account('10', { spent: '1' });
    await held('2', [accountId]);

    await holds.configure([{ accountId, kind: 'hard', limitPicoUsd: usd('3'), spentPicoUsd: usd('9') }]);
    expect(await statusOf(accountId)).toEqual({ spent: usd('1'), held: usd('2') });
    expect(await holds.hold(request('1', [accountId]))).toMatchObject({ ok: false, limitPicoUsd: usd('3') });
    await holds.configure([{ accountId, kind: 'soft', limitPicoUsd: usd('3'), spentPicoUsd: usd('9'), reseed: true }]);

    expect(await holds.status([accountId, 'bud_unknown/x'])).toEqual([{ accountId, kind: 'soft', limitPicoUsd: usd('3'), spentPicoUsd: usd('9'), heldPicoUsd: usd('2') }]);
  });

  test('accounts of past periods are forgotten unless something is held', async () => {
    const [idle, busy] = [await account('1'), await account('1')];
    await held('1', [busy]);

    await holds.forget([idle, busy]);

    expect((await holds.status([idle, busy])).map(({ accountId }) => accountId)).toEqual([busy]);
  });

  test('negative amounts are refused', async () => {
    await expect(holds.hold(request('-1', []))).rejects.toThrow(RangeError);
    await expect(holds.settle('x', -1n, { final: true, key: 'x' })).rejects.toThrow(RangeError);
  });

  test('a home that is away means that no budget can be checked', async () => {
    const away = openQueueHome(kind === 'redis' ? 'redis://127.0.0.1:1' : 'postgres://x:y@127.0.0.1:1/none', { name: 'away' });

    const failure = await createBudgetHolds(away).hold(request('1', [])).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(AppError);
    expect(failure).toMatchObject({ code: 'budget.unavailable' });
    await away.close();
  });
});
