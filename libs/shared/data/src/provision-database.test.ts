import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseUrl } from './database-url.ts';
import { applyMigrations } from './migrations/migrations.ts';
import { provisionDatabase, queueSchema } from './provision-database.ts';
import { startTestPostgres } from './test-postgres.ts';
import type { TestPostgres } from './test-postgres.ts';

const services = [
  { name: 'registry', password: "it's a secret" },
  { name: 'cost', password: 'another' },
];
let server: TestPostgres;
let adminUrl: string;

beforeAll(async () => {
  server = await startTestPostgres();
  adminUrl = await provisionDatabase({ adminUrl: server.adminUrl, database: 'weighbridge', services });
});
afterAll(() => server.stop());

const urlFor = (name: string, base = adminUrl) => databaseUrl(base, { user: name, password: services.find((service) => service.name === name)?.password ?? '' });

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('provisionDatabase', () => {
  test('a service makes and reads tables in its own schema, without naming it', async () => {
    await query(urlFor('registry'), 'create table own (id int); insert into own values (1)');

    expect(await query(urlFor('registry'), 'select id from registry.own')).toEqual([{ id: 1 }]);
  });

  test.each([
    { attempt: 'read a table of another service', sql: 'select * from cost.ledger', refusal: 'permission denied for schema cost' },
    { attempt: 'write to a table of another service', sql: 'insert into cost.ledger values (1)', refusal: 'permission denied for schema cost' },
    { attempt: 'make a table in the schema of another service', sql: 'create table cost.mine (id int)', refusal: 'permission denied for schema cost' },
    { attempt: 'make a table in public', sql: 'create table public.mine (id int)', refusal: 'permission denied for schema public' },
    { attempt: 'become another service', sql: 'set role cost', refusal: 'permission denied to set role "cost"' },
    { attempt: 'make a database', sql: 'create database mine', refusal: 'permission denied to create database' },
    { attempt: 'make a schema', sql: 'create schema mine', refusal: 'permission denied for database weighbridge' },
  ])('a service may not $attempt', async ({ sql, refusal }) => {
    await query(urlFor('cost'), 'create table if not exists ledger (id int)');

    await expect(query(urlFor('registry'), sql)).rejects.toThrow(refusal);
  });

  test('what one service makes in the queue schema, and what the admin makes there, is usable by the others', async () => {
    await query(urlFor('registry'), `create sequence ${queueSchema}.numbers; create table ${queueSchema}.messages (id bigint)`);
    await query(adminUrl, `create table ${queueSchema}.holds (id bigint)`);

    const rows = await query(urlFor('cost'), `insert into ${queueSchema}.messages select nextval('${queueSchema}.numbers') returning id, (select count(*) from ${queueSchema}.holds) as holds`);

    expect(rows).toEqual([{ id: '1', holds: '0' }]);
  });

  test('run again, also twice at once, it changes nothing but passwords', async () => {
    const changed = services.map((service) => (service.name === 'cost' ? { ...service, password: 'changed' } : service));
    const again = () => provisionDatabase({ adminUrl: server.adminUrl, database: 'weighbridge', services: changed });

    await Promise.all([again(), again(), again()]);

    await expect(query(urlFor('cost'), 'select 1')).rejects.toThrow('password authentication failed');
    expect(await query(databaseUrl(adminUrl, { user: 'cost', password: 'changed' }), 'select 1 as one')).toEqual([{ one: 1 }]);
    await provisionDatabase({ adminUrl: server.adminUrl, database: 'weighbridge', services });
  });

  test('the queue role can be given a login of its own', async () => {
    const url = await provisionDatabase({ adminUrl: server.adminUrl, database: 'weighbridge', services: [...services, { name: queueSchema, password: 'queued' }] });

    await query(databaseUrl(url, { user: queueSchema, password: 'queued' }), 'create table of_queue (id int)');

    expect(await query(urlFor('cost'), `select * from ${queueSchema}.of_queue`)).toEqual([]);
  });

  test('an admin that is no superuser is enough, for migrations too', async () => {
    await using rented = await startTestPostgres();
    await query(rented.adminUrl, `create role landlord login createdb createrole password 'keys'`);
    const landlordUrl = databaseUrl(rented.adminUrl, { user: 'landlord', password: 'keys' });

    const url = await provisionDatabase({ adminUrl: landlordUrl, database: 'weighbridge', services });
    const applied = await applyMigrations({ adminUrl: url, scope: 'cost', migrationsDir: '/nowhere' });

    expect(applied).toEqual([]);
    expect(await query(urlFor('cost', url), `select tablename, tableowner from pg_tables where schemaname = 'cost'`)).toEqual([{ tablename: '_prisma_migrations', tableowner: 'cost' }]);
  });

  test('the password reaches the server only as its verifier', async () => {
    const [row] = await query(server.adminUrl, `select rolpassword from pg_authid where rolname = 'registry'`);

    expect((row as { rolpassword: string }).rolpassword).toMatch(/^SCRAM-SHA-256\$4096:/);
  });
});
