import type pg from 'pg';

/** Makes the partitions of the ledger for the month of an instant and `monthsAhead` after it; answers how many were missing. */
export async function ensureUsagePartitions(pool: pg.Pool, now: Date, monthsAhead: number): Promise<number> {
  const { rows } = await pool.query<{ made: number }>('select ensure_usage_partitions($1::date, $2) as made', [now.toISOString().slice(0, 10), monthsAhead + 1]);
  return rows[0]?.made ?? 0;
}
