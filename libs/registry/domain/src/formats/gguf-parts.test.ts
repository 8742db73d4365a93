import { expect, test } from 'vitest';
import { ggufPartFileName, ggufPartName, joinGgufParts } from './gguf-parts.ts';
import type { GgufPart } from './gguf-parts.ts';
import type { GgufValue } from './gguf.ts';

const part = (at: number, parts: number, metadata: Record<string, GgufValue>, tensors: readonly string[]): GgufPart => ({
  fileName: ggufPartFileName('m', at, parts),
  part: at,
  parts,
  header: { version: 3, metadata: new Map(Object.entries(metadata)), tensors: tensors.map((name) => ({ name, dimensions: [2n], type: 1, offset: 0n })), dataOffset: 64 },
});

test.each([
  ['m-00002-of-00005.gguf', { base: 'm', part: 2, parts: 5 }],
  ['q4/m-00001-of-00001.GGUF', { base: 'q4/m', part: 1, parts: 1 }],
  ['m.gguf', null],
  ['m-2-of-5.gguf', null],
])('%s', (name, expected) => {
  expect(ggufPartName(name)).toEqual(expected);
});

test('parts in any order are one model, with the metadata of the first', () => {
  const joined = joinGgufParts([part(2, 2, { 'split.no': 1, 'split.count': 2, 'split.tensors.count': 2 }, ['b']), part(1, 2, { 'general.name': 'M', 'split.no': 0, 'split.count': 2, 'split.tensors.count': 2 }, ['a'])]);

  expect(joined).toMatchObject({ missing: [], faults: [] });
  expect(joined.header.metadata.get('general.name')).toBe('M');
  expect(joined.header.tensors.map(({ name }) => name)).toEqual(['a', 'b']);
});

test('missing parts are told, and counts of tensors are not held against the rest', () => {
  expect(joinGgufParts([part(2, 4, { 'split.no': 1, 'split.count': 4, 'split.tensors.count': 9 }, ['b'])])).toMatchObject({ missing: [1, 3, 4], faults: [] });
});

test('parts that disagree on the number of tensors are a fault', () => {
  const { faults } = joinGgufParts([part(1, 2, { 'split.tensors.count': 2 }, ['a']), part(2, 2, { 'split.tensors.count': 3 }, ['b'])]);

  expect(faults).toEqual([{ message: 'The parts do not agree on how many tensors there are: 2, 3.', sources: ['m-00001-of-00002.gguf: split.tensors.count', 'm-00002-of-00002.gguf: split.tensors.count'] }]);
});
