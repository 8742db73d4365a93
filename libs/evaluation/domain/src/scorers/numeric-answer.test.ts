import { describe, expect, test } from 'vitest';
import { ScorerSpec } from './scorer-spec.ts';
import { score } from './scorers.ts';

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
