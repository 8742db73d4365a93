import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createTestDatabase } from '@weighbridge/shared-testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

const migrations = fileURLToPath(new URL('../prisma/migrations/', import.meta.url));
const names = readdirSync(migrations, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .toSorted();
const sql = (name: string) => readFileSync(`${migrations}${name}/migration.sql`, 'utf8');

const last = names.findIndex((name) => name.endsWith('_organisation_licenses'));

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['registry'] });
  client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  await client.query('create schema before; set search_path to before');
  for (const name of names.slice(0, last)) await client.query(sql(name));
});

afterAll(async () => {
  await client.end();
  await database.close();
});

test('a database from before vouches afterwards for the publishers of what a key of the platform registered, and of nothing else', async () => {
  await client.query(`
    insert into model (name, publisher, created_at) values ('m', 'Meta', now());
    insert into version (id, model_name, version, artifacts, sources, provenance, digest, created_at)
      values ('ver_1', 'm', '1', '[]', '[]', '[]', 'd1', now()), ('ver_2', 'm', '2', '[]', '[]', '[]', 'd2', now()), ('ver_3', 'm', '3', '[]', '[]', '[]', 'd3', now());
    insert into audit_entry (sequence, id, at, actor_key_id, project_id, action, subject, details, previous_hash, hash) values
      (1, 'aud_1', '2026-01-01', 'key_root', null, 'version.registered', 'm@1', '{}', '', ''),
      (2, 'aud_2', '2026-01-01', 'key_a', 'proj_a', 'version.registered', 'm@2', '{}', '', '')`);

  await client.query(sql(names[last] ?? ''));

  expect((await client.query(`select version_id, verified_by from publisher_verification`)).rows).toEqual([{ version_id: 'ver_1', verified_by: 'key_root' }]);
});
