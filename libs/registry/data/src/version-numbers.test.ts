import { createTestDatabase } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['registry'] });
  client = new pg.Client({ connectionString: database.urlFor('registry'), options: '-c search_path=registry' });
  await client.connect();
  await client.query(`insert into model (name, publisher, created_at) values ('a', 'Acme', now()), ('b', 'Acme', now())`);
});

afterAll(async () => {
  await client.end();
  await database.close();
});

const insert = (rows: readonly (readonly [model: string, version: string])[]) =>
  client.query(
    `insert into version (id, model_name, version, artifacts, sources, provenance, digest, created_at, number)
     select 'ver_' || md5(model || version), model, version, '[]', '[]', '[]', 'x', now(), 7 from unnest($1::text[], $2::text[]) with ordinality as given (model, version, place) order by place`,
    [rows.map(([model]) => model), rows.map(([, version]) => version)],
  );
const numbers = async () => (await client.query<{ ref: string; number: number }>(`select model_name || '@' || version as ref, number from version order by model_name, number`)).rows.map(({ ref, number }) => `${ref} ${number}`);

test('versions are counted by model in the order of registration, whatever number is given, one by one and many at once', async () => {
  await insert([['a', 'zeta']]);
  await insert([['a', 'alpha'], ['b', 'one'], ['a', 'beta']]);

  expect(await numbers()).toEqual(['a@zeta 1', 'a@alpha 2', 'a@beta 3', 'b@one 1']);
});
