import { describe, expect, test } from 'vitest';
import { Score, unscored } from './score.ts';
import { ScorerSpec } from './scorer-spec.ts';
import { score, scorerName, scorers } from './scorers.ts';

interface Example {
  readonly id: string;
  readonly spec: unknown;
  readonly output: string;
  readonly target: string | string[];
  readonly score: number;
  readonly extracted?: string;
  readonly why: string;
}

const cities = ['London', 'Paris', 'Rome', 'Berlin'];

/** The worked examples of the evaluation reference, by their numbers there, for the scorers that exist. */
const examples: readonly Example[] = [
  { id: 'P01', spec: { kind: 'exact_match', profile: 'trim' }, output: 'Paris\n', target: 'Paris', score: 1, why: 'outer white space goes' },
  { id: 'P02', spec: { kind: 'exact_match', profile: 'trim' }, output: 'paris', target: 'Paris', score: 0, why: 'trim keeps case' },
  { id: 'P03', spec: { kind: 'exact_match', profile: 'fold' }, output: 'Ｐａｒｉｓ  is  nice', target: 'paris is nice', score: 1, why: 'NFKC, lower case, single spaces' },
  { id: 'P04', spec: { kind: 'exact_match', profile: 'fold' }, output: 'STRASSE', target: 'straße', score: 0, why: 'lower-casing is not case folding' },
  { id: 'P05', spec: { kind: 'exact_match', profile: 'squad' }, output: 'The  U.S.A.!', target: 'usa', score: 1, why: 'punctuation and article deleted' },
  { id: 'P06', spec: { kind: 'exact_match', profile: 'squad' }, output: 'well-known', target: 'well known', score: 0, why: 'a hyphen leaves no space' },
  { id: 'P07', spec: { kind: 'exact_match', profile: 'squad' }, output: 'A', target: 'A', score: 1, why: 'a target of nothing falls back to fold' },
  { id: 'P08', spec: { kind: 'exact_match', profile: 'squad' }, output: '.', target: 'The', score: 0, why: 'the same guard' },
  { id: 'P09', spec: { kind: 'exact_match', profile: 'squad' }, output: 'dí', target: 'día', score: 0, why: 'Unicode word edges' },
  { id: 'P10', spec: { kind: 'exact_match', profile: 'trim' }, output: 'Lyon', target: ['Paris', 'Lyon'], score: 1, why: 'any target' },
  { id: 'P11', spec: { kind: 'squad_f1' }, output: 'the cat sat on the mat', target: 'a cat is on a mat', score: 0.75, why: 'articles removed on both sides' },
  { id: 'P12', spec: { kind: 'squad_f1' }, output: 'cat cat cat', target: 'cat', score: 0.5, why: 'multiset overlap' },
  { id: 'P13', spec: { kind: 'squad_f1' }, output: '', target: 'Paris', score: 0, why: 'empty output' },
  { id: 'P14', spec: { kind: 'squad_f1' }, output: 'Barack Hussein Obama', target: ['Obama', 'Barack Obama', 'B. Obama'], score: 0.8, why: 'maximum over targets' },
  { id: 'P15', spec: { kind: 'choice_letter', k: 4 }, output: 'Answer: A\nHold on. Answer: C', target: 'C', score: 1, extracted: 'C', why: 'the last explicit marker wins' },
  { id: 'P16', spec: { kind: 'choice_letter', k: 4 }, output: 'Answer: Definitely B', target: 'B', score: 0, why: 'no letter right after the marker' },
  { id: 'P17', spec: { kind: 'choice_letter', k: 4 }, output: '**(b)**', target: 'B', score: 1, extracted: 'B', why: 'the whole answer, in lower case' },
  { id: 'P18', spec: { kind: 'choice_letter', k: 4 }, output: 'I believe the answer is a dog', target: 'A', score: 0, why: 'an article is no choice' },
  { id: 'P19', spec: { kind: 'choice_letter', k: 4 }, output: 'So we get $\\boxed{\\text{D}}$.', target: 'D', score: 1, extracted: 'D', why: 'a boxed letter' },
  { id: 'P20', spec: { kind: 'choice_letter', k: 4 }, output: 'The correct option is not B', target: 'B', score: 0, why: 'negation' },
  { id: 'P21', spec: { kind: 'choice_letter', k: 4, texts: cities }, output: 'It has to be Paris, obviously.', target: 'B', score: 1, extracted: 'B', why: 'the text of a choice' },
  { id: 'P22', spec: { kind: 'choice_letter', k: 4, texts: cities }, output: 'Paris or Rome', target: 'B', score: 0, why: 'two choice texts are ambiguous' },
  { id: 'P23', spec: { kind: 'choice_letter', k: 4 }, output: 'Answer: E', target: 'E', score: 0, why: 'a letter that is not offered' },
  { id: 'P24', spec: { kind: 'numeric_answer' }, output: 'So the total is $1,234.50.', target: '1234.5', score: 1, extracted: '$1,234.50', why: 'currency, grouping, full stop' },
  { id: 'P25', spec: { kind: 'numeric_answer' }, output: '#### 42\n(checked with 7 examples)', target: '42', score: 1, extracted: '42', why: 'the marker beats later numbers' },
  { id: 'P26', spec: { kind: 'numeric_answer' }, output: '5-3=2', target: '2', score: 1, extracted: '2', why: 'a minus between digits is an operator' },
  { id: 'P27', spec: { kind: 'numeric_answer' }, output: 'It fell to −7 degrees', target: '-7', score: 1, extracted: '-7', why: 'U+2212 is a minus' },
  { id: 'P28', spec: { kind: 'numeric_answer' }, output: 'The answer is 42...', target: '42', score: 1, extracted: '42', why: 'ellipsis' },
  { id: 'P29', spec: { kind: 'numeric_answer' }, output: '1/2', target: '0.5', score: 1, extracted: '1/2', why: 'a fraction' },
  { id: 'P30', spec: { kind: 'numeric_answer', fractions: false }, output: '1/2', target: '0.5', score: 0, extracted: '2', why: 'fractions off: the last number is 2' },
  { id: 'P31', spec: { kind: 'numeric_answer' }, output: 'about 60%', target: '60', score: 1, extracted: '60%', why: 'per cent is ignored by default' },
  { id: 'P32', spec: { kind: 'numeric_answer', percent: 'fraction' }, output: '60%', target: '0.6', score: 1, extracted: '60%', why: 'per cent as a fraction' },
  { id: 'P33', spec: { kind: 'numeric_answer' }, output: 'x2 = 7', target: '7', score: 1, extracted: '7', why: 'digits glued to a letter are an identifier' },
  { id: 'P34', spec: { kind: 'numeric_answer' }, output: '10.00', target: '10', score: 1, extracted: '10.00', why: 'numbers, not texts' },
  { id: 'P35', spec: { kind: 'numeric_answer', relTol: 0.01 }, output: '3.14', target: '3.14159', score: 1, extracted: '3.14', why: 'within 1%' },
  { id: 'P36', spec: { kind: 'numeric_answer' }, output: 'no idea', target: '3', score: 0, why: 'no number' },
  { id: 'P47', spec: { kind: 'json_equal', policy: 'strict' }, output: '{"b":2.0,"a":[1,2]}', target: '{"a": [1, 2], "b": 2}', score: 1, extracted: '{"b":2.0,"a":[1,2]}', why: 'key order free, 2.0 is 2' },
  { id: 'P48', spec: { kind: 'json_equal', policy: 'strict' }, output: '{"a":[2,1]}', target: '{"a": [1, 2]}', score: 0, extracted: '{"a":[2,1]}', why: 'array order counts' },
  { id: 'P50', spec: { kind: 'json_equal', policy: 'strict' }, output: '{"a":NaN}', target: '{"a": null}', score: 0, why: 'NaN is not JSON' },
];

const extracting = new Set(['choice_letter', 'numeric_answer', 'json_equal']);

describe('the worked examples of the reference', () => {
  test.each(examples)('$id: $why', ({ spec, output, target, score: expected, extracted }) => {
    const parsed = ScorerSpec.parse(spec);
    const answer = score(parsed, { output, target });
    expect(answer.status).toBe('scored');
    expect(answer.score).toBeCloseTo(expected, 12);
    expect(answer.extracted).toBe(extracted ?? null);
    expect(answer.parsed).toBe(extracting.has(parsed.kind) ? extracted !== undefined : null);
    expect(answer.reason === null).toBe(expected === 1);
    expect(Score.parse(answer)).toEqual(answer);
  });
});

describe('the table of scorers', () => {
  test.each(Object.keys(scorers) as (keyof typeof scorers)[])('%s has a name with a version', (kind) => expect(scorerName(kind)).toMatch(/^[a-z0-9_]+@[1-9]\d*$/));

  test('an unknown scorer, or parameter, is refused', () => {
    expect(ScorerSpec.safeParse({ kind: 'magic' }).success).toBe(false);
    expect(ScorerSpec.safeParse({ kind: 'exact_match', profil: 'trim' }).success).toBe(false);
  });

  test('parameters have the defaults of the reference', () => {
    expect(ScorerSpec.parse({ kind: 'exact_match' })).toEqual({ kind: 'exact_match', profile: 'trim' });
    expect(ScorerSpec.parse({ kind: 'includes' })).toEqual({ kind: 'includes', profile: 'fold', mode: 'any' });
    expect(ScorerSpec.parse({ kind: 'numeric_answer' })).toEqual({ kind: 'numeric_answer', policy: 'auto', absTol: 0, relTol: 0, fractions: true, percent: 'ignore' });
    expect(ScorerSpec.parse({ kind: 'json_equal' })).toEqual({ kind: 'json_equal', policy: 'strict' });
  });

  test('no target is a suite error; nothing to score is neither', () => {
    expect(score({ kind: 'squad_f1' }, { output: 'x', target: [] })).toMatchObject({ status: 'error', score: null, reason: 'no_target' });
    expect(Score.parse(unscored('no_output'))).toMatchObject({ status: 'unscored', score: null });
  });

  test.each([
    [true, 1],
    [false, 0],
  ])('reasoning is stripped if the suite says so: %s', (stripReasoning, expected) =>
    expect(score(ScorerSpec.parse({ kind: 'exact_match' }), { output: '\uFEFF<think>5\r\n6</think>\r\n4', target: '4', stripReasoning }).score).toBe(expected));
});

describe('includes', () => {
  test.each([
    { output: 'The capital is  PARIS.', target: 'paris', mode: 'any', profile: 'fold', expected: 1 },
    { output: 'The capital is PARIS.', target: 'paris', mode: 'any', profile: 'none', expected: 0 },
    { output: 'red and blue', target: ['green', 'blue'], mode: 'any', profile: 'fold', expected: 1 },
    { output: 'red and blue', target: ['green', 'blue'], mode: 'all', profile: 'fold', expected: 0 },
    { output: 'red and blue', target: ['red', 'blue'], mode: 'all', profile: 'fold', expected: 1 },
    { output: 'U.S.A.', target: 'usa', mode: 'any', profile: 'squad', expected: 1 },
    { output: '', target: 'x', mode: 'any', profile: 'fold', expected: 0 },
  ])('$mode of $target in $output under $profile: $expected', ({ output, target, mode, profile, expected }) =>
    expect(score(ScorerSpec.parse({ kind: 'includes', mode, profile }), { output, target }).score).toBe(expected));

  test('a target that is empty once normalised is a suite error', () =>
    expect(score(ScorerSpec.parse({ kind: 'includes' }), { output: 'x', target: ['x', ' \n'] })).toMatchObject({ status: 'error', reason: 'empty_target' }));
});

describe('squad_f1', () => {
  test.each([
    ['cat', 'dog', 0],
    ['...', '!!!', 0],
    ['the', 'the', 1],
    ['a b b c', 'b b d', 4 / 6],
  ])('%j against %j: %d', (output, target, expected) => expect(score({ kind: 'squad_f1' }, { output, target }).score).toBeCloseTo(expected, 12));
});
