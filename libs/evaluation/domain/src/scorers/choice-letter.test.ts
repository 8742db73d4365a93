import { describe, expect, test } from 'vitest';
import { ScorerSpec } from './scorer-spec.ts';
import { score } from './scorers.ts';

const cities = ['London', 'Paris', 'Rome', 'Berlin'];

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
