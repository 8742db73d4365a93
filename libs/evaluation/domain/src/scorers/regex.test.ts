import { describe, expect, test } from 'vitest';
import { ScorerSpec } from './scorer-spec.ts';
import { score } from './scorers.ts';

describe('regex', () => {
  test.each([
    { pattern: '\\d{3}', output: 'code 404 found', extracted: '404' },
    { pattern: 'code (\\d+)', group: 1, output: 'code 404 found', extracted: '404' },
    { pattern: '(a)|b', group: 1, output: 'b', extracted: null },
    { pattern: 'paris', flags: 'i', output: 'PARIS', extracted: 'PARIS' },
  ])('$pattern in $output', ({ output, extracted, ...spec }) =>
    expect(score(ScorerSpec.parse({ kind: 'regex', ...spec }), { output, target: '' })).toMatchObject({ status: 'scored', score: 1, extracted }));

  test.each([
    { pattern: 'a', mode: 'full', output: 'aa', expected: 0 },
    { pattern: 'a|aa', mode: 'full', output: 'aa', expected: 1 },
    { pattern: 'b', mode: 'search', output: 'aa', expected: 0 },
  ])('$mode of $pattern in $output: $expected', ({ output, expected, ...spec }) =>
    expect(score(ScorerSpec.parse({ kind: 'regex', ...spec }), { output, target: 'ignored' }).score).toBe(expected));

  test.each([
    [{ pattern: '(?=a)' }, 'look-around is not supported'],
    [{ pattern: '(a)\\1' }, 'back-references are not supported'],
    [{ pattern: '(a' }, 'is not closed'],
    [{ pattern: 'a', group: 1 }, 'there is no group 1'],
    [{ pattern: '(a{1000}){1000}' }, 'too large'],
    [{ pattern: 'a', flags: 'g' }, 'flags are'],
    [{ pattern: 'a', flags: 'ii' }, 'flags are'],
  ])('%j is refused when the suite is saved', (spec, message) => {
    const result = ScorerSpec.safeParse({ kind: 'regex', ...spec });
    expect(result.error?.issues.map((issue) => issue.message).join()).toContain(message);
  });

  test('a pattern that was never parsed is a suite error, not a 0', () =>
    expect(score({ kind: 'regex', pattern: '(a', flags: '', mode: 'search', group: 0 }, { output: 'a', target: '' })).toMatchObject({ status: 'error', reason: 'bad_pattern' }));
});
