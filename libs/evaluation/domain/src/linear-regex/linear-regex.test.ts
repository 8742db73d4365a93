import { describe, expect, test } from 'vitest';
import { compilePattern } from './compile-pattern.ts';
import { findMatch } from './find-match.ts';

const find = (pattern: string, text: string, { flags = '', full = false, group = 0 } = {}) => {
  const match = findMatch(compilePattern(pattern, { flags, full, group }), text);
  return match && match.group;
};

describe('a match is the leftmost one, first alternative first', () => {
  test.each([
    ['b+', 'abbbc', 'bbb'],
    ['b+?', 'abbbc', 'b'],
    ['a|ab', 'ab', 'a'],
    ['ab|a', 'ab', 'ab'],
    ['(?:a|ab)(?:c|bcd)', 'abcd', 'abcd'],
    ['', 'abc', ''],
    ['x*', 'aaa', ''],
    ['colou?r', 'my color', 'color'],
    ['a{2}', 'aaaa', 'aa'],
    ['a{2,}', 'aaaa', 'aaaa'],
    ['a{1,3}', 'aaaa', 'aaa'],
    ['a{1,3}?', 'aaaa', 'a'],
    ['a{0}b', 'ab', 'b'],
    ['a{,3}', 'a{,3}', 'a{,3}'],
    ['a{', 'a{', 'a{'],
    ['(a*)*', 'aab', 'aa'],
    ['(a|b)*c', 'ababc', 'ababc'],
    ['.+', 'ab\ncd', 'ab'],
    ['é.', 'né😀x', 'é😀'],
    ['^b', 'ab', null],
    ['a$', 'ab', null],
    ['\\Aab\\z', 'ab', 'ab'],
    ['\\bcat\\b', 'a cat, concat', 'cat'],
    ['\\Bcat', 'cat concat', 'cat'],
    ['\\Bcat', 'cat', null],
    ['\\d+\\.\\d{2}', 'price 12.50', '12.50'],
    ['\\D+', '12ab', 'ab'],
    ['\\s\\S', 'a b', ' b'],
    ['\\w+', 'día', 'd'],
    ['\\W', 'a_1-', '-'],
    ['[a-c]+', 'xabcd', 'abc'],
    ['[^a-c]+', 'abxyz', 'xyz'],
    ['[]a]+', 'x]a]', ']a]'],
    ['[^]a]', ']ab', 'b'],
    ['[a-]+', 'b-a', '-a'],
    ['[\\d\\-x]+', 'a1-x', '1-x'],
    ['[[:upper:][:digit:]]+', 'abC3d', 'C3'],
    ['[[:^alpha:]]', 'ab3', '3'],
    ['\\p{Lu}\\p{Ll}+', 'el Ñandú', 'Ñandú'],
    ['\\pN', 'a٣', '٣'],
    ['\\p{Greek}+', 'abc αβγ', 'αβγ'],
    ['\\P{L}', 'ab1', '1'],
    ['\\p{^L}', 'ab1', '1'],
    ['\\x41\\x{1F600}', 'A😀', 'A😀'],
    ['\\t\\n', 'a\t\n', '\t\n'],
    ['\\.\\*\\(\\)\\[\\\\', '.*()[\\', '.*()[\\'],
    ['(?P<year>\\d{4})-(?<month>\\d\\d)', 'on 2026-11', '2026-11'],
  ])('/%s/ in %j: %j', (pattern, text, expected) => expect(find(pattern, text)).toBe(expected));

  test.each([
    ['ABC', 'xabc', 'i', 'abc'],
    ['[a-z]+', 'ABC', 'i', 'ABC'],
    ['[^a]', 'Ab', 'i', 'b'],
    ['ÑANDÚ', 'ñandú', 'i', 'ñandú'],
    ['^b$', 'a\nb\nc', 'm', 'b'],
    ['a.b', 'a\nb', 's', 'a\nb'],
    ['^A.B$', 'x\na\nb', 'ims', 'a\nb'],
  ])('/%s/ in %j with "%s": %j', (pattern, text, flags, expected) => expect(find(pattern, text, { flags })).toBe(expected));

  test.each([
    ['a|ab', 'ab', 'ab'],
    ['a*', 'aab', null],
    ['b', 'ab', null],
    ['^a$', 'a\na', null],
  ])('/%s/ as the whole of %j: %j', (pattern, text, expected) => expect(find(pattern, text, { full: true, flags: 'm' })).toBe(expected));

  test.each([
    ['(a+)(b+)', 'xaabb', 1, 'aa'],
    ['(a+)(b+)', 'xaabb', 2, 'bb'],
    ['(a)|(b)', 'b', 1, null],
    ['(?:(a)|b)+', 'ab', 1, 'a'],
    ['(?:(a)|(b))+', 'abab', 2, 'b'],
    ['((a)b)', 'ab', 2, 'a'],
  ])('/%s/ in %j: group %d is %j', (pattern, text, group, expected) => expect(find(pattern, text, { group })).toBe(expected));
});

describe('what is not RE2 is refused, and the fault is named', () => {
  test.each([
    ['(?=a)', 'look-around is not supported at character 1'],
    ['a(?!b)', 'look-around is not supported at character 2'],
    ['(?<=a)b', 'look-around is not supported'],
    ['(?<!a)b', 'look-around is not supported'],
    ['(a)\\1', 'back-references are not supported at character 4'],
    ['(?i)a', 'flags go into "flags"'],
    ['(?>a)', 'only (?:…) and (?<name>…) are supported'],
    ['*a', 'there is nothing to repeat'],
    ['{2}', 'there is nothing to repeat'],
    ['a|+', 'there is nothing to repeat'],
    ['a**', 'a repeat cannot be repeated'],
    ['a+{2}', 'a repeat cannot be repeated'],
    ['a{3,2}', 'from low to high'],
    ['a{1001}', 'counts up to 1000'],
    ['(a', 'a "(" is not closed at character 1'],
    ['a)', 'a ")" closes nothing at character 2'],
    ['[a', 'a "[" is not closed'],
    ['[b-a]', 'out of order'],
    ['[a-\\d]', 'out of order'],
    ['[[:nope:]]', 'unknown class'],
    ['\\p{Nope}', 'unknown property'],
    ['\\y', 'unknown escape \\y'],
    ['\\x{110000}', 'no such character'],
    ['a\\', 'ends too early'],
    ['(?:a{100}){100}', 'too large'],
  ])('/%s/: %s', (pattern, message) => expect(() => compilePattern(pattern, { flags: '', full: false, group: 0 })).toThrow(message));
});

describe('no pattern can stall the scorer', () => {
  test.each(['(a+)+$', '(a|a)*b$', '(a|aa)+$', '(.*a){20}$', '(?:a?){30}a{30}$', '([a-zA-Z]+)*1'])('/%s/ on 5,000 characters', (pattern) => {
    expect(find(pattern, `${'a'.repeat(5_000)}!`)).toBeNull();
  });

  test('a match of 500,000 characters comes back whole', () => expect(find('a+', 'a'.repeat(500_000))).toHaveLength(500_000));
});

/** mulberry32, as the evaluation reference defines it: the same patterns on every run. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('against the engine of the language, on random patterns', () => {
  const random = mulberry32(2024);
  const pick = <T>(options: readonly T[]): T => options[Math.floor(random() * options.length)] as T;
  // Repeats are of one character here: of groups that may be empty, JavaScript differs from Perl and RE2 by its standard.
  const randomAtom = (depth: number): string => {
    const kind = random();
    if (depth > 0 && kind < 0.35) return `(${randomPattern(depth - 1)})`;
    return pick(['a', 'b', 'c', '.', '[ab]', '[^a]', '\\w', 'é']) + pick(['', '', '', '*', '+', '?', '*?', '+?', '{2}', '{1,2}']);
  };
  const randomPattern = (depth: number): string =>
    Array.from({ length: 1 + Math.floor(random() * 2) }, () => Array.from({ length: 1 + Math.floor(random() * 3) }, () => randomAtom(depth)).join('')).join('|');

  test('2,000 patterns find the same text in the same group', () => {
    for (let round = 0; round < 2_000; round += 1) {
      const pattern = randomPattern(2);
      const text = Array.from({ length: Math.floor(random() * 9) }, () => pick(['a', 'b', 'c', 'é', '\n', ' '])).join('');
      const groups = new RegExp(`${pattern}|`).exec('')?.length ?? 1;
      const group = Math.floor(random() * groups);
      const full = random() < 0.3;
      const expected = new RegExp(full ? `^(?:${pattern})$` : pattern, 'u').exec(text);
      const actual = findMatch(compilePattern(pattern, { flags: '', full, group }), text);
      expect({ pattern, text, group, full, found: actual && actual.group }).toEqual({ pattern, text, group, full, found: expected && (expected[group] ?? null) });
    }
  });
});
