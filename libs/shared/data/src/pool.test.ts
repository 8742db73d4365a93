import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPool, pingDatabase } from './pool.ts';
import { createPrismaAdapter, createStatementNamer } from './prisma-adapter.ts';
import { provisionDatabase } from './provision-database.ts';
import { startTestPostgres } from './test-postgres.ts';
import type { TestPostgres } from './test-postgres.ts';
import { inTransaction } from './transaction.ts';

let server: TestPostgres;
let adminUrl: string;
let pool: pg.Pool;

beforeAll(async () => {
  server = await startTestPostgres();
  adminUrl = await provisionDatabase({ adminUrl: server.adminUrl, database: 'weighbridge', services: [{ name: 'cost', password: 'x' }] });
  pool = createPool({ connectionString: adminUrl, schema: 'cost', applicationName: 'cost.test' });
  await pool.query('create table entry (id int primary key)');
});
afterAll(async () => {
  await pool.end();
  await server.stop();
});

const ids = async () => (await pool.query<{ id: number }>('select id from entry order by id')).rows.map(({ id }) => id);

describe('createPool', () => {
  test('sees one schema, under its name', async () => {
    const { rows } = await pool.query(`select current_setting('search_path') as path, current_setting('application_name') as name, current_schemas(false)::text[] as schemas`);

    expect(rows).toEqual([{ path: 'cost', name: 'cost.test', schemas: ['cost'] }]);
  });

  test('ends a statement that takes too long', async () => {
    const hasty = createPool({ connectionString: adminUrl, schema: 'cost', applicationName: 'hasty', statementTimeoutMs: 50 });

    await expect(hasty.query('select pg_sleep(30)')).rejects.toThrow('canceling statement due to statement timeout');
    await hasty.end();
  });

  test('survives the loss of an idle connection, and says so', async () => {
    const lost = Promise.withResolvers<Error>();
    const watched = createPool({ connectionString: adminUrl, schema: 'cost', applicationName: 'watched', onError: lost.resolve });
    await watched.query('select 1');

    await pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'watched'`);

    expect(await lost.promise).toMatchObject({ message: expect.stringContaining('terminat') as unknown });
    await pingDatabase(watched);
    await watched.end();
  });

  test.each(['Cost', 'cost; drop', 'cost -c role=postgres', ''])('refuses %j as a schema', (schema) => {
    expect(() => createPool({ connectionString: adminUrl, schema, applicationName: 'x' })).toThrow(TypeError);
  });
});

describe('pingDatabase', () => {
  test('a database that is not there is unavailable', async () => {
    const nowhere = createPool({ connectionString: 'postgres://x:x@127.0.0.1:1/x', schema: 'cost', applicationName: 'x' });

    await expect(pingDatabase(nowhere)).rejects.toMatchObject({ code: 'service.unavailable' });
    await nowhere.end();
  });

  test('a database that does not answer in time is unavailable', async () => {
    const busy = createPool({ connectionString: adminUrl, schema: 'cost', applicationName: 'busy', max: 1 });
    const held = await busy.connect();

    await expect(pingDatabase(busy, 20)).rejects.toMatchObject({ code: 'service.unavailable' });
    held.release();
    await busy.end();
  });
});

describe('inTransaction', () => {
  test('commits and answers what the work answers', async () => {
    const answer = await inTransaction(pool, async (client) => {
      await client.query('insert into entry values (1)');
      return 'done';
    });

    expect(answer).toBe('done');
    expect(await ids()).toEqual([1]);
  });

  test('rolls everything back when the work throws, and passes the error on', async () => {
    const work = inTransaction(pool, async (client) => {
      await client.query('insert into entry values (2)');
      throw new Error('changed my mind');
    });

    await expect(work).rejects.toThrow('changed my mind');
    expect(await ids()).not.toContain(2);
  });

  test('a connection that is lost midway is not used again', async () => {
    const single = createPool({ connectionString: adminUrl, schema: 'cost', applicationName: 'single', max: 1 });
    const work = inTransaction(single, async (client) => {
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      await pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      await client.query('insert into entry values (3)');
    });

    await expect(work).rejects.toThrow(/queryable|terminating/);
    await pingDatabase(single);
    await single.end();
  });

  test('serializable transactions that read what the other writes do not both commit', async () => {
    const sum = 'insert into entry select 100 + count(*) + $1 from entry';
    const both = Promise.withResolvers<void>();
    let started = 0;
    const work = (offset: number) =>
      inTransaction(
        pool,
        async (client) => {
          await client.query('select count(*) from entry');
          if (++started === 2) both.resolve();
          await both.promise;
          await client.query(sum, [offset]);
        },
        { isolation: 'serializable' },
      );

    const results = await Promise.allSettled([work(0), work(1000)]);

    expect(results.filter(({ status }) => status === 'rejected')).toMatchObject([{ reason: { code: '40001' } }]);
  });
});

describe('createPrismaAdapter', () => {
  test('prepares a statement once a connection, and leaves the pool open', async () => {
    const single = createPool({ connectionString: adminUrl, schema: 'cost', applicationName: 'prisma', max: 1 });
    const adapter = await createPrismaAdapter(single, 'cost').connect();
    const countAll = { sql: 'select count(*)::int from entry where id > $1', args: [0], argTypes: [{ scalarType: 'int' as const, arity: 'scalar' as const }] };

    await adapter.queryRaw(countAll);
    await adapter.queryRaw(countAll);
    await adapter.dispose();

    const { rows } = await single.query('select count(*)::int as prepared, sum(generic_plans + custom_plans)::int as runs from pg_prepared_statements');
    expect(rows).toEqual([{ prepared: 1, runs: 2 }]);
    expect(adapter.getConnectionInfo?.().schemaName).toBe('cost');
    await single.end();
  });
});

describe('createStatementNamer', () => {
  test('one name a text, and none beyond the limit', () => {
    const nameOf = createStatementNamer();
    const first = nameOf({ sql: 'select 0' });
    for (let index = 1; index < 500; index += 1) nameOf({ sql: `select ${index}` });

    expect(nameOf({ sql: 'select 0' })).toBe(first);
    expect(nameOf({ sql: 'select 500' })).toBe('');
    expect(first.length).toBeLessThan(64);
  });
});
