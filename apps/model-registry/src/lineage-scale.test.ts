import { createPool } from '@weighbridge/shared-data';
import { AppError } from '@weighbridge/shared-domain';
import { createTestDatabase } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateChain, insertVersions } from './bench/generate-versions.ts';
import { mostAncestors, refuseLineage } from './operations/refuse-lineage.ts';
import { startTestService, supportFacts } from './start-test-service.ts';
import type { TestService } from './start-test-service.ts';

const links = 10_000;
let database: TestDatabase;
let pool: pg.Pool;
let service: TestService;

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['registry'] });
  pool = createPool({ connectionString: database.urlFor('registry'), schema: 'registry', applicationName: 'test' });
  await insertVersions(pool, generateChain(links));
  service = await startTestService({ databaseUrl: database.urlFor('registry') });
  while ((await service.registry.search.indexSome(5_000)) > 0);
}, 120_000);

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await pool.end();
  await database.close();
});

const end = `chain-${links - 1}`;

describe('a lineage of ten thousand links', () => {
  test('is decided on, and reached from its end', async () => {
    const { decision, reasons } = await service.admin.decide({ body: { model: `${end}@1`, useCase: { ...supportFacts, purposes: ['military'] } } });

    expect(decision).toBe('deny');
    expect(reasons[0]).toMatchObject({ license: 'LicenseRef-Llama-3.1', version: 'chain-0@1' });
    expect(reasons[0]?.via?.length).toBeLessThan(1_000);
  }, 60_000);

  test('is shown in part', async () => {
    const graph = await service.admin.getLineage({ params: { name: end, version: '1' } });

    expect(graph.nodes).toHaveLength(2_000);
    expect(graph.nodes.at(-1)?.depth).toBe(1_999);
    expect(graph.truncated).toBe(true);
  }, 60_000);

  test('goes on, and is not closed to a circle', async () => {
    await service.admin.createModel({ body: { name: 'next', publisher: 'Acme' } });
    const next = await service.admin.registerVersion({ params: { name: 'next' }, body: { version: '1', license: 'mit', baseModels: [{ model: end, version: '1', relation: 'finetune' }] } });
    expect(next.license).toBe('MIT');

    await service.admin.createModel({ body: { name: 'before', publisher: 'Acme' } });
    await service.admin.registerVersion({ params: { name: 'before' }, body: { version: '2', license: 'mit', baseModels: [{ model: 'before', version: '1', relation: 'finetune' }, { model: end, version: '1', relation: 'merge' }] } });
    const closing = service.admin.registerVersion({ params: { name: 'before' }, body: { version: '1', license: 'mit', baseModels: [{ model: 'before', version: '2', relation: 'finetune' }] } });
    await expect(closing).rejects.toMatchObject({ status: 400, code: 'lineage.cycle' });
  }, 60_000);
});

test('more ancestors than a decision can read are refused', async () => {
  const lineage = { isBaseModel: () => Promise.resolve(false), countAncestors: (_: unknown, most: number) => Promise.resolve(most) };
  const declared = { model: 'a', version: '1', baseModels: [{ model: 'b', version: '1', relation: 'merge' as const }] };
  const refused = refuseLineage({ lineage, versions: service.registry.versions } as never, declared);

  await expect(refused).rejects.toBeInstanceOf(AppError);
  await expect(refused).rejects.toMatchObject({ code: 'lineage.too_large', publicMessage: expect.stringContaining(mostAncestors.toLocaleString('en')) as string });
});
