import { describe, expect, test } from 'vitest';
import { fairBinomialLowerTail, fairBinomialProbability } from './binomial-tail.ts';
import { normalCdf, normalQuantile, normalUpperTail } from './normal-distribution.ts';
import { logGamma, regularizedBeta } from './special-functions.ts';
import { studentQuantile, studentUpperTail } from './student-distribution.ts';

/** Relative agreement; the expected values below were computed with scipy 1.17. */
const near = (actual: number, expected: number, relative = 1e-10) =>
  expect(Math.abs(actual - expected), `${actual} is not near ${expected}`).toBeLessThanOrEqual(relative * Math.abs(expected));

describe('logGamma', () => {
  test.each([
    [0.5, 0.5723649429247],
    [3.7, 1.428072326665388],
    [10, 12.801827480081469],
    [100.25, 360.28455963776423],
    [100_000, 1_051_287.7089736569],
  ])('ln Γ(%d) = %d', (x, expected) => near(logGamma(x), expected, 1e-12));

  test('is 0 at 1 and at 2', () => {
    expect(logGamma(1)).toBeCloseTo(0, 13);
    expect(logGamma(2)).toBeCloseTo(0, 13);
  });

  test('refuses what is not above 0', () => expect(() => logGamma(0)).toThrow(RangeError));
});

describe('regularizedBeta', () => {
  test.each([
    [2, 3, 0.4, 0.5248],
    [5, 0.5, 0.9, 0.3166429150200122],
    [500, 500, 0.49, 0.2635756083565856],
  ])('I(%d, %d) at %d = %d', (a, b, x, expected) => near(regularizedBeta(a, b, x), expected, 1e-11));

  test('is 0 and 1 at the ends', () => {
    expect(regularizedBeta(2, 3, 0)).toBe(0);
    expect(regularizedBeta(2, 3, 1)).toBe(1);
  });
});

describe('the normal distribution', () => {
  test.each([
    [0.975, 1.959964],
    [0.95, 1.644854],
    [0.8, 0.841621],
  ])('z(%d) = %d, as in the reference', (p, z) => expect(normalQuantile(p)).toBeCloseTo(z, 6));

  test.each([
    [1e-300, -37.0470962993612],
    [1e-12, -7.034483825301131],
    [0.3, -0.5244005127080409],
    [0.5, 0],
    [0.999, 3.090232306167813],
  ])('z(%d) = %d', (p, z) => expect(normalQuantile(p)).toBeCloseTo(z, 10));

  test.each([
    [0, 0.5],
    [1, 0.15865525393145707],
    [2.4999, 0.006211418374944587],
    [2.5, 0.006209665325776132],
    [5, 2.866515718791933e-7],
    [20, 2.7536241186061556e-89],
  ])('P(Z > %d) = %d', (x, p) => near(normalUpperTail(x), p));

  test.each([1e-9, 0.01, 0.25, 0.5, 0.9, 0.9999])('cdf(z(%d)) comes back', (p) => near(normalCdf(normalQuantile(p)), p, 1e-9));

  test.each([0, 1, -0.1, Number.NaN])('has no quantile at %d', (p) => expect(() => normalQuantile(p)).toThrow(RangeError));
});

describe("Student's distribution", () => {
  test.each([
    [0.975, 1, 12.706204736174707],
    [0.975, 9, 2.262157162798205],
    [0.95, 11, 1.7958848187040433],
    [0.975, 999, 1.9623414611334493],
    [0.025, 7, -2.3646242515927844],
    [0.5, 3, 0],
  ])('t(%d, %d) = %d', (p, df, t) => expect(studentQuantile(p, df)).toBeCloseTo(t, 9));

  test.each([
    [1.914854, 11, 0.04093213054154108],
    [7.744676, 2999, 6.5051145978397325e-15],
    [-1.691882, 999, 0.9545098352681174],
  ])('P(T > %d) with %d degrees = %d', (t, df, p) => near(studentUpperTail(t, df), p, 1e-9));

  test('refuses what is no distribution', () => {
    expect(() => studentUpperTail(1, 0)).toThrow(RangeError);
    expect(() => studentQuantile(1, 5)).toThrow(RangeError);
  });
});

describe('the fair binomial', () => {
  test.each([
    [3, 13, 0.046142578125],
    [5, 10, 0.623046875],
    [0, 6, 0.015625],
    [9, 10, 1 - 0.5 ** 10],
    [-1, 4, 0],
    [4, 4, 1],
  ])('P(X <= %d) of %d = %d', (k, n, p) => expect(fairBinomialLowerTail(k, n)).toBeCloseTo(p, 12));

  test.each([1, 2, 7, 30, 1000, 1001, 5000])('the probabilities of %d trials sum to 1', (n) => {
    const total = Array.from({ length: n + 1 }, (_, k) => fairBinomialProbability(k, n)).reduce((a, b) => a + b, 0);
    expect(total).toBeCloseTo(1, 10);
    expect(fairBinomialProbability(-1, n)).toBe(0);
    expect(fairBinomialProbability(n + 1, n)).toBe(0);
  });

  test('a tail of 100,000 trials keeps its digits', () => near(fairBinomialLowerTail(49_000, 100_000), 1.2943580191734472e-10, 1e-8));
});
