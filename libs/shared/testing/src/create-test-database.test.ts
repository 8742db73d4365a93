import { createPool } from '@weighbridge/shared-data';
import { describe, expect, test } from 'vitest';
import { createTestDatabase } from './create-test-database.ts';

describe('createTestDatabase', () => {
  test('each caller has a database of its own', async () => {
    await using first = await createTestDatabase({ scopes: ['cost'] });
    await using second = await createTestDatabase({ scopes: ['cost'] });
    const [one, two] = [first, second].map((database) => createPool({ connectionString: database.urlFor('cost'), schema: 'cost', applicationName: 'test' }));

    await one!.query('create table cost.only_here (id int)');
    const { rows } = await two!.query(`select to_regclass('cost.only_here') as found`);

    expect(rows).toEqual([{ found: null }]);
    await Promise.all([one!.end(), two!.end()]);
  });

  test('many at once are cloned from one template', async () => {
    const databases = await Promise.all(Array.from({ length: 4 }, () => createTestDatabase({ scopes: ['registry', 'inference', 'evaluation', 'cost'] })));

    expect(new Set(databases.map(({ adminUrl }) => adminUrl)).size).toBe(4);
    await Promise.all(databases.map((database) => database.close()));
  });

  test('a queue that one service made first is usable by the others', async () => {
    await using database = await createTestDatabase({ scopes: ['queue'] });
    const [registry, cost] = (['registry', 'cost'] as const).map((scope) => createPool({ connectionString: database.urlFor(scope), schema: 'queue', applicationName: 'test' }));

    await registry!.query('create sequence queue.made_by_registry');
    await registry!.query('create table queue.holds (id bigint)');
    const { rows } = await cost!.query(`select nextval('queue.made_by_registry') as next, (select count(*) from queue.holds) as holds`);

    expect(rows).toEqual([{ next: '1', holds: '0' }]);
    await Promise.all([registry!.end(), cost!.end()]);
  });
});
