import { describe, expect, test } from 'vitest';
import { ScorerSpec } from './scorer-spec.ts';
import { score } from './scorers.ts';

describe('json_equal', () => {
  const compare = (output: string, target: string | string[], policy = 'strict') => score(ScorerSpec.parse({ kind: 'json_equal', policy }), { output, target });

  test.each([
    [' 42 ', '42', 1],
    ['4.2e1', '42', 1],
    ['-0', '0', 1],
    ['0.10', '1e-1', 1],
    ['9007199254740993', '9007199254740992', 0],
    ['9007199254740993', '9007199254740993.0', 1],
    ['1e400', '1e401', 0],
    ['-1', '1', 0],
    ['true', '1', 0],
    ['"1"', '1', 0],
    ['null', '{}', 0],
    ['{"a":null}', '{}', 0],
    ['{}', '[]', 0],
    ['[]', '[]', 1],
    ['[[1],2]', '[1,[2]]', 0],
    ['["a,b"]', '["a","b"]', 0],
    ['{"a":"\\u00e9"}', '{"a":"é"}', 1],
    ['{"__proto__":1,"b":2}', '{"b":2,"__proto__":1}', 1],
    ['{"x":{"b":[true,null],"a":""}}', '{"x":{"a":"","b":[true,null]}}', 1],
  ])('%s against %s: %d', (output, target, expected) => expect(compare(output, target)).toMatchObject({ score: expected, parsed: true }));

  test.each(['', '{"a":1,}', 'Sure! {"a":1}', "{'a':1}", '[1', `${'['.repeat(200_000)}`])('%j is not JSON', (output) =>
    expect(compare(output, '{"a":1}')).toMatchObject({ score: 0, parsed: false }));

  test.each([
    ['fenced', 'Sure!\n```json\n{"a": 1}\n```', 1],
    ['fenced', '```\n{"a": 2}\n```\nNo, rather\n```json\n{"a": 1}\n```\nDone.', 1],
    ['fenced', '{"a": 1}', 1],
    ['fenced', '```json\n{"a": 1}', 0],
    ['strict', 'Sure!\n```json\n{"a": 1}\n```', 0],
    ['first_value', 'Sure: {"a": 1} and {"a": 2}', 1],
    ['first_value', 'a {set} is {"a": 1}', 1],
    ['first_value', 'a [ is open, {"a": 1}', 1],
    ['first_value', 'none', 0],
  ])('%s: %j: %d', (policy, output, expected) => expect(compare(output, '{"a":1}', policy).score).toBe(expected));

  test('brackets and quotes inside strings are text', () => expect(compare('so {"a":"}\\"]"} ok', '{"a":"}\\"]"}', 'first_value').score).toBe(1));

  test('any target will do, and each must be JSON', () => {
    expect(compare('2', ['1', '2']).score).toBe(1);
    expect(compare('2', ['2', 'two'])).toMatchObject({ status: 'error', reason: 'bad_target' });
  });
});
