import { picoUsd } from '@weighbridge/shared-domain';
import { z } from 'zod';
import type { PostgresQueueHome } from '../queue/queue-home.ts';
import { checkAmount, orUnavailable } from './amount.ts';
import { settledKeyTtlMs } from './budget-holds.ts';
import type { AccountSetting, BudgetHolds, ExtendOutcome, HoldOutcome, HoldState } from './budget-holds.ts';

/** pg hands a numeric over as text. */
const Amount = z.string().transform((digits) => picoUsd(BigInt(digits)));

const OutcomeRow = z.object({
  result: z.enum(['ok', 'exceeded', 'unknown-account', 'unknown-hold']),
  account_id: z.string().nullable(),
  limit_pico: Amount.nullable(),
  spent_pico: Amount.nullable(),
  held_pico: Amount.nullable(),
});
const SettleRow = z.object({ outcome: z.enum(['settled', 'duplicate', 'without-hold']) });
const ReleaseRow = z.object({ outcome: z.enum(['released', 'started', 'unknown']) });
const HoldRow = z.object({
  hold_id: z.string(),
  owner: z.string(),
  left_pico: Amount,
  account_ids: z.array(z.string()),
  context: z.string(),
  started: z.array(z.number()),
  expires_at: z.date(),
});
const AccountRow = z.object({
  account_id: z.string(),
  kind: z.enum(['hard', 'soft']),
  limit_pico: Amount,
  spent_pico: Amount,
  held_pico: Amount,
});

const toState = (row: z.output<typeof HoldRow>): HoldState => ({
  holdId: row.hold_id,
  owner: row.owner,
  amountPicoUsd: row.left_pico,
  accountIds: row.account_ids,
  context: row.context,
  startedAttempts: row.started,
  expiresAtMs: row.expires_at.getTime(),
});

export function openPostgresHolds(home: PostgresQueueHome): BudgetHolds {
  const query = async <R extends z.ZodType>(row: R, name: string, text: string, values: readonly unknown[]): Promise<z.output<R>[]> => {
    const { rows } = await orUnavailable(home.pool.query({ name: `budget_${name}`, text, values: [...values] }));
    return rows.map((raw) => row.parse(raw));
  };
  /** Each operation is one call of one function of budgetHoldsSchema, prepared once a session. */
  const call = async <R extends z.ZodType>(row: R, name: string, text: string, values: readonly unknown[]): Promise<z.output<R>> => {
    const [answer] = await query(row, name, text, values);
    if (answer === undefined) throw new Error(`budget_${name} answered nothing`);
    return answer;
  };
  const money = (amount: bigint) => checkAmount(amount).toString();
  const distinct = (ids: readonly string[]) => [...new Set(ids)];

  return {
    configure: async (accounts) => {
      const latest = [...new Map(accounts.map((account) => [account.accountId, account])).values()];
      const column = <T>(pick: (account: AccountSetting) => T) => latest.map(pick);
      await query(z.unknown(), 'configure', 'select budget_configure($1, $2, $3, $4, $5)', [
        column(({ accountId }) => accountId),
        column(({ kind }) => kind),
        column(({ limitPicoUsd }) => money(limitPicoUsd)),
        column(({ spentPicoUsd }) => money(spentPicoUsd)),
        column(({ reseed = false }) => reseed),
      ]);
    },
    hold: async ({ holdId, owner, amountPicoUsd, accountIds, context, ttlMs }) => {
      const values = [holdId, owner, money(amountPicoUsd), distinct(accountIds), context, ttlMs];
      return toOutcome(await call(OutcomeRow, 'hold', 'select * from budget_take_hold($1, $2, $3, $4, $5, $6)', values)) as HoldOutcome;
    },
    start: async (holdId, attempt, ttlMs) => {
      const { found } = await call(z.object({ found: z.boolean() }), 'start', 'select budget_start($1, $2, $3) as found', [holdId, attempt, ttlMs ?? null]);
      return found;
    },
    extend: async (holdId, amountPicoUsd, ttlMs) =>
      toOutcome(await call(OutcomeRow, 'extend', 'select * from budget_extend($1, $2, $3)', [holdId, money(amountPicoUsd), ttlMs])),
    settle: async (holdId, actualPicoUsd, { final, key, accountIds = [] }) => {
      const values = [holdId, money(actualPicoUsd), final, key, distinct(accountIds)];
      return (await call(SettleRow, 'settle', 'select budget_settle($1, $2, $3, $4, $5) as outcome', values)).outcome;
    },
    release: async (holdId) => (await call(ReleaseRow, 'release', 'select budget_release($1) as outcome', [holdId])).outcome,
    expired: async (limit) => {
      await query(z.unknown(), 'prune', `delete from budget_settled where settled_at < now() - $1 * interval '1 millisecond'`, [settledKeyTtlMs]);
      const rows = await query(HoldRow, 'expired', 'select * from budget_hold where expires_at <= clock_timestamp() order by expires_at limit $1', [limit]);
      return rows.map((row) => ({ ...toState(row), expiredAtMs: row.expires_at.getTime() }));
    },
    inspect: async (holdId) => {
      const [row] = await query(HoldRow, 'inspect', 'select * from budget_hold where hold_id = $1', [holdId]);
      return row === undefined ? null : toState(row);
    },
    outstanding: async (owner) => {
      const text = 'select count(*)::integer as holds, coalesce(sum(left_pico), 0) as amount from budget_hold where $1::text is null or owner = $1';
      const [row] = await query(z.object({ holds: z.number(), amount: Amount }), 'outstanding', text, [owner ?? null]);
      return { holds: row?.holds ?? 0, amountPicoUsd: row?.amount ?? picoUsd(0n) };
    },
    status: async (accountIds) => {
      const text = 'select * from budget_account where account_id = any($1) and limit_pico is not null order by array_position($1, account_id)';
      const rows = await query(AccountRow, 'status', text, [accountIds]);
      return rows.map((row) => ({
        accountId: row.account_id,
        kind: row.kind,
        limitPicoUsd: row.limit_pico,
        spentPicoUsd: row.spent_pico,
        heldPicoUsd: row.held_pico,
      }));
    },
    forget: async (accountIds) => {
      await query(z.unknown(), 'forget', 'delete from budget_account where account_id = any($1) and held_pico = 0', [accountIds]);
    },
  };
}

function toOutcome({ result, account_id, limit_pico, spent_pico, held_pico }: z.output<typeof OutcomeRow>): ExtendOutcome {
  if (result === 'ok') return { ok: true };
  if (result === 'unknown-hold') return { ok: false, reason: result };
  const accountId = account_id ?? '';
  if (result === 'unknown-account') return { ok: false, reason: result, accountId };
  const [limitPicoUsd, spentPicoUsd, heldPicoUsd] = [limit_pico, spent_pico, held_pico].map((amount) => amount ?? picoUsd(0n));
  if (limitPicoUsd === undefined || spentPicoUsd === undefined || heldPicoUsd === undefined) throw new Error('a refusal without its account');
  return { ok: false, reason: result, accountId, limitPicoUsd, spentPicoUsd, heldPicoUsd };
}
