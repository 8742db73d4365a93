import { AppError } from '@weighbridge/shared-domain';
import pg from 'pg';
import { sqlName } from './database-url.ts';

export interface PoolOptions {
  readonly connectionString: string;
  /** The schema of the service: the only one on the search path. */
  readonly schema: string;
  /** Most connections at a time. Default 10. */
  readonly max?: number;
  /** What an operator sees in pg_stat_activity. */
  readonly applicationName: string;
  /** The server ends a statement after this long. Default 30,000; 0 means never. */
  readonly statementTimeoutMs?: number;
  /** How long a caller waits for a free connection before the call fails. Default 10,000. */
  readonly connectTimeoutMs?: number;
  /** Told when an idle connection is lost. The pool replaces it by itself, so this is for the log. */
  readonly onError?: (error: Error) => void;
}

/** Connections for one service. `numeric` and `bigint` columns arrive as strings, `timestamptz` as Date. The caller ends it. */
export function createPool({
  connectionString,
  schema,
  max = 10,
  applicationName,
  statementTimeoutMs = 30_000,
  connectTimeoutMs = 10_000,
  onError = () => {},
}: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    application_name: applicationName,
    statement_timeout: statementTimeoutMs === 0 ? false : statementTimeoutMs,
    idle_in_transaction_session_timeout: 60_000,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    options: `-c search_path=${sqlName(schema)}`,
  });
  // Without listeners the loss of a connection between two statements would end the process: in the pool, or in a caller's hands.
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** Resolves when the database answers. Throws `service.unavailable` when it does not within `timeoutMs`. */
export async function pingDatabase(pool: pg.Pool, timeoutMs = 2_000): Promise<void> {
  const { promise: expired, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  try {
    await Promise.race([pool.query('select 1'), expired]);
  } catch (cause) {
    throw new AppError('service.unavailable', 'the database does not answer', { cause });
  } finally {
    clearTimeout(timer);
  }
}
