import { RunId } from '@weighbridge/shared-domain';
import { describe, expect, test } from 'vitest';
import { compareRuns } from './compare-runs.ts';
import type { PairedOutcome } from './compare-runs.ts';
import { Comparison } from './comparison.ts';

const runs = { baselineRun: RunId.parse(`run_${'0'.repeat(31)}1`), candidateRun: RunId.parse(`run_${'0'.repeat(31)}2`) };
const pairs = (count: number, baseline: number | null, candidate: number | null, slice: string | null = null): PairedOutcome[] =>
  Array.from({ length: count }, () => ({ slice, baseline, candidate }));

const discordance = (candidateOnly: number, baselineOnly: number, total: number, slice: string | null = null) => [
  ...pairs(candidateOnly, 0, 1, slice),
  ...pairs(baselineOnly, 1, 0, slice),
  ...pairs(total - candidateOnly - baselineOnly, 1, 1, slice),
];

describe('compareRuns', () => {
  test.each([
    { name: 'mini against nano', candidateOnly: 113, baselineOnly: 13, p: '4.5e-21', difference: '16.7' },
    { name: 'base against nano', candidateOnly: 129, baselineOnly: 8, p: '3.1e-29', difference: '20.2' },
    { name: 'base against mini', candidateOnly: 30, baselineOnly: 9, p: '1.1e-3', difference: '3.5' },
  ])('the published comparison of abacus-$name', ({ candidateOnly, baselineOnly, p, difference }) => {
    const comparison = compareRuns(runs, discordance(candidateOnly, baselineOnly, 600));
    expect(comparison).toMatchObject({ ...runs, pairs: 600, candidateOnly, baselineOnly, bothCorrect: 600 - candidateOnly - baselineOnly, bothWrong: 0, coverage: 1 });
    expect(comparison).toMatchObject({ method: 'mcnemar-exact', significant: true, nonInferior: null });
    expect(comparison.pValue.toExponential(1)).toBe(p);
    expect((100 * (comparison.difference?.value ?? 0)).toFixed(1)).toBe(difference);
  });

  test('60 and 80 of 1000: the interval and the two p of the reference, and no decision at two points', () => {
    const comparison = compareRuns({ ...runs, margin: 0.02 }, discordance(60, 80, 1000));
    expect(comparison.difference).toMatchObject({ confidence: 0.95, method: 'paired-t' });
    expect(comparison.difference?.low).toBeCloseTo(-0.043197, 6);
    expect(comparison.difference?.high).toBeCloseTo(0.003197, 6);
    expect(comparison.midPValue).toBeLessThan(comparison.pValue);
    expect(comparison.significant).toBe(false);
    expect(comparison.nonInferior).toMatchObject({ margin: 0.02, result: 'inconclusive', method: 'tango', missingCouldFlip: false });
    expect(comparison.nonInferior?.lowerBound).toBeCloseTo(-0.039676, 6);
  });

  test('runs that never differ: p is 1, and the interval has a width', () => {
    const comparison = compareRuns({ ...runs, margin: 0.02 }, [...pairs(30, 1, 1), ...pairs(20, 0, 0)]);
    expect(comparison).toMatchObject({ bothCorrect: 30, bothWrong: 20, pValue: 1, midPValue: 1, significant: false });
    expect(comparison.difference).toMatchObject({ value: 0, method: 'tango' });
    expect(comparison.difference?.low).toBeCloseTo(-(1.959964 ** 2) / (50 + 1.959964 ** 2), 6);
    expect(comparison.difference?.high).toBeCloseTo(1.959964 ** 2 / (50 + 1.959964 ** 2), 6);
    expect(comparison.nonInferior).toMatchObject({ result: 'inconclusive' });
    expect(comparison.nonInferior?.lowerBound).toBeCloseTo(-0.051333, 6);
  });

  test('a candidate that wins every pair is no certainty either', () => {
    const { difference } = compareRuns(runs, pairs(10, 0, 1));
    expect(difference).toMatchObject({ value: 1, method: 'tango' });
    expect(difference?.low).toBeCloseTo(0.444934, 6);
  });

  test('graded scores are compared by t', () => {
    const candidate = [0.9, 0.7, 0.8, 0.6, 1, 0.5, 0.75, 0.85];
    const baseline = [0.85, 0.75, 0.7, 0.6, 0.9, 0.55, 0.7, 0.8];
    const comparison = compareRuns({ ...runs, margin: 0.02 }, candidate.map((score, index) => ({ slice: null, candidate: score, baseline: baseline[index] ?? null })));
    expect(comparison).toMatchObject({ method: 'paired-t', midPValue: null, pairs: 8, candidateOnly: 1, bothWrong: 7, nonInferior: { method: 't' } });
    expect(comparison.pValue).toBeCloseTo(0.180262, 6);
    expect(comparison.difference?.low).toBeCloseTo(-0.018399, 6);
    expect(comparison.difference?.high).toBeCloseTo(0.080899, 6);
  });

  test('graded scores that always differ alike get a bound that narrows with their number', () => {
    const { difference, nonInferior, pValue } = compareRuns({ ...runs, margin: 0.02 }, pairs(50, 0.5, 0.5));
    expect(difference).toMatchObject({ value: 0, method: 'constant' });
    expect(difference?.low).toBeLessThan(-0.0581);
    expect(nonInferior?.lowerBound).toBeCloseTo(-0.058155, 6);
    expect(pValue).toBe(1);
  });

  test('missing scores are in no statistic, and listed by side', () => {
    const comparison = compareRuns(runs, [...discordance(3, 1, 8), ...pairs(1, null, 1), ...pairs(2, 1, null), ...pairs(1, null, null)]);
    expect(comparison).toMatchObject({ pairs: 8, missing: { baseline: 2, candidate: 3 } });
    expect(comparison.coverage).toBeCloseTo(8 / 12, 12);
  });

  test.each([
    { missing: 0, result: 'pass', flips: false },
    { missing: 1, result: 'pass', flips: false },
    { missing: 200, result: 'pass', flips: true },
  ])('$missing missing pairs, all counted against the candidate, flip the result: $flips', ({ missing, result, flips }) =>
    expect(compareRuns({ ...runs, margin: 0.02 }, [...discordance(45, 50, 1500), ...pairs(missing, 1, null)]).nonInferior).toMatchObject({ result, missingCouldFlip: flips }));

  test('graded scores count missing pairs against the candidate too', () =>
    expect(compareRuns({ ...runs, margin: 0.05 }, [...pairs(100, 0.5, 0.6), ...pairs(100, 0.5, 0.4), ...pairs(300, 0.5, null)]).nonInferior).toMatchObject({
      result: 'pass',
      missingCouldFlip: true,
    }));

  test('a candidate shown to be worse fails', () =>
    expect(compareRuns({ ...runs, margin: 0.02 }, [...discordance(5, 95, 1000), ...pairs(9, 1, null)]).nonInferior).toMatchObject({ result: 'fail', missingCouldFlip: false }));

  test('slices are tested apart, adjusted by Holm, and ordered by name', () => {
    const { bySlice } = compareRuns(runs, [...discordance(0, 6, 20, 'subtract'), ...discordance(10, 3, 20, 'add'), ...discordance(1, 8, 20, 'json'), ...discordance(5, 0, 9)]);
    expect(bySlice.map(({ slice, pairs: count, candidateOnly, baselineOnly }) => [slice, count, candidateOnly, baselineOnly])).toEqual([
      ['add', 20, 10, 3],
      ['json', 20, 1, 8],
      ['subtract', 20, 0, 6],
    ]);
    const rounded = (values: number[]) => values.map((value) => value.toFixed(5));
    expect(rounded(bySlice.map(({ pValue }) => pValue))).toEqual(['0.09229', '0.03906', '0.03125']);
    expect(rounded(bySlice.map(({ adjustedPValue }) => adjustedPValue))).toEqual(['0.09375', '0.09375', '0.09375']);
    expect(bySlice.every(({ significant }) => !significant)).toBe(true);
  });

  test('a slice may have graded scores, and one pair only', () => {
    const { bySlice } = compareRuns(runs, [...pairs(1, 0.5, 0.75, 'a'), ...pairs(1, 0, 1, 'b')]);
    expect(bySlice).toMatchObject([
      { slice: 'a', pairs: 1, difference: null, pValue: 1 },
      { slice: 'b', pairs: 1, difference: null, pValue: 1 },
    ]);
  });

  test('no pair at all: nothing is claimed', () =>
    expect(compareRuns({ ...runs, margin: 0.02 }, [])).toMatchObject({ pairs: 0, coverage: 0, difference: null, pValue: 1, significant: false, nonInferior: null, bySlice: [] }));

  test('the comparison is what its schema says', () => {
    const comparison = compareRuns({ ...runs, margin: 0.02 }, [...discordance(3, 1, 8, 'a'), ...pairs(1, 1, null)]);
    expect(Comparison.parse(comparison)).toEqual(comparison);
  });
});
