import { describe, expect, test } from 'vitest';
import { findLineageCycle, lineageClosure } from './lineage.ts';
import type { LineageVersion } from './lineage.ts';

/** `a: b c` means that a was made from b and c. */
function graph(...lines: string[]) {
  const versions = new Map(
    lines.map((line): [string, LineageVersion] => {
      const [ref = '', bases = ''] = line.split(':');
      return [ref, { ref, publisher: 'Someone', license: 'MIT', baseModels: bases.split(' ').filter(Boolean).map((base) => ({ ref: base, relation: 'finetune' })) }];
    }),
  );
  const root = versions.values().next().value;
  if (root === undefined) throw new Error('a graph needs a line');
  return { root, find: (ref: string) => versions.get(ref) };
}

const chain = (length: number, last = '') => graph(...Array.from({ length }, (_, index) => `v${index}: ${index + 1 < length ? `v${index + 1}` : last}`));

describe('lineageClosure', () => {
  test.each([
    { lines: ['a'], refs: ['a'], missing: [] },
    { lines: ['a: b c', 'b: d', 'c: d', 'd'], refs: ['a', 'b', 'c', 'd'], missing: [] },
    { lines: ['a: b x', 'b: x'], refs: ['a', 'b'], missing: [{ ref: 'x', relation: 'finetune', child: 'a' }] },
    { lines: ['a: b', 'b: a'], refs: ['a', 'b'], missing: [] },
  ])('$lines: $refs, each once, nearest first', ({ lines, refs, missing }) => {
    const { root, find } = graph(...lines);

    const closure = lineageClosure(root, find);

    expect(closure.versions.map(({ ref }) => ref)).toEqual(refs);
    expect(closure.missing).toEqual(missing);
  });

  test('a lineage of 10,000 versions does not overflow the stack', () => {
    const { root, find } = chain(10_000);

    expect(lineageClosure(root, find).versions).toHaveLength(10_000);
  });
});

describe('findLineageCycle', () => {
  test.each([
    { lines: ['a'], cycle: null },
    { lines: ['a: a'], cycle: ['a', 'a'] },
    { lines: ['a: b', 'b: a'], cycle: ['a', 'b', 'a'] },
    { lines: ['a: b', 'b: c', 'c: b'], cycle: ['b', 'c', 'b'] },
    { lines: ['a: b c', 'b: d', 'c: d', 'd'], cycle: null },
    { lines: ['a: b x', 'b: c', 'c: x'], cycle: null },
    { lines: ['a: b c', 'b: d', 'c: d', 'd: c'], cycle: ['d', 'c', 'd'] },
  ])('$lines: $cycle', ({ lines, cycle }) => {
    const { root, find } = graph(...lines);

    expect(findLineageCycle(root, find)).toEqual(cycle);
  });

  test('a version that is about to be registered is taken as given, not as found', () => {
    const { find } = graph('a', 'b: a');

    expect(findLineageCycle({ ref: 'a', publisher: 'Someone', license: 'MIT', baseModels: [{ ref: 'b', relation: 'merge' }] }, find)).toEqual(['a', 'b', 'a']);
  });

  test('10,000 versions deep, with and without a cycle at the end', () => {
    const open = chain(10_000);
    const closed = chain(10_000, 'v9000');

    expect(findLineageCycle(open.root, open.find)).toBeNull();
    expect(findLineageCycle(closed.root, closed.find)).toHaveLength(1_001);
  });
});
