import { logGamma } from './special-functions.ts';

/** P(X = k) for X ~ Bin(n, 1/2). */
export const fairBinomialProbability = (k: number, n: number): number =>
  k < 0 || k > n ? 0 : Math.exp(logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) - n * Math.LN2);

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
