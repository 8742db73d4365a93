import { createPool } from '@weighbridge/shared-data';
import type { VersionId } from '@weighbridge/shared-domain';
import { createTestDatabase } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openRegistry } from './open-registry.ts';
import type { Registry } from './open-registry.ts';
import type { VersionRecord } from './records.ts';

const at = new Date('2026-02-03T04:05:06.789Z');
let database: TestDatabase;
let pool: pg.Pool;
let registry: Registry;
let ids = 0;

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['registry'] });
  pool = createPool({ connectionString: database.urlFor('registry'), schema: 'registry', applicationName: 'test' });
  registry = openRegistry(pool);
});

afterAll(async () => {
  await registry.close();
  await pool.end();
  await database.close();
});

/** Registers `name@1`, made from versions that may not be there. */
async function add(name: string, bases: readonly string[] = [], more: Partial<VersionRecord> = {}): Promise<VersionRecord> {
  const record: VersionRecord = {
    id: `ver_${(++ids).toString(16).padStart(32, '0')}` as VersionId,
    model: name,
    publisher: 'Acme',
    version: '1',
    license: 'MIT',
    licenseDeclared: 'mit',
    releasedOn: null,
    multimodal: null,
    publisherVerified: false,
    conflictingLicenses: [],
    baseModels: bases.map((model) => ({ model, version: '1', relation: 'finetune' })),
    architecture: null,
    artifacts: [],
    sources: [],
    provenance: [],
    artifactChecks: [],
    licenseFinding: null,
    digest: 'cd'.repeat(32),
    createdAt: at,
    ...more,
  };
  await registry.change(async (change) => {
    await change.models.addModel({ name, publisher: 'Acme', description: null, ownerId: null, createdAt: at });
    await change.versions.addVersion(record);
  });
  return record;
}

const key = (model: string) => ({ model, version: '1' });
const pendingRefs = async () => (await registry.terms.listPending(100)).map(({ ref }) => ref).toSorted();

/** As the service does: whatever the lineage, everything gets the same terms. */
async function readAll(termsKey = 'some key', license = 'MIT'): Promise<number> {
  const pending = await registry.terms.listPending(100);
  const kept = await registry.terms.keepTerms([{ key: termsKey, lineage: [{ ref: 'sample@1', publisher: 'Acme', license, baseModels: [] }] }]);
  const termsId = kept.get(termsKey) ?? -1;
  await registry.terms.assignTerms(pending.map(({ node, generation }) => ({ node, generation, termsId })));
  return termsId;
}

describe('the terms of versions', () => {
  beforeEach(() => readAll());

  test('are pending until they are read', async () => {
    await add('new-one');
    expect(await pendingRefs()).toEqual(['new-one@1']);
    expect(await registry.terms.countPending()).toBe(1);

    await readAll();
    expect(await pendingRefs()).toEqual([]);
  });

  test('of everything further down are read anew when a base model comes late', async () => {
    await add('late-child', ['late-base']);
    await add('late-grandchild', ['late-child']);
    await readAll();

    await add('late-base', ['later-base']);
    expect(await pendingRefs()).toEqual(['late-base@1', 'late-child@1', 'late-grandchild@1']);
  });

  test('are read anew when somebody vouches for a publisher', async () => {
    const vouched = await add('vouched');
    await add('vouched-child', ['vouched']);
    await readAll();
    await registry.change(({ versions }) => versions.verifyPublisher({ versionId: vouched.id, reason: 'known', verifiedBy: null, createdAt: at }));

    expect(await pendingRefs()).toEqual(['vouched-child@1', 'vouched@1']);
  });

  test('that were taken away while they were read are not put there', async () => {
    await add('raced', ['raced-base']);
    const [before] = await registry.terms.listPending(1);
    if (before === undefined) throw new Error('nothing is pending');
    await add('raced-base');

    const termsId = await readAll('another key');
    await registry.terms.assignTerms([{ node: before.node, generation: before.generation + 7, termsId }]);
    await add('raced-too', ['raced']);
    expect(await pendingRefs()).toEqual(['raced-too@1']);
    const [stale] = await registry.terms.listPending(1);
    await registry.terms.assignTerms([{ node: stale?.node ?? 0, generation: (stale?.generation ?? 0) - 1, termsId }]);
    expect(await pendingRefs()).toEqual(['raced-too@1']);
  });

  test('are read anew where a licence that changes is reached, alone or in an expression, and where a sample has it', async () => {
    await add('under-x', [], { license: 'MIT OR LicenseRef-X' });
    await add('child-of-x', ['under-x']);
    await add('elsewhere');
    await readAll();
    const shared = await readAll('terms with x', 'LicenseRef-X');

    await registry.change(({ terms }) => terms.changeBasis({ 'LicenseRef-X': 'new' }, ['LicenseRef-X']));

    expect(await pendingRefs()).toEqual(['child-of-x@1', 'under-x@1']);
    expect(await registry.terms.findBasis()).toEqual({ 'LicenseRef-X': 'new' });
    expect(await registry.terms.listTerms([shared])).toEqual([]);
  });

  test('are all read anew when the rules change', async () => {
    await registry.change(({ terms }) => terms.changeBasis({ rules: '2' }, null));

    expect(await registry.terms.listTermsIds()).toEqual([]);
    expect((await pendingRefs()).length).toBe(await registry.terms.countPending());
  });
});

describe('a walk over a lineage', () => {
  beforeAll(async () => {
    await add('root');
    await add('left', ['root']);
    await add('right', ['root', 'unregistered']);
    await add('top', ['left', 'right']);
  });

  test('goes up and down, nearest first, each once, and no further than it may', async () => {
    const refs = async (model: string, side: 'ancestors' | 'descendants', most = 100) => (await registry.lineage.listNearest(key(model), side, most)).map(({ ref }) => ref);

    expect(await refs('top', 'ancestors')).toEqual(['top@1', expect.any(String), expect.any(String), 'root@1']);
    expect(await refs('root', 'descendants')).toEqual(['root@1', expect.any(String), expect.any(String), 'top@1']);
    expect(await refs('top', 'ancestors', 2)).toHaveLength(2);
    expect(await refs('nowhere', 'ancestors')).toEqual([]);
  });

  test('gives records as decisions read them', async () => {
    const [right] = await registry.lineage.listNearest(key('right'), 'ancestors', 1);
    const [same] = (await registry.versions.listLineage([key('right')])).filter(({ ref }) => ref === 'right@1');

    expect(right).toEqual(same);
    expect(right?.baseModels).toEqual([{ ref: 'root@1', relation: 'finetune' }, { ref: 'unregistered@1', relation: 'finetune' }]);
  });

  test('counts no further than it may', async () => {
    expect(await registry.lineage.countAncestors([key('left'), key('right'), key('nowhere')], 100)).toBe(3);
    expect(await registry.lineage.countAncestors([key('top')], 2)).toBe(2);
  });

  test('knows what is a base model, registered or not', async () => {
    expect(await registry.lineage.isBaseModel(key('unregistered'))).toBe(true);
    expect(await registry.lineage.isBaseModel(key('top'))).toBe(false);
  });
});
