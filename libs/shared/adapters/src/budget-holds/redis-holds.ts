import { sumUsd } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { createMicroBatch } from '../micro-batch.ts';
import type { RedisQueueHome } from '../queue/queue-home.ts';
import { fromLimbs, orUnavailable, toLimbs } from './amount.ts';
import { settledKeyTtlMs } from './budget-holds.ts';
import type { BudgetHolds, ExtendOutcome, HoldOutcome, HoldState } from './budget-holds.ts';
import { commandName, holdScripts } from './redis-scripts.ts';
import type { HoldScript } from './redis-scripts.ts';

type Command = (...values: (string | number)[]) => Promise<unknown>;

const Texts = z.array(z.string());
const Numbers = z.array(z.number());
/** `ok`, or why not, with the account and its amounts. */
const Answer = z.array(z.string().nullable());
type Answer = z.output<typeof Answer>;

/** A script keeps all others waiting: about a millisecond, with so many. */
const mostTogether = 100;

export function openRedisHolds(home: RedisQueueHome): BudgetHolds {
  const { redis } = home;
  const tag = `{${home.schema}.holds}`;
  for (const { command, lua } of holdScripts) redis.defineCommand(command, { numberOfKeys: 1, lua });
  const commands = redis as unknown as Record<string, Command>;
  const run = (script: HoldScript, ...values: (string | number)[]): Promise<unknown> => {
    const command = commands[commandName(script)];
    if (!command) throw new Error(`no script ${script}`);
    return orUnavailable(command.call(redis, tag, ...values));
  };
  /** Calls of one turn of the event loop go to their script together; each has its own answer. */
  const together = <T>(script: HoldScript, answer: z.ZodType<T>) => {
    const batch = createMicroBatch({ flush: async (calls: readonly (readonly (string | number)[])[]) => z.array(answer).parse(await run(script, ...calls.flat())), maxSize: mostTogether });
    return (...values: (string | number)[]) => batch.add(values);
  };
  const hold = together('hold', Answer);
  const start = together('start', z.number());
  const extend = together('extend', Answer);
  const settle = together('settle', z.enum(['settled', 'duplicate', 'without-hold']));
  const release = together('release', z.enum(['released', 'started', 'unknown']));
  const accountKey = (id: string) => `${tag}:account:${id}`;
  const holdKey = (id: string) => `${tag}:hold:${id}`;
  const json = (ids: readonly string[]) => JSON.stringify([...new Set(ids)]);

  return {
    configure: async (accounts) => {
      await Promise.all(
        accounts.map(({ accountId, kind, limitPicoUsd, spentPicoUsd, reseed = false }) =>
          run('configure', accountId, kind, ...toLimbs(limitPicoUsd), ...toLimbs(spentPicoUsd), reseed ? 1 : 0),
        ),
      );
    },
    hold: async ({ holdId, owner, amountPicoUsd, accountIds, context, ttlMs }) =>
      toOutcome(await hold(holdId, owner, ...toLimbs(amountPicoUsd), json(accountIds), context, ttlMs)) as HoldOutcome,
    start: async (holdId, attempt, ttlMs) => (await start(holdId, attempt, ttlMs ?? '')) === 1,
    extend: async (holdId, amountPicoUsd, ttlMs) => toOutcome(await extend(holdId, ...toLimbs(amountPicoUsd), ttlMs)),
    settle: async (holdId, actualPicoUsd, { final, key, accountIds = [] }) => settle(holdId, ...toLimbs(actualPicoUsd), final ? 1 : 0, key, json(accountIds), settledKeyTtlMs),
    release: (holdId) => release(holdId),
    expired: async (limit) =>
      z.array(Texts).parse(await run('expired', limit)).map(([holdId = '', owner = '', usd, pico, accounts = '[]', context = '', started = '[]', expires]) => {
        const state = toState(holdId, { owner, usd, pico, accounts, context, started, expires });
        return { ...state, expiredAtMs: state.expiresAtMs };
      }),
    inspect: async (holdId) => {
      const fields = await orUnavailable(redis.hgetall(holdKey(holdId)));
      return fields['owner'] === undefined ? null : toState(holdId, fields);
    },
    outstanding: async (owner) => {
      const ids = await orUnavailable(redis.zrange(`${tag}:expiry`, '0', '-1'));
      const holds = await orUnavailable(Promise.all(ids.map((id) => redis.hmget(holdKey(id), 'owner', 'usd', 'pico'))));
      const wanted = holds.filter(([holder]) => holder !== null && (owner === undefined || holder === owner));
      return { holds: wanted.length, amountPicoUsd: sumUsd(wanted.map(([, usd, pico]) => fromLimbs(usd, pico))) };
    },
    status: async (accountIds) => {
      const rows = await orUnavailable(Promise.all(accountIds.map((id) => redis.hgetall(accountKey(id)))));
      return rows.flatMap((row, index) => {
        if (row['limitUsd'] === undefined) return [];
        return {
          accountId: accountIds[index] ?? '',
          kind: z.enum(['hard', 'soft']).parse(row['kind']),
          limitPicoUsd: fromLimbs(row['limitUsd'], row['limitPico']),
          spentPicoUsd: fromLimbs(row['spentUsd'], row['spentPico']),
          heldPicoUsd: fromLimbs(row['heldUsd'], row['heldPico']),
        };
      });
    },
    forget: async (accountIds) => void (await Promise.all(accountIds.map((id) => run('forget', id)))),
  };
}

const toState = (holdId: string, fields: Readonly<Record<string, string | undefined>>): HoldState => ({
  holdId,
  owner: fields['owner'] ?? '',
  amountPicoUsd: fromLimbs(fields['usd'], fields['pico']),
  accountIds: Texts.parse(JSON.parse(fields['accounts'] ?? '[]')),
  context: fields['context'] ?? '',
  startedAttempts: Numbers.parse(JSON.parse(fields['started'] ?? '[]')),
  expiresAtMs: Number(fields['expires']),
});

function toOutcome([result, accountId, ...limbs]: Answer): ExtendOutcome {
  if (result === 'ok') return { ok: true };
  if (result === 'unknown-hold') return { ok: false, reason: 'unknown-hold' };
  if (result === 'unknown-account') return { ok: false, reason: 'unknown-account', accountId: accountId ?? '' };
  const [limitUsd, limitPico, spentUsd, spentPico, heldUsd, heldPico] = limbs;
  return {
    ok: false,
    reason: 'exceeded',
    accountId: accountId ?? '',
    limitPicoUsd: fromLimbs(limitUsd, limitPico),
    spentPicoUsd: fromLimbs(spentUsd, spentPico),
    heldPicoUsd: fromLimbs(heldUsd, heldPico),
  };
}
