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
const governance = names.findIndex((name) => name.endsWith('_governance'));
const sql = (name: string) => readFileSync(`${migrations}${name}/migration.sql`, 'utf8');

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['registry'] });
  client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  await client.query('create schema before; set search_path to before');
  for (const name of names.slice(0, governance)) await client.query(sql(name));
});

afterAll(async () => {
  await client.end();
  await database.close();
});

const hex = (n: number) => n.toString(16).padStart(32, '0');

test('a database from before knows afterwards who owns a model, who made a key, and every move of an alias: from its audit log', async () => {
  await client.query(`
    insert into project (id, name, unknown_price_policy, created_at) values ('proj_a', 'a', 'deny', now());
    insert into model (name, publisher, created_at) values ('theirs', 'Acme', now()), ('ours', 'Acme', now()), ('listed', 'Acme', now());
    insert into api_key (id, name, role, digest, hint, created_at) values ('key_root', 'root', 'admin', 'd1', 'h', now());
    insert into api_key (id, project_id, name, role, digest, hint, created_at) values ('key_a', 'proj_a', 'a', 'editor', 'd2', 'h', now())`);
  const entries: [action: string, subject: string, details: object, actor?: string, project?: string][] = [
    ['key.created', 'key_root', {}],
    ['key.created', 'key_a', {}, 'key_root', 'proj_a'],
    ['model.registered', 'ours', { publisher: 'Acme' }, 'key_a', 'proj_a'],
    ['model.registered', 'theirs', { publisher: 'Acme' }, 'key_root'],
    ['model.registered', 'listed', { publisher: 'Acme', from: 'reference catalogue' }, 'key_a', 'proj_a'],
    ['alias.moved', 'ours:production', { from: null, to: '1' }, 'key_a', 'proj_a'],
    ['alias.moved', 'ours:candidate', { from: null, to: '2' }, 'key_a', 'proj_a'],
    ['alias.moved', 'ours:production', { from: '1', to: '2', promotion: 'prm_1' }, 'key_root'],
  ];
  for (const [index, [action, subject, details, actor = null, project = null]] of entries.entries())
    await client.query(`insert into audit_entry (sequence, id, at, actor_key_id, project_id, action, subject, details, previous_hash, hash) values ($1, $2, '2026-01-01', $3, $4, $5, $6, $7, '', '')`, [index + 1, `aud_${hex(index)}`, actor, project, action, subject, details]);

  await client.query(sql(names[governance] ?? ''));

  expect((await client.query(`select name, owner_id from model order by name`)).rows).toEqual([{ name: 'listed', owner_id: null }, { name: 'ours', owner_id: 'proj_a' }, { name: 'theirs', owner_id: null }]);
  expect((await client.query(`select id, created_by from api_key order by id`)).rows).toEqual([{ id: 'key_a', created_by: 'key_root' }, { id: 'key_root', created_by: null }]);
  expect((await client.query(`select id, alias, from_version, to_version, kind, beneath_id, key_id, promotion_id from alias_move order by id`)).rows).toEqual([
    { id: `mov_${hex(5)}`, alias: 'production', from_version: null, to_version: '1', kind: 'set', beneath_id: null, key_id: 'key_a', promotion_id: null },
    { id: `mov_${hex(6)}`, alias: 'candidate', from_version: null, to_version: '2', kind: 'set', beneath_id: null, key_id: 'key_a', promotion_id: null },
    { id: `mov_${hex(7)}`, alias: 'production', from_version: '1', to_version: '2', kind: 'promotion', beneath_id: `mov_${hex(5)}`, key_id: 'key_root', promotion_id: 'prm_1' },
  ]);
});
