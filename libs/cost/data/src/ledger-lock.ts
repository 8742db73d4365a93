import type pg from 'pg';

/** One advisory lock orders what touches the ledger: a number of our own, "cost" in ASCII. */
export const ledgerLockKey = 0x63_6f_73_74;

/**
 * Held to the end of the transaction. `shared` is for what goes on side by side: storing attempts, telling the hold store of them.
 * `alone` is for what must see the ledger still: an attempt of unknown outcome (is its own event there or not?), the opening of a
 * budget's account, the comparing of the hold store with the ledger. Taken before any row is locked.
 */
export async function lockLedger(client: pg.PoolClient, mode: 'shared' | 'alone'): Promise<void> {
  await client.query({ name: `ledger_lock_${mode}`, text: `select pg_advisory_xact_lock${mode === 'shared' ? '_shared' : ''}($1)`, values: [ledgerLockKey] });
}
