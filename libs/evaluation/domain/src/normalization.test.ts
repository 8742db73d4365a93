import { describe, expect, test } from 'vitest';
import { normalize, normalizePair, prepareOutput, trimWhiteSpace } from './normalization.ts';

describe('normalize', () => {
  test.each([
    ['none', ' A  b ', ' A  b '],
    ['trim', '\u00A0 A  b\u0085\n', 'A  b'],
    ['trim', '\uFEFFA', '\uFEFFA'],
    ['fold', 'Ｐａｒｉｓ \u2003 is\tNICE', 'paris is nice'],
    ['fold', 'STRASSE', 'strasse'],
    ['fold', 'straße', 'straße'],
    ['squad', 'The  U.S.A.!', 'usa'],
    ['squad', 'well-known', 'wellknown'],
    ['squad', '1.5', '15'],
    ['squad', 'an apple a day the end', 'apple day end'],
    ['squad', 'theory another a_b', 'theory another ab'],
    ['squad', 'día compañía', 'día compañía'],
    ['squad', 'a\u0301 la', 'a\u0301 la'],
    ['squad', '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~', ''],
    ['squad', '“quoted”', '“quoted”'],
  ] as const)('%s of %j is %j', (profile, text, expected) => expect(normalize(text, profile)).toBe(expected));

  test('a target that squad leaves nothing of is compared under fold', () => {
    expect(normalizePair('A!', 'A', 'squad')).toEqual({ output: 'a!', target: 'a' });
    expect(normalizePair('.', 'The', 'squad')).toEqual({ output: '.', target: 'the' });
    expect(normalizePair('The cat', 'cat!', 'squad')).toEqual({ output: 'cat', target: 'cat' });
  });

  test('a long run of white space inside takes no quadratic time', () => {
    const text = `a${' '.repeat(200_000)}b`;
    expect(trimWhiteSpace(text)).toBe(text);
    expect(normalize(text, 'fold')).toBe('a b');
  });
});

describe('prepareOutput', () => {
  test.each([
    ['\uFEFFx\r\ny\rz', false, 'x\ny\nz'],
    ['<think>3</think>4', false, '<think>3</think>4'],
    ['<think>3</think>4', true, '4'],
    ['<think>a</think>b<think>c</think>\nd', true, '\nd'],
    ['a</think>b', true, 'b'],
    ['<think>never closed: 42', true, ''],
    ['<think>a</think>b<think>again', true, ''],
    ['plain', true, 'plain'],
  ])('%j with stripReasoning %s is %j', (output, stripReasoning, expected) => expect(prepareOutput(output, { stripReasoning })).toBe(expected));
});
