import { describe, expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

describe('canonicalJson', () => {
  test.each<[string, unknown, string]>([
    ['members are sorted, at every depth', { b: 1, a: { d: [{ z: 1, y: 2 }], c: null } }, '{"a":{"c":null,"d":[{"y":2,"z":1}]},"b":1}'],
    ['the order of a list is kept', [3, 1, 2], '[3,1,2]'],
    ['undefined members are left out', { a: undefined, b: 1 }, '{"b":1}'],
    ['undefined items are null, as in JSON', [undefined, 1], '[null,1]'],
    ['holes in a list are null too', Array.of<unknown>(1).concat(Array(1)), '[1,null]'],
    ['text is escaped', { 'ä"': 'line\nend\u0000' }, '{"ä\\"":"line\\nend\\u0000"}'],
    ['keys sort by UTF-16 code unit (RFC 8785 section 3.2.3)', { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 }, '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}'],
    ['numbers are as in JavaScript (RFC 8785 section 3.2.2.3)', [1e21, 1e-7, 0.1, -0, Number('333333333.33333329')], '[1e+21,1e-7,0.1,0,333333333.3333333]'],
    ['dates are ISO 8601', new Date('2026-01-31T00:00:00Z'), '"2026-01-31T00:00:00.000Z"'],
    ['values by themselves', null, 'null'],
    ['the empty ones', [{}, [], ''], '[{},[],""]'],
  ])('%s', (_, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  test('equal values have one text, however they were written', () => {
    expect(canonicalJson(JSON.parse('{ "b": [1, 2.0], "a": "\\u0041" }'))).toBe(canonicalJson({ a: 'A', b: [1, 2] }));
  });

  test.each<[string, unknown]>([
    ['a bigint', { cost: 1n }],
    ['undefined by itself', undefined],
    ['a function', { f: () => 1 }],
    ['a symbol', Symbol('x')],
    ['NaN, which JSON would turn into null', { n: Number.NaN }],
    ['an infinity', [Number.NEGATIVE_INFINITY]],
    ['a date that is none', new Date('nonsense')],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow();
  });
});
