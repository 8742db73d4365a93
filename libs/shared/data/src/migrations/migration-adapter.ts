import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory, SqlQuery, SqlResultSet } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { databaseUrl, sqlName } from '../database-url.ts';

/** Object ids of PostgreSQL's internal `"char"` type and of `text`. */
const charOid = 18;
const textOid = 25;

/** The inner methods of adapter-pg 7.10.0 that are replaced; `migrations.test.ts` fails when an update moves them. */
interface PgAdapterInternals extends SqlDriverAdapter {
  performIO(query: SqlQuery): Promise<pg.QueryArrayResult>;
  onError(error: unknown): never;
}

export interface MigrationConnection {
  readonly adminUrl: string;
  readonly schema: string;
  /** The role in whose name statements run and to whom their objects belong; absent: the admin's own. */
  readonly actAs?: string;
}

/**
 * Connects the schema engine to one schema of a database. The stock adapter would be dangerous here: given a URL, it takes the real database for the shadow
 * database, splits scripts at every semicolon, and runs the pieces in no transaction.
 */
export class MigrationAdapterFactory implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = 'postgres' as const;
  readonly adapterName = '@prisma/adapter-pg';
  readonly #adminUrl: string;
  readonly #schema: string;
  readonly #actAs: string | undefined;
  readonly #closers = new Set<() => Promise<void>>();
  /** Why the last script failed, in the words of PostgreSQL; the engine keeps only a part of them. */
  scriptFault: Error | undefined;

  constructor({ adminUrl, schema, actAs }: MigrationConnection) {
    this.#adminUrl = adminUrl;
    this.#schema = sqlName(schema);
    this.#actAs = actAs === undefined ? undefined : sqlName(actAs);
  }

  async connect(): Promise<SqlDriverAdapter> {
    const pool = this.#openPool(this.#adminUrl, this.#actAs === undefined ? '' : `-c role=${this.#actAs}`);
    return this.#repaired(await this.#stockAdapter(pool), pool, this.#once(() => pool.end()));
  }

  async connectToShadowDb(): Promise<SqlDriverAdapter> {
    const name = `shadow_${randomUUID().replaceAll('-', '')}`;
    const url = databaseUrl(this.#adminUrl, { database: name });
    const admin = new pg.Client({ connectionString: this.#adminUrl, options: '-c client_min_messages=warning' });
    admin.on('error', () => {});
    await admin.connect();
    const pool = this.#openPool(url, '');
    const dispose = this.#once(async () => {
      await pool.end();
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.end();
    });
    await admin.query(`create database ${name}`);
    await pool.query(`create schema ${this.#schema}`);
    return this.#repaired(await this.#stockAdapter(pool), pool, dispose);
  }

  /** Closes what the engine left open: it lets go of its connection, and of the lock on it, only by leaving it idle. */
  async close(): Promise<void> {
    for (const close of this.#closers) await close();
  }

  #once(close: () => Promise<void>): () => Promise<void> {
    const closeOnce = async () => {
      if (this.#closers.delete(closeOnce)) await close();
    };
    this.#closers.add(closeOnce);
    return closeOnce;
  }

  #stockAdapter(pool: pg.Pool): Promise<PgAdapterInternals> {
    return new PrismaPg(pool, { schema: this.#schema }).connect() as unknown as Promise<PgAdapterInternals>;
  }

  /** One connection: the engine takes an advisory lock, and lock and work must share it. */
  #openPool(url: string, options: string): pg.Pool {
    const pool = new pg.Pool({
      connectionString: url,
      max: 1,
      application_name: `${this.#schema}.migrate`,
      options: `-c search_path=${this.#schema} -c client_min_messages=warning ${options}`,
    });
    pool.on('error', () => {});
    return pool;
  }

  #repaired(adapter: PgAdapterInternals, pool: pg.Pool, dispose: () => Promise<void>): SqlDriverAdapter {
    const charColumns = new WeakMap<object, number[]>();
    const performIO = adapter.performIO.bind(adapter);
    const queryRaw = adapter.queryRaw.bind(adapter);

    // The adapter refuses "char" columns: let them through as text, and report them as what they are.
    adapter.performIO = async (query) => {
      const result = await performIO(query);
      const columns: number[] = [];
      for (const [index, field] of (result.fields ?? []).entries()) {
        if (field.dataTypeID !== charOid) continue;
        field.dataTypeID = textOid;
        columns.push(index);
      }
      if (columns.length > 0) charColumns.set(result.rows, columns);
      return result;
    };
    adapter.queryRaw = async (query): Promise<SqlResultSet> => {
      const result = await queryRaw(query);
      for (const index of charColumns.get(result.rows) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
      return result;
    };

    // One message to the server, hence one implicit transaction: a migration is applied whole or not at all.
    adapter.executeScript = async (script) => {
      try {
        await pool.query(script);
      } catch (error) {
        this.scriptFault = error as Error;
        adapter.onError(error);
      }
    };
    adapter.dispose = dispose;
    return adapter;
  }
}
