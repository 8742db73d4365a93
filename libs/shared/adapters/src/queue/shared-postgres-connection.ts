import { PostgresConnection } from 'bullmq';
import type { PgPool } from 'bullmq';
import type pg from 'pg';

/**
 * BullMQ gives every queue and worker a pool and a listening connection of its own, and knows only one schema for a pool
 * that it is handed. This one serves all queues of a process with one pool and one listening connection, in any schema.
 */
export class SharedPostgresConnection extends PostgresConnection {
  override readonly schema: string;

  constructor(pool: pg.Pool, schema: string) {
    super(pool as unknown as PgPool);
    this.schema = schema;
    this.setMaxListeners(0);
  }

  override async getListenClient(): ReturnType<PostgresConnection['getListenClient']> {
    const client = await super.getListenClient();
    (client as unknown as pg.Client).setMaxListeners(0);
    return client;
  }

  /** The name belongs to the one listening connection that all share, so no worker may put its own on it. */
  override async setListenClientName(): Promise<void> {}

  /** A queue that closes must not take the connection from the others: {@link closeShared} ends it. */
  override async close(): Promise<void> {}

  override async disconnect(): Promise<void> {}

  closeShared(): Promise<void> {
    return super.close();
  }
}
