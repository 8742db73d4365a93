import { parseUsd, zeroUsd } from '@weighbridge/shared-domain';
import type { PicoUsd } from '@weighbridge/shared-domain';
import type pg from 'pg';

/** What the ledger says that accounts have spent; zero for those that it knows nothing of. */
export async function readAccountSpend(client: pg.Pool | pg.PoolClient, accountIds: readonly string[]): Promise<Map<string, PicoUsd>> {
  const { rows } = await client.query<{ account_id: string; spent_usd: string }>({
    name: 'account_spend',
    text: 'select account_id, spent_usd from account_spend where account_id = any($1)',
    values: [accountIds],
  });
  const spent = new Map(accountIds.map((id) => [id, zeroUsd]));
  for (const { account_id, spent_usd } of rows) spent.set(account_id, parseUsd(spent_usd));
  return spent;
}
