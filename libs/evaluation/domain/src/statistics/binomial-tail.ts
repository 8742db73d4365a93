import { logGamma } from './special-functions.ts';

/** Up to here 2^-n is far from underflow, and the plain product is exact where logarithms lose a digit or two. */
const PRODUCT_UP_TO = 1_000;

/** P(X = k) for X ~ Bin(n, 1/2). */
export function fairBinomialProbability(k: number, n: number): number {
  if (k < 0 || k > n) return 0;
  if (n > PRODUCT_UP_TO) return Math.exp(logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) - n * Math.LN2);
  let probability = 2 ** -n;
  for (let j = 1; j <= Math.min(k, n - k); j += 1) probability *= (n - j + 1) / j;
  return probability;
}

/** P(X <= k) for X ~ Bin(n, 1/2): the largest term first, the others from their ratios, so that tiny tails keep their digits. */
export function fairBinomialLowerTail(k: number, n: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  if (2 * k >= n) return 1 - fairBinomialLowerTail(n - k - 1, n);
  let relative = 1;
  let sum = 1;
  for (let j = k; j >= 1; j -= 1) {
    relative *= j / (n - j + 1);
    sum += relative;
    if (relative < 1e-18 * sum) break;
  }
  return fairBinomialProbability(k, n) * sum;
}
