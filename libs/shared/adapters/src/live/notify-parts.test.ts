import { describe, expect, test } from 'vitest';
import { PartAssembler, toParts } from './notify-parts.ts';

const long = (letter: string) => letter.repeat(20_000);

describe('parts of a NOTIFY payload', () => {
  test.each(['', 'short', '|.|', 'x'.repeat(7_900), 'x'.repeat(7_901), long('ü'), long('世'), long('👩‍🔬'), `x${long('👩‍🔬')}`])('%# are short enough and whole again when put together', (text) => {
    const assembler = new PartAssembler();

    const parts = toParts('abcdef012345', 123_456_789, text);

    expect(Math.max(...parts.map((part) => Buffer.byteLength(part)))).toBeLessThan(8_000);
    expect(parts.map((part) => assembler.add('c', part))).toEqual([...parts.slice(1).map(() => undefined), text]);
  });

  test('a message whose start was missed is dropped, and the next one is whole', () => {
    const assembler = new PartAssembler();
    const [, second = '', third = ''] = toParts('p', 1, long('a'));
    const next = toParts('p', 2, long('b'));

    expect([second, third].map((part) => assembler.add('c', part))).toEqual([undefined, undefined]);
    expect(next.map((part) => assembler.add('c', part)).at(-1)).toBe(long('b'));
  });

  test('a message that was cut off is dropped, and the next one is whole', () => {
    const assembler = new PartAssembler();
    const [first = '', second = ''] = toParts('p', 1, long('a'));
    const next = toParts('p', 2, long('b'));

    expect([first, second, ...next].map((part) => assembler.add('c', part)).at(-1)).toBe(long('b'));
  });
});
