import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { databaseUrl } from '../database-url.ts';
import { provisionDatabase } from '../provision-database.ts';
import { startTestPostgres } from '../test-postgres.ts';
import type { TestPostgres } from '../test-postgres.ts';
import { applyMigrations, checkDrift, migrationStatus, newMigration, resolveMigration } from './migrations.ts';
import type { SchemaComparison } from './migrations.ts';

const schemaOf = (models: string) => `datasource db {
  provider = "postgresql"
}

generator client {
  provider = "prisma-client"
  output   = "../generated"
}
${models}`;

const priceModel = `
enum Unit {
  token
  second
}

model Price {
  id     String   @id @db.Uuid
  model  String
  unit   Unit
  amount Decimal  @db.Decimal(30, 12)
  from   DateTime @db.Timestamptz(3)

  @@unique([model, from])
  @@map("price")
}
`;

const functionWithDollarBody = `
-- a comment with a semicolon; and an apostrophe's
CREATE FUNCTION refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'prices are superseded; not edited';
END;
$$;

CREATE TRIGGER price_is_final BEFORE UPDATE ON price FOR EACH ROW EXECUTE FUNCTION refuse_update();
`;

let server: TestPostgres;
let folder: string;
let databases = 0;
/** An empty database with the schema `cost`, and an empty folder of migrations. */
let target: SchemaComparison;

beforeAll(async () => {
  server = await startTestPostgres();
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  const adminUrl = await provisionDatabase({ adminUrl: server.adminUrl, database: `weighbridge_${++databases}`, services: [{ name: 'cost', password: 'x' }, { name: 'registry', password: 'x' }] });
  folder = await mkdtemp(join(tmpdir(), 'weighbridge-migrations-'));
  target = { adminUrl, scope: 'cost', migrationsDir: join(folder, 'migrations'), schemaPath: join(folder, 'schema.prisma') };
  return () => rm(folder, { recursive: true });
});

async function query(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: target.adminUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const writeSchema = (models: string) => writeFile(target.schemaPath, schemaOf(models));

async function writeMigration(name: string, sql: string): Promise<void> {
  await mkdir(join(target.migrationsDir, name), { recursive: true });
  await writeFile(join(target.migrationsDir, name, 'migration.sql'), sql);
}

const tables = async () =>
  (await query(`select tablename from pg_tables where schemaname = 'cost' and tablename <> '_prisma_migrations' order by 1`)).map((row) => (row as { tablename: string }).tablename);

describe('from schema to database', () => {
  test('new writes what is missing, deploy applies it as the service, check and status agree', async () => {
    await writeSchema(priceModel);
    expect(await checkDrift(target)).toContain('CREATE TABLE "price"');

    const path = await newMigration({ ...target, name: 'first', at: new Date('2026-03-04T05:06:07Z') });
    await writeMigration('20260304050608_final', functionWithDollarBody);

    expect(path).toBe(join(target.migrationsDir, '20260304050607_first', 'migration.sql'));
    expect(await readFile(join(target.migrationsDir, 'migration_lock.toml'), 'utf8')).toBe('provider = "postgresql"\n');
    expect(await checkDrift(target)).toBeUndefined();
    expect(await newMigration({ ...target, name: 'second', at: new Date() })).toBeUndefined();
    expect(await migrationStatus(target)).toEqual({ unapplied: ['20260304050607_first', '20260304050608_final'], edited: [], failed: [], unknown: [] });

    expect(await applyMigrations(target)).toEqual(['20260304050607_first', '20260304050608_final']);

    expect(await applyMigrations(target)).toEqual([]);
    expect(await migrationStatus(target)).toEqual({ unapplied: [], edited: [], failed: [], unknown: [] });
    expect(await query(`select tableowner from pg_tables where schemaname = 'cost' and tablename = 'price'`)).toEqual([{ tableowner: 'cost' }]);
    expect(await query(`select tablename from pg_tables where schemaname = 'public'`)).toEqual([]);
    await query(`insert into cost.price values (gen_random_uuid(), 'm', 'token', 1, now())`);
    await expect(query('update cost.price set amount = 2')).rejects.toThrow('prices are superseded; not edited');
  });

  test('a change of the schema becomes a migration of its own', async () => {
    await writeSchema(priceModel);
    await newMigration({ ...target, name: 'first', at: new Date('2026-03-04T05:06:07Z') });
    await writeSchema(priceModel.replace('model  String', 'model  String\n  region String?'));

    const path = await newMigration({ ...target, name: 'region', at: new Date('2026-03-05T05:06:07Z') });

    expect(await readFile(path!, 'utf8')).toBe('-- AlterTable\nALTER TABLE "price" ADD COLUMN     "region" TEXT;\n');
  });

  test('comparing leaves nothing on the server, and touches no database that was there', async () => {
    await writeSchema(priceModel);
    await newMigration({ ...target, name: 'first', at: new Date() });
    await checkDrift(target);

    expect(await query(`select datname from pg_database where datname like 'shadow%'`)).toEqual([]);
    expect(await tables()).toEqual([]);
  });

  test('comparing needs neither the database nor the roles of the services', async () => {
    await writeSchema(priceModel);

    expect(await checkDrift({ ...target, scope: 'stranger', adminUrl: server.adminUrl })).toContain('CREATE TABLE "price"');
  });

  test('the scopes of one database do not see each other', async () => {
    await writeMigration('20260101000000_one', 'CREATE TABLE same (id INT PRIMARY KEY);');

    expect(await applyMigrations(target)).toHaveLength(1);
    expect(await applyMigrations({ ...target, scope: 'registry' })).toHaveLength(1);

    expect(await query(`select schemaname from pg_tables where tablename = 'same' order by 1`)).toEqual([{ schemaname: 'cost' }, { schemaname: 'registry' }]);
  });

  test('tables that the schema language cannot express survive beside it', async () => {
    await writeSchema(`
model Event {
  id      String   @db.Uuid
  at      DateTime @db.Timestamptz(3)
  payload Json

  @@id([id, at])
  @@map("event")
}
`);
    await writeMigration(
      '20260101000000_partitions',
      `CREATE TABLE event (id UUID NOT NULL, at TIMESTAMPTZ(3) NOT NULL, payload JSONB NOT NULL, CONSTRAINT event_pkey PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
       CREATE TABLE event_default PARTITION OF event DEFAULT;
       ALTER TABLE event ADD CONSTRAINT not_too_old CHECK (at > '2020-01-01');
       CREATE INDEX recent ON event (at) WHERE at > '2026-01-01';
       CREATE VIEW latest AS SELECT max(at) AS at FROM event;`,
    );

    expect(await checkDrift(target)).toBeUndefined();
  });
});

describe('when things go wrong', () => {
  test('a failing migration leaves nothing behind, blocks the next until resolved, and can then be repaired', async () => {
    await writeMigration('20260101000000_good', 'CREATE TABLE kept (id INT);');
    await writeMigration('20260102000000_bad', 'CREATE TABLE half (id INT); ALTER TABLE missing ADD COLUMN x INT;');

    await expect(applyMigrations(target)).rejects.toThrow('migrations of cost: 20260102000000_bad failed: relation "missing" does not exist');
    expect(await tables()).toEqual(['kept']);
    expect(await migrationStatus(target)).toMatchObject({ failed: ['20260102000000_bad'] });
    await expect(applyMigrations(target)).rejects.toThrow(/failed migrations/);

    await resolveMigration({ ...target, name: '20260102000000_bad', as: 'rolled-back' });
    await writeMigration('20260102000000_bad', 'CREATE TABLE whole (id INT);');

    expect(await applyMigrations(target)).toEqual(['20260102000000_bad']);
    expect(await tables()).toEqual(['kept', 'whole']);
  });

  test('a migration done by hand counts as applied', async () => {
    await writeMigration('20260101000000_by_hand', 'CREATE TABLE by_hand (id INT);');
    await query('create table cost.by_hand (id int)');

    await resolveMigration({ ...target, name: '20260101000000_by_hand', as: 'applied' });

    expect(await applyMigrations(target)).toEqual([]);
  });

  test('status tells of a migration that was edited after it was applied, and of one from a newer release', async () => {
    await writeMigration('20260101000000_one', 'CREATE TABLE one (id INT);');
    await writeMigration('20260102000000_two', 'CREATE TABLE two (id INT);');
    await applyMigrations(target);

    await writeMigration('20260101000000_one', 'CREATE TABLE one (id BIGINT);');
    await rm(join(target.migrationsDir, '20260102000000_two'), { recursive: true });

    expect(await migrationStatus(target)).toEqual({ unapplied: [], edited: ['20260101000000_one'], failed: [], unknown: ['20260102000000_two'] });
  });

  test('a faulty schema is refused in the words of the engine', async () => {
    await writeSchema('model Price {');

    await expect(checkDrift(target)).rejects.toThrow(/migrations of cost: .*schema\.prisma/s);
  });

  test('a server that cannot be reached is named as the cause', async () => {
    await expect(applyMigrations({ ...target, adminUrl: databaseUrl(target.adminUrl, { database: 'missing' }) })).rejects.toThrow('database "missing" does not exist');
  });
});

describe('several deployers at once', () => {
  test('each migration is applied once', async () => {
    await writeMigration('20260101000000_slow', 'CREATE TABLE slow (id INT); SELECT pg_sleep(0.2);');
    await writeMigration('20260102000000_next', 'CREATE TABLE next (id INT);');

    const applied = await Promise.all([applyMigrations(target), applyMigrations(target), applyMigrations(target)]);

    expect(applied.toSorted((a, b) => a.length - b.length)).toEqual([[], [], ['20260101000000_slow', '20260102000000_next']]);
  });

  test('an index built concurrently does not wait for the deployer that waits for it', async () => {
    await writeMigration('20260101000000_table', 'CREATE TABLE busy (id INT); INSERT INTO busy SELECT generate_series(1, 50000);');
    await writeMigration('20260102000000_index', 'CREATE INDEX CONCURRENTLY busy_id ON busy (id);');

    const applied = await Promise.all([applyMigrations(target), applyMigrations(target)]);

    expect(applied.flat()).toEqual(['20260101000000_table', '20260102000000_index']);
  });
});
