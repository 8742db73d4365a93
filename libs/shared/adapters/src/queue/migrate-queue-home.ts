import { quoteSchemaName, runMigrations } from 'bullmq';
import type { PgQueryable } from 'bullmq';
import pg from 'pg';
import { budgetHoldsSchema } from '../budget-holds/postgres-schema.ts';
import { distinctCountsSchema } from '../distinct-counts/postgres-schema.ts';
import { rateLimitSchema } from '../rate-limit/postgres-schema.ts';
import { isPostgresUrl } from './queue-home.ts';

export interface MigrateQueueHomeOptions {
  /** Default `queue`, as in `openQueueHome`. */
  readonly schema?: string;
  /** Database roles that may use the home; the one that migrates owns it and needs no grant. */
  readonly grantTo?: readonly string[];
}

/**
 * Brings a PostgreSQL queue home up to date: BullMQ's tables, then those of budget holds, rate limits and distinct counts. Two processes may run it at once,
 * and it may run again at any time. A Redis home needs nothing. Needs the right to create a schema.
 */
export async function migrateQueueHome(url: string, { schema = 'queue', grantTo = [] }: MigrateQueueHomeOptions = {}): Promise<void> {
  if (!isPostgresUrl(url)) return;
  const client = new pg.Client({ connectionString: url, application_name: 'queue.migrate', options: '-c client_min_messages=warning' });
  await client.connect();
  try {
    await runMigrations(client as unknown as PgQueryable, schema);
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock(hashtext($1))', [`weighbridge.queue-home.${schema}`]);
    await client.query(`set local search_path to ${quoteSchemaName(schema)}`);
    await client.query(budgetHoldsSchema);
    await client.query(rateLimitSchema);
    await client.query(distinctCountsSchema);
    for (const role of grantTo) await client.query(grants(quoteSchemaName(schema), pg.escapeIdentifier(role)));
    await client.query('commit');
  } finally {
    await client.end();
  }
}

/** `create` is needed because BullMQ makes a sequence for each queue when the first bulk of messages comes. */
const grants = (schema: string, role: string) => `
  grant usage, create on schema ${schema} to ${role};
  grant select, insert, update, delete on all tables in schema ${schema} to ${role};
  grant usage, select, update on all sequences in schema ${schema} to ${role};
  grant execute on all functions in schema ${schema} to ${role};
`;
