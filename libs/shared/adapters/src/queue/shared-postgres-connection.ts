import { PostgresConnection, PostgresQueueBackend } from 'bullmq';
import type { PgPool } from 'bullmq';
import pg from 'pg';

/**
 * BullMQ gives every queue and worker a pool and a listening connection of its own, and knows only one schema for a pool
 * that it is handed. This one serves all queues of a process with one pool and one listening connection, in any schema.
 */
export class SharedPostgresConnection extends PostgresConnection {
  override readonly schema: string;

  constructor(pool: pg.Pool, schema: string) {
    super(tellingLostConnections(pool));
    this.schema = schema;
    this.setMaxListeners(0);
  }

  /** The base class remembers a first failure for ever; here the next caller tries again. */
  override async waitUntilReady(): Promise<void> {
    try {
      await super.waitUntilReady();
    } catch (error) {
      (this as unknown as { readyPromise: undefined }).readyPromise = undefined;
      throw error;
    }
  }

  override async getListenClient(): ReturnType<PostgresConnection['getListenClient']> {
    const client = await super.getListenClient();
    (client as unknown as pg.Client).setMaxListeners(0);
    return client;
  }

  /** A queue that closes must not take the connection from the others: {@link closeShared} ends it. */
  override async close(): Promise<void> {}

  override async disconnect(): Promise<void> {}

  closeShared(): Promise<void> {
    return super.close();
  }
}

export class SharedPostgresBackend extends PostgresQueueBackend {
  /** Like its connection's: a worker that was started before its server could otherwise never finish a message. */
  override waitUntilReady(): Promise<void> {
    return this.connection.waitUntilReady();
  }
}

/**
 * BullMQ waits and tries again only after an error that it takes for a refused connection. Any other way to lose the server
 * would be the message's failure, although its consumer has done all its work; so every such error says that it is one.
 */
function tellingLostConnections(pool: pg.Pool): PgPool {
  const translate = (error: unknown): never => {
    if (!isLostConnection(error)) throw error;
    throw Object.assign(new Error(error.message, { cause: error }), { code: 'ECONNREFUSED' });
  };
  const telling = {
    options: pool.options,
    query: (text: string, values?: unknown[]) => pool.query(text, values).catch(translate),
    connect: () => pool.connect().catch(translate),
    end: () => pool.end(),
    on: (event: 'error', listener: (error: Error) => void) => pool.on(event, listener),
  };
  return telling as unknown as PgPool;
}

/** Classes 08 (connection) and 57P (operator intervention) of the PostgreSQL manual, appendix A; sockets; and what pg says without a code. */
function isLostConnection(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  if (error instanceof pg.DatabaseError) return code.startsWith('08') || code.startsWith('57P');
  return ['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'].includes(code) || /connection terminated|timeout exceeded|connection error/i.test(error.message);
}
