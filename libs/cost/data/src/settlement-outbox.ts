import { SignedUsdAmount } from '@weighbridge/shared-domain';
import type pg from 'pg';
import { z } from 'zod';

/** What the hold store is to be told of one recorded event. Telling it twice changes nothing: the key is the event's id. */
export const HoldSettlement = z.object({
  /** The job's. */
  holdId: z.string(),
  key: z.string(),
  /** Never negative: what a correction gives back is not settled but compared anew, see `compareAccounts`. */
  costUsd: SignedUsdAmount,
  final: z.boolean(),
  /** Those that the hold was taken from. */
  accountIds: z.array(z.string()),
  /** Accounts of budgets that came after the hold was taken: charged besides. */
  lateAccountIds: z.array(z.string()),
  /** The spend of these must be read from the ledger again. */
  compareAccounts: z.array(z.string()),
});
export type HoldSettlement = z.infer<typeof HoldSettlement>;

export interface PendingSettlements {
  readonly id: string;
  readonly settlements: readonly HoldSettlement[];
}

/** Written in the transaction that stores the events, so that no recorded spend stays held, whatever crashes. */
export async function addSettlements(client: pg.PoolClient, settlements: readonly HoldSettlement[]): Promise<void> {
  if (settlements.length === 0) return;
  await client.query({ name: 'outbox_add', text: 'insert into settlement_outbox (settlements) values ($1)', values: [JSON.stringify(settlements)] });
}

/** Oldest first, and none that another process is at. They stay locked, and pending, until {@link removeSettlements} commits. */
export async function takeSettlements(client: pg.PoolClient, limit: number): Promise<PendingSettlements[]> {
  const { rows } = await client.query<{ id: string; settlements: unknown }>({
    name: 'outbox_take',
    text: 'select id, settlements from settlement_outbox order by id limit $1 for update skip locked',
    values: [limit],
  });
  return rows.map(({ id, settlements }) => ({ id, settlements: z.array(HoldSettlement).parse(settlements) }));
}

export async function removeSettlements(client: pg.PoolClient, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await client.query({ name: 'outbox_remove', text: 'delete from settlement_outbox where id = any($1::bigint[])', values: [ids] });
}

export async function countPendingSettlements(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ count: string }>('select coalesce(sum(jsonb_array_length(settlements)), 0) as count from settlement_outbox');
  return Number(rows[0]?.count ?? 0);
}
