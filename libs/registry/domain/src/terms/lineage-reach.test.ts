import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LineageRelation, LineageVersion } from '../lineage/lineage.ts';
import { canonicalPublisher, relationBits } from './compile-license.ts';
import { createLineageReach } from './lineage-reach.ts';
import type { LineageWay } from './lineage-terms.ts';

const wayOf = (version: LineageVersion, from: LineageWay | null, relation: LineageRelation | null): LineageWay => ({
  version,
  relation,
  relations: from === null || relation === null ? 0 : from.relations | relationBits[relation],
  from,
  depth: from === null ? 0 : from.depth + 1,
  publisher: canonicalPublisher(version.publisher),
  words: null,
});

/** Every way there is, one by one. */
function allWays(root: LineageVersion, byRef: ReadonlyMap<string, LineageVersion>): LineageWay[] {
  const ways = [wayOf(root, null, null)];
  for (const way of ways) {
    for (const { ref, relation } of way.version.baseModels) {
      const base = byRef.get(ref);
      if (base !== undefined) ways.push(wayOf(base, way, relation));
    }
  }
  return ways;
}

const passed = (way: LineageWay): string[] => (way.from === null ? [] : [way.from.publisher, ...passed(way.from)]);

const relation = fc.constantFrom<LineageRelation>('finetune', 'quantized', 'distilled');
const lineage = fc
  .array(fc.record({ publisher: fc.constantFrom('a', 'b', 'c'), edges: fc.array(fc.record({ back: fc.integer({ min: 1, max: 3 }), relation }), { maxLength: 2 }) }), { minLength: 2, maxLength: 7 })
  .map((drafts) =>
    drafts.map(
      ({ publisher, edges }, index): LineageVersion => ({
        ref: `model-${index}@1`,
        publisher,
        license: 'MIT',
        baseModels: edges.map(({ back, relation: by }) => ({ ref: `model-${index - back}@1`, relation: by })),
      }),
    ),
  );

test('there is a way past a publisher exactly where going every way finds one, and it is one', () => {
  fc.assert(
    fc.property(lineage, fc.constantFrom('a', 'b', 'c'), (versions, avoided) => {
      const byRef = new Map(versions.map((version) => [version.ref, version]));
      const ways = allWays(versions.at(-1) as LineageVersion, byRef);
      const reach = createLineageReach(ways);
      for (const way of ways) {
        if (way.from === null) continue;
        const past = reach.wayPast(way, avoided, (child) => child.publisher === avoided);
        const exists = ways.some((other) => other.version.ref === way.version.ref && other.relations === way.relations && !passed(other).includes(avoided));
        expect(past !== undefined).toBe(exists);
        if (past === undefined) continue;
        expect(past).toMatchObject({ relations: way.relations, version: { ref: way.version.ref } });
        expect(passed(past)).not.toContain(avoided);
        expect(past.depth).toBe(passed(past).length);
      }
    }),
    { numRuns: 500, seed: 20_261_124 },
  );
});

test('ends on a circle', () => {
  const versions: LineageVersion[] = [
    { ref: 'root@1', publisher: 'a', license: 'MIT', baseModels: [{ ref: 'x@1', relation: 'merge' }] },
    { ref: 'x@1', publisher: 'b', license: 'MIT', baseModels: [{ ref: 'y@1', relation: 'finetune' }] },
    { ref: 'y@1', publisher: 'c', license: 'MIT', baseModels: [{ ref: 'x@1', relation: 'finetune' }, { ref: 'root@1', relation: 'merge' }] },
  ];
  const [root, x, y] = versions as [LineageVersion, LineageVersion, LineageVersion];
  const top = wayOf(root, null, null);
  const toX = wayOf(x, top, 'merge');
  const reach = createLineageReach([top, toX, wayOf(y, toX, 'finetune')]);

  expect(reach.wayPast(wayOf(y, toX, 'finetune'), 'none', () => false)?.depth).toBe(2);
  expect(reach.wayPast(wayOf(y, toX, 'finetune'), 'b', (child) => child.publisher === 'b')).toBeUndefined();
});
