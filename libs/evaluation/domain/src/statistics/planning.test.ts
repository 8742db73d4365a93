import { parseUsd, picoUsd } from '@weighbridge/shared-domain';
import { describe, expect, test } from 'vitest';
import { addSampleCost, costPerCorrect, noCost } from './cost-per-correct.ts';
import { differenceDeviation, minimumDetectableEffect, minimumNonInferiorityMargin, samplesForDifference, samplesForMcNemar, samplesForNonInferiority } from './sample-size.ts';

describe('how many cases, and what they can show', () => {
  test('a paired difference of 0.03 with deviation 0.3 takes 785 cases', () => {
    const size = samplesForDifference({ standardDeviation: 0.3, difference: 0.03 });
    expect(size.exact).toBeCloseTo(784.887973, 6);
    expect(size.samples).toBe(785);
  });

  test.each([
    { standardDeviation: 0.3, samples: 500, effect: 0.037587 },
    { standardDeviation: Math.sqrt(2 * 0.8 * 0.2), samples: 500, effect: 0.070875 },
    { standardDeviation: Math.sqrt(0.1), samples: 600, effect: 0.036168 },
    { standardDeviation: Math.sqrt(0.15), samples: 600, effect: 0.044297 },
  ])('$samples cases with deviation $standardDeviation find $effect', ({ effect, ...given }) => expect(minimumDetectableEffect(given)).toBeCloseTo(effect, 6));

  test.each([
    { repeats: 1, samples: 1919 },
    { repeats: 3, samples: 873 },
  ])('$repeats repeats: $samples cases', ({ repeats, samples }) => {
    const side = { withinVariance: 0.09, repeats };
    expect(samplesForDifference({ standardDeviation: differenceDeviation({ betweenVariance: 0.04, candidate: side, baseline: side }), difference: 0.03 }).samples).toBe(samples);
  });

  test('McNemar with discordance 0.15 takes 1306 cases for 0.03', () => {
    expect(samplesForMcNemar({ discordance: 0.15, difference: 0.03 }).samples).toBe(1306);
    expect(() => samplesForMcNemar({ discordance: 0.02, difference: 0.03 })).toThrow(RangeError);
  });

  test.each([
    { discordance: 0.1, margin: 0.02, difference: 0, samples: 1546 },
    { discordance: 0.15, margin: 0.02, difference: 0, samples: 2319 },
    { discordance: 0.1, margin: 0.02, difference: 0.01, samples: 687 },
    { discordance: 0.05, margin: 0.01, difference: 0, samples: 3092 },
  ])('non-inferiority at $margin, discordance $discordance, true difference $difference: $samples cases', ({ samples, ...given }) =>
    expect(samplesForNonInferiority(given).samples).toBe(samples));

  test('the unrounded size for discordance 0.1', () => expect(samplesForNonInferiority({ discordance: 0.1, margin: 0.02 }).exact).toBeCloseTo(1545.639308, 6));

  test('a candidate beyond the margin is never shown non-inferior', () => expect(() => samplesForNonInferiority({ discordance: 0.1, margin: 0.02, difference: -0.02 })).toThrow(RangeError));

  test.each([
    { discordance: 0.1, margin: 0.0321 },
    { discordance: 0.15, margin: 0.039315 },
  ])('600 cases, discordance $discordance: the smallest margin is $margin', ({ discordance, margin }) =>
    expect(minimumNonInferiorityMargin({ discordance, samples: 600 })).toBeCloseTo(margin, 6));
});

describe('costPerCorrect', () => {
  const totalsOf = (costs: string[], correct: number[]) =>
    costs.reduce((totals, cost, index) => addSampleCost(totals, { costPicoUsd: parseUsd(cost), correct: correct[index] === 1 }), noCost);
  const usd = (amount: bigint | undefined) => Number(amount) / 1e12;

  test.each([
    {
      name: 'eight costs',
      totals: totalsOf(['.01', '.012', '.008', '.02', '.011', '.009', '.015', '.01'].map((cost) => `0${cost}`), [1, 1, 0, 1, 0, 1, 1, 1]),
      value: 0.015833,
      se: 0.003249,
      upper: 0.021177,
    },
    {
      name: 'two prices',
      totals: totalsOf([...Array.from({ length: 6 }, () => '0.002'), ...Array.from({ length: 4 }, () => '0.004')], [1, 0, 1, 1, 0, 1, 1, 1, 0, 1]),
      value: 0.004,
      se: 0.000952,
      upper: 0.005567,
    },
    {
      name: '850 of 1000 at one price',
      totals: totalsOf(Array.from({ length: 1000 }, () => '0.003'), Array.from({ length: 1000 }, (_, index) => (index < 850 ? 1 : 0))),
      value: 0.003529,
      se: 0.00004690895,
      upper: 0.003607,
    },
  ])('$name: $value, at most $upper', ({ totals, value, se, upper }) => {
    const estimate = costPerCorrect(totals);
    expect(usd(estimate?.value)).toBeCloseTo(value, 6);
    expect(usd(estimate?.standardError)).toBeCloseTo(se, se < 0.0001 ? 11 : 6);
    expect(usd(estimate?.upperBound)).toBeCloseTo(upper, 6);
    const twoSided = 1.959964 * usd(estimate?.standardError);
    expect(usd(estimate?.low)).toBeCloseTo(usd(estimate?.value) - twoSided, 9);
    expect(usd(estimate?.high)).toBeCloseTo(usd(estimate?.value) + twoSided, 9);
  });

  test('a ratio is rounded to the nearest pico-dollar', () => {
    const two = [{ costPicoUsd: 1n, correct: true }, { costPicoUsd: 1n, correct: true }, { costPicoUsd: 0n, correct: true }].reduce(addSampleCost, noCost);
    expect(costPerCorrect(two)?.value).toBe(picoUsd(1n));
  });

  test('the low end is not below 0', () => {
    const totals = [{ costPicoUsd: 1_000_000n, correct: true }, ...Array.from({ length: 9 }, () => ({ costPicoUsd: 1_000_000n, correct: false }))].reduce(addSampleCost, noCost);
    expect(costPerCorrect(totals)).toMatchObject({ value: 10_000_000n, low: 0n });
  });

  test('free answers cost nothing, exactly', () => {
    const totals = [{ costPicoUsd: 0n, correct: true }, { costPicoUsd: 0n, correct: false }].reduce(addSampleCost, noCost);
    expect(costPerCorrect(totals)).toEqual({ value: 0n, standardError: 0n, low: 0n, high: 0n, upperBound: 0n });
  });

  test('sums far beyond 2^53 stay exact', () => {
    const totals = addSampleCost(addSampleCost(noCost, { costPicoUsd: 9_007_199_254_740_993n, correct: true }), { costPicoUsd: 9_007_199_254_740_993n, correct: true });
    expect(costPerCorrect(totals)).toMatchObject({ value: 9_007_199_254_740_993n, standardError: 0n });
  });

  test.each([
    ['nothing is correct', [{ costPicoUsd: 5n, correct: false }, { costPicoUsd: 5n, correct: false }]],
    ['there is one sample', [{ costPicoUsd: 5n, correct: true }]],
    ['there is no sample', []],
  ])('is undefined when %s', (_when, samples) => expect(costPerCorrect(samples.reduce(addSampleCost, noCost))).toBeNull());
});
