import { describe, expect, test } from 'vitest';
import { clusteredStandardError } from './clustered-standard-error.ts';
import { benjaminiHochberg, holm } from './holm.ts';
import { mcnemarExact, mcnemarMidP } from './mcnemar.ts';
import { momentsOf, momentsOfDiscordance } from './moments.ts';
import { nonInferiority } from './non-inferiority.ts';
import { differenceTest, pairedDifference } from './paired-difference.ts';
import { tangoLowerBound, tangoUpperBound } from './tango-bound.ts';

const first = { candidate: [1, 1, 0, 1, 1, 1, 0, 1, 1, 0, 1, 1], baseline: [1, 0, 0, 1, 1, 0, 0, 1, 0, 0, 1, 1] };
const second = { candidate: [0.9, 0.7, 0.8, 0.6, 1, 0.5, 0.75, 0.85], baseline: [0.85, 0.75, 0.7, 0.6, 0.9, 0.55, 0.7, 0.8] };

const paired = ({ candidate, baseline }: typeof first, clusters?: string) =>
  candidate.map((score, index) => ({ candidate: score, baseline: baseline[index] ?? 0, ...(clusters === undefined ? {} : { cluster: clusters.charAt(index) }) }));

describe('pairedDifference', () => {
  test.each([
    { name: 'twelve 0/1 pairs', pairs: paired(first), difference: 0.25, se: 0.130558, unpaired: 0.199431, r: 0.57735, t: 1.914854, df: 11, p: 0.081864, low: -0.037357, high: 0.537357 },
    { name: 'eight graded pairs', pairs: paired(second), difference: 0.03125, se: 0.020996, unpaired: 0.071143, r: 0.955909, t: 1.488351, df: 7, p: 0.180262, low: -0.018399, high: 0.080899 },
    { name: 'clustered pairs', pairs: paired(first, 'aabbbccddeef'), difference: 0.25, se: 0.116369, unpaired: 0.199431, r: 0.57735, t: 2.148345, df: 5, p: 0.084422, low: -0.049135, high: 0.549135 },
  ])('$name: $difference, p $p', ({ pairs, ...expected }) => {
    const result = pairedDifference(pairs);
    expect(result?.interval.value).toBeCloseTo(expected.difference, 6);
    expect(result?.standardError).toBeCloseTo(expected.se, 6);
    expect(result?.unpairedStandardError).toBeCloseTo(expected.unpaired, 6);
    expect(result?.correlation).toBeCloseTo(expected.r, 6);
    expect(result?.t).toBeCloseTo(expected.t, 5);
    expect(result?.degreesOfFreedom).toBe(expected.df);
    expect(result?.pValue).toBeCloseTo(expected.p, 6);
    expect(result?.interval.low).toBeCloseTo(expected.low, 6);
    expect(result?.interval.high).toBeCloseTo(expected.high, 6);
    expect(result?.interval.method).toBe('paired-t');
  });

  test('60 candidate-only and 80 production-only of 1000, from counts alone', () => {
    const result = differenceTest(momentsOfDiscordance(60, 80, 1000));
    expect(result?.standardError).toBeCloseTo(0.011821, 6);
    expect(result?.t).toBeCloseTo(-1.691882, 5);
    expect(result?.pValue).toBeCloseTo(0.09098, 6);
    expect(result?.interval.low).toBeCloseTo(-0.043197, 6);
    expect(result?.interval.high).toBeCloseTo(0.003197, 6);
  });

  test('fewer than two pairs, or one cluster, have no interval', () => {
    expect(pairedDifference([])).toBeNull();
    expect(pairedDifference([{ candidate: 1, baseline: 0 }])).toBeNull();
    expect(pairedDifference(paired(first, 'aaaaaaaaaaaa'))).toBeNull();
    expect(differenceTest(momentsOf([0.5]))).toBeNull();
  });

  test('a cluster on some pairs only is refused', () =>
    expect(() => pairedDifference([{ candidate: 1, baseline: 0, cluster: 'a' }, { candidate: 1, baseline: 0 }])).toThrow(RangeError));

  test.each([
    { difference: 0, count: 8, p: 1 },
    { difference: 0.5, count: 5, p: 0.0625 },
  ])('differences that are all $difference have no t, and p is $p', ({ difference, count, p }) => {
    const result = differenceTest(momentsOf(Array.from({ length: count }, () => difference)));
    expect(result?.t).toBeNull();
    expect(result?.pValue).toBe(p);
  });
});

describe('McNemar', () => {
  test.each([
    [10, 3, 0.092285, 0.057373],
    [1, 8, 0.039062, 0.021484],
    [5, 5, 1, 1],
    [25, 40, 0.081682, 0.064018],
    [0, 6, 0.03125, 0.015625],
    [0, 0, 1, 1],
  ])('%d against %d: exact %d, mid-p %d', (b, c, exact, midP) => {
    expect(Math.abs(mcnemarExact(b, c) - exact)).toBeLessThan(1e-6);
    expect(Math.abs(mcnemarMidP(b, c) - midP)).toBeLessThan(1e-6);
    expect(mcnemarExact(c, b)).toBe(mcnemarExact(b, c));
  });

  test.each([
    ['base against mini', 30, 9, '1.1e-3'],
    ['mini against nano', 113, 13, '4.5e-21'],
    ['base against nano', 129, 8, '3.1e-29'],
  ])('the published comparison of abacus-%s', (_name, b, c, p) => expect(mcnemarExact(b, c).toExponential(1)).toBe(p));
});

describe('nonInferiority', () => {
  const binary = (candidateOnly: number, baselineOnly: number, pairs: number) => ({ kind: 'binary', counts: { candidateOnly, baselineOnly, pairs } }) as const;

  test.each([
    { b: 60, c: 80, n: 1000, t: 0, p: 0.5, tLow: -0.039462, tango: -0.039676, result: 'inconclusive' },
    { b: 45, c: 50, n: 1500, t: 2.564316, p: 0.005217, tLow: -0.014031, tango: -0.014189, result: 'pass' },
    { b: 30, c: 30, n: 3000, t: 7.744676, p: 6.505e-15, tLow: -0.004249, tango: -0.004338, result: 'pass' },
    { b: 0, c: 0, n: 50, t: null, p: null, tLow: null, tango: -0.051333, result: 'inconclusive' },
    { b: 0, c: 0, n: 200, t: null, p: null, tLow: null, tango: -0.013347, result: 'pass' },
  ])('$b and $c of $n at 0.02: $result', ({ b, c, n, t, p, tLow, tango, result }) => {
    const answer = nonInferiority(binary(b, c, n), { margin: 0.02 });
    expect(answer).toMatchObject({ result, method: 'tango', reason: null });
    expect(answer?.lowerBound).toBeCloseTo(tango, 6);
    if (t === null) expect(answer).toMatchObject({ t: null, pValue: null, tLowerBound: null });
    else {
      expect(answer?.t).toBeCloseTo(t, 5);
      expect(answer?.tLowerBound).toBeCloseTo(tLow ?? Number.NaN, 6);
      expect(Math.abs((answer?.pValue ?? Number.NaN) / p - 1)).toBeLessThan(1e-4);
    }
  });

  test('graded scores are decided by t: the first pair of rows', () => {
    const pairs = paired(first);
    const answer = nonInferiority({ kind: 'scores', differences: momentsOf(pairs.map((pair) => pair.candidate - pair.baseline)) }, { margin: 0.02 });
    expect(answer).toMatchObject({ result: 'pass', method: 't' });
    expect(answer?.t).toBeCloseTo(2.068043, 6);
    expect(answer?.pValue).toBeCloseTo(0.031493, 6);
    expect(answer?.lowerBound).toBeCloseTo(0.015532, 6);
  });

  test.each([
    { difference: 0, n: 10, low: -0.258866, result: 'inconclusive' },
    { difference: 0, n: 50, low: -0.058155, result: 'inconclusive' },
    { difference: 0, n: 149, low: -0.019905, result: 'pass' },
    { difference: 0.1, n: 50, low: 0.036029, result: 'pass' },
  ])('scores that always differ by $difference, $n times: $low', ({ difference, n, low, result }) => {
    const answer = nonInferiority({ kind: 'scores', differences: momentsOf(Array.from({ length: n }, () => difference)) }, { margin: 0.02 });
    expect(answer).toMatchObject({ result, method: 'constant', t: null });
    expect(answer?.lowerBound).toBeCloseTo(low, 6);
  });

  test('an upper bound below the margin fails', () => expect(nonInferiority(binary(5, 95, 1000), { margin: 0.02 })?.result).toBe('fail'));

  test('a cluster error that vanished by accident does not raise the bound, and two clusters decide nothing', () => {
    const differences = ['a', 'b'].flatMap((cluster) => [
      ...Array.from({ length: 5 }, () => ({ value: 1, cluster })),
      ...Array.from({ length: 5 }, () => ({ value: -1, cluster })),
      ...Array.from({ length: 40 }, () => ({ value: 0, cluster })),
    ]);
    const clustered = clusteredStandardError(differences);
    expect(clustered?.standardError).toBe(0);
    const answer = nonInferiority({ ...binary(10, 10, 100), ...(clustered && { clustered }) }, { margin: 0.1 });
    expect(answer?.lowerBound).toBeCloseTo(-0.076313, 6);
    expect(answer).toMatchObject({ result: 'inconclusive', reason: 'too_few_clusters' });
  });

  test('the cluster bound counts where it is the smaller one', () => {
    const clustered = clusteredStandardError(paired(first, 'aabbbccddeef').map((pair) => ({ value: pair.candidate - pair.baseline, cluster: pair.cluster ?? '' })));
    const differences = momentsOf(paired(first).map((pair) => pair.candidate - pair.baseline));
    const answer = nonInferiority({ kind: 'scores', differences, ...(clustered && { clustered }) }, { margin: 0.02 });
    expect(answer?.lowerBound).toBeCloseTo(0.015512, 6);
  });

  test('nothing measured has no answer, and a margin is above 0', () => {
    expect(nonInferiority(binary(0, 0, 0), { margin: 0.02 })).toBeNull();
    expect(nonInferiority({ kind: 'scores', differences: momentsOf([0.1]) }, { margin: 0.02 })).toBeNull();
    expect(() => nonInferiority(binary(1, 1, 9), { margin: 0 })).toThrow(RangeError);
  });
});

describe('tango bounds', () => {
  test.each([[10, 10, 100], [3, 0, 7], [0, 3, 7], [7, 0, 7], [0, 7, 7], [1, 0, 1]])('%d and %d of %d: lower <= estimate <= upper, within [-1, 1]', (b, c, n) => {
    const counts = { candidateOnly: b, baselineOnly: c, pairs: n };
    const [lower, upper] = [tangoLowerBound(counts), tangoUpperBound(counts)];
    expect(lower).toBeGreaterThanOrEqual(-1);
    expect(lower).toBeLessThanOrEqual((b - c) / n);
    expect(upper).toBeGreaterThanOrEqual((b - c) / n);
    expect(upper).toBeLessThanOrEqual(1);
  });

  test.each([[1, 0, 0], [3, 2, 4]])('counts %d and %d of %d are refused', (candidateOnly, baselineOnly, pairs) =>
    expect(() => tangoLowerBound({ candidateOnly, baselineOnly, pairs })).toThrow(RangeError));
});

describe('multiple comparisons', () => {
  test.each([
    { p: [0.01, 0.04, 0.03, 0.005], holms: [0.03, 0.06, 0.06, 0.02], bh: [0.02, 0.04, 0.04, 0.02] },
    { p: [0.001, 0.02, 0.03, 0.2, 0.5], holms: [0.005, 0.08, 0.09, 0.4, 0.5], bh: [0.005, 0.05, 0.05, 0.25, 0.5] },
    { p: [0.06, 0.01, 0.01], holms: [0.06, 0.03, 0.03], bh: [0.06, 0.015, 0.015] },
    { p: [0.9, 0.8], holms: [1, 1], bh: [0.9, 0.9] },
    { p: [], holms: [], bh: [] },
  ])('$p', ({ p, holms, bh }) => {
    const rounded = (values: number[]) => values.map((value) => Number(value.toFixed(9)));
    expect(rounded(holm(p))).toEqual(holms);
    expect(rounded(benjaminiHochberg(p))).toEqual(bh);
  });
});
