import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/**
 * Runs `work` while no other process holds the lock of this name in the same database; waits without limit.
 * It asks again and again instead of waiting inside one statement: a waiting statement holds a snapshot, on which
 * CREATE INDEX CONCURRENTLY of the process ahead would wait in turn.
 */
export async function withAdvisoryLock<T>(url: string, name: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'weighbridge.lock', options: '-c client_min_messages=warning' });
  // A connection lost between statements would end the process; the next statement on it fails anyway.
  client.on('error', () => {});
  await client.connect();
  try {
    while (!(await tryLock(client, name))) await delay(50);
    return await work(client);
  } finally {
    await client.end();
  }
}

async function tryLock(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 0)) as locked', [name]);
  return rows[0]?.locked === true;
}
