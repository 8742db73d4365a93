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
});

test('a pattern that was never parsed is a suite error, not a 0', () =>
  expect(score({ kind: 'regex', pattern: '(a', flags: '', mode: 'search', group: 0 }, { output: 'a', target: '' })).toMatchObject({ status: 'error', reason: 'bad_pattern' }));

describe('choice_letter', () => {
  const choose = (spec: object, output: string, target = 'A', choices?: string[]) => score(ScorerSpec.parse({ kind: 'choice_letter', ...spec }), { output, target, choices });

  test.each([
    ['The answer is (c).', 'C'],
    ['the ANSWER was B, not A', 'B'],
    ['Answer:\n\nD', 'D'],
    ['Option [A] is best', 'A'],
    ['answer: b', 'B'],
    ['answer: b. Because', 'B'],
    ['answer: b)', 'B'],
    ['The answer should be C', 'C'],
    ['The answer would  be – D', 'D'],
    ['My choice = B!', 'B'],
    ['Answer: ( C )', 'C'],
    ['$$\\boxed{b}$$', 'B'],
    ['Answer: A, or rather \\boxed{C}', 'C'],
    ['\\boxed{C}. On reflection, answer: A', 'A'],
    ['\\textbf{\\mathrm{\\text{(D)}}}', 'D'],
    ['C', 'C'],
    ['(c):', 'C'],
    ['B) because it is', 'B'],
    ['B. Paris', 'B'],
    ['Thinking about it,\nI would go with\n\nD.\n\n', 'D'],
    ['Ｂ', 'B'],
  ])('%j is %s', (output, letter) => expect(choose({}, output).extracted).toBe(letter));

  test.each([
    'Answers: B',
    'myanswer: B',
    'answer B2',
    "Answer: A's",
    'answer b is right',
    'answer: (b',
    'Because of this we see',
    'A dog barks',
    'Bananas',
    '',
    'E',
    '(E) is it',
    'Answer: Apple',
    `answer ${' '.repeat(50_000)}x`,
  ])('%j is unparsed', (output) => expect(choose({}, output)).toMatchObject({ status: 'scored', score: 0, parsed: false, reason: 'unparsed' }));

  test('an unbracketed I before a lower-case word is a pronoun', () => {
    expect(choose({ k: 10 }, 'The answer: I think so').parsed).toBe(false);
    expect(choose({ k: 10 }, 'The answer: I').extracted).toBe('I');
    expect(choose({ k: 10 }, 'The answer: (I) think').extracted).toBe('I');
    expect(choose({ k: 10 }, "The answer: I'm sure").parsed).toBe(false);
  });

  test.each([
    ['It is New York City.', 'B'],
    ['York', 'A'],
    ['york, in england', 'A'],
    ['Somewhere else', null],
    ['Leeds and York', null],
  ])('of several choice texts the longest that holds the others: %j', (output, letter) =>
    expect(choose({ texts: ['York', 'New York City', 'Leeds'] }, output).extracted).toBe(letter));

  test("a sample's own choices take precedence, and say how many there are", () => {
    expect(choose({ texts: cities }, 'Answer: D', 'A', ['yes', 'no']).parsed).toBe(false);
    expect(choose({}, 'certainly no', 'B', ['yes', 'no']).score).toBe(1);
  });

  test('two choices with the same words are ambiguous', () => expect(choose({ texts: ['Paris', 'paris!'] }, 'Paris').parsed).toBe(false));

  test.each([
    ['Answer: A, C', 'A,C', 1],
    ['Answer: C and A', 'AC', 1],
    ['Answer: A, B, and D.', 'A, B, D', 1],
    ['Answer: AC', 'A and C', 1],
    ['(A, C)', 'AC', 1],
    ['A & C', 'CA', 1],
    ['\\boxed{A, C}', 'AC', 1],
    ['answer: a, c', 'AC', 1],
    ['Answer: A', 'AC', 0],
    ['Answer: A, B, C', 'AC', 0],
    ['Answer: A, E', 'A', 1],
    ['Answer: A', 'A', 1],
  ])('several letters: %j against %j: %d', (output, target, expected) => expect(choose({ multi: true }, output, target).score).toBe(expected));

  test.each(['Answer: ABSOLUTELY', 'Answer: AA', 'Answer: ACE'])('several letters: %j is no list', (output) => expect(choose({ multi: true }, output, 'A').parsed).toBe(false));

  test('a long list with a bad end takes no exponential time', () => expect(choose({ multi: true }, `${'A,     '.repeat(5_000)}?`, 'A').parsed).toBe(false));

  test('a target that is no letter is a suite error', () => expect(choose({}, 'A', 'Paris')).toMatchObject({ status: 'error', reason: 'bad_target' }));
});

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

describe('numeric_answer', () => {
  const answer = (output: string, target = '1', spec: object = {}) => score(ScorerSpec.parse({ kind: 'numeric_answer', ...spec }), { output, target });

  test.each([
    ['1234567', '1234568', 0],
    ['.5', '1/2', 1],
    ['1e3', '1000', 1],
    ['1.5E-2', '0.015', 1],
    ['1,234,567.8', '1234567.8', 1],
    ['-$5', '-5', 1],
    ['$-5', '-5', 1],
    ['+7', '7', 1],
    ['(3)-4', '4', 1],
    ['-1/2', '-0.5', 1],
    ['2/3', '4/6', 1],
    ['10²', '10', 1],
    ['**42**', '42', 1],
    ['１２', '12', 1],
    ['1{,}000', '1000', 1],
    ['\\$3.50', '3.5', 1],
    ['12\\,345', '12345', 1],
    ['0', '-0', 1],
    ['1/0', '0', 1],
    ['€1,50', '50', 1],
    ['1.234,56', '1234.56', 0],
    ['On 3/4/2020', '2020', 1],
    ['answer_5', '5', 0],
    ['12345678901234567890123', '12345678901234567890124', 0],
  ])('%j against %j: %d', (output, target, expected) => expect(answer(output, target).score).toBe(expected));

  test.each([
    ['marker', '#### 1\n#### 12, not 13\n14', '12'],
    ['marker', 'no marker 5', null],
    ['marker', '####\n5', null],
    ['boxed', '\\boxed{1} then \\boxed{x = 2} and 9', '2'],
    ['boxed', '\\boxed{\\frac{3}{4}}', '\\frac{3}{4}'],
    ['boxed', '\\boxed{-\\dfrac{3}{4}}', '-\\dfrac{3}{4}'],
    ['boxed', '\\boxed{7} and \\boxed{8', '7'],
    ['boxed', '7', null],
    ['last_number', '#### 5 then 6', '6'],
    ['auto', '####\nso \\boxed{8} of 9', '8'],
    ['auto', 'one of 3 is \\boxed{none}', null],
    ['auto', 'from 3 to 4', '4'],
  ])('policy %s on %j takes %j', (policy, output, extracted) => expect(answer(output, '1', { policy }).extracted).toBe(extracted));

  test('a boxed fraction has its value', () => {
    expect(answer('\\boxed{\\frac{3}{4}}', '0.75').score).toBe(1);
    expect(answer('\\boxed{-\\frac{-3}{4}}', '0.75').score).toBe(1);
  });

  test.each([
    ['10.1', '10', { absTol: 0.1 }, 1],
    ['10.10001', '10', { absTol: 0.1 }, 0],
    ['-9.9', '-10', { relTol: 0.01 }, 1],
    ['-9.899', '-10', { relTol: 0.01 }, 0],
    ['0.0000001', '0', { absTol: 1e-7 }, 1],
    ['0.001', '0', { relTol: 0.5 }, 0],
    ['0.3', '0.1', { absTol: 0.2 }, 1],
  ])('%s is near %s with %j: %d', (output, target, spec, expected) => expect(answer(output, target, spec).score).toBe(expected));

  test('per cent as a fraction counts on both sides', () => {
    expect(answer('60%', '60%', { percent: 'fraction' }).score).toBe(1);
    expect(answer('0.6', '60%', { percent: 'fraction' }).score).toBe(1);
    expect(answer('60', '60%', { percent: 'fraction' }).score).toBe(0);
  });

  test('digits and exponents beyond reason are no answer, and cost nothing', () => {
    expect(answer('1e999999999').parsed).toBe(false);
    expect(answer('9'.repeat(100_000)).parsed).toBe(false);
    expect(answer(`1/${'9'.repeat(100_000)}`).parsed).toBe(true);
  });

  test('any target will do, and each must hold a number', () => {
    expect(score(ScorerSpec.parse({ kind: 'numeric_answer' }), { output: '2', target: ['1', '2'] }).score).toBe(1);
    expect(answer('2', 'two')).toMatchObject({ status: 'error', reason: 'bad_target' });
    expect(answer('42', 'she has 6 times 7, so #### 42').score).toBe(1);
  });
});
