import { fairBinomialLowerTail, fairBinomialProbability } from './binomial-tail.ts';

/**
 * McNemar's exact two-sided test from the pairs that differ: `candidateOnly` only the candidate gets right, `baselineOnly` only the baseline.
 * p = min(1, 2·P(X <= min)) for X ~ Bin(sum, 1/2); 1 when no pair differs.
 */
export const mcnemarExact = (candidateOnly: number, baselineOnly: number): number =>
  Math.min(1, 2 * fairBinomialLowerTail(Math.min(candidateOnly, baselineOnly), candidateOnly + baselineOnly));

/** The mid-p variant, which counts the observed outcome half: less conservative than {@link mcnemarExact}. */
export function mcnemarMidP(candidateOnly: number, baselineOnly: number): number {
  const discordant = candidateOnly + baselineOnly;
  if (discordant === 0) return 1;
  const fewer = Math.min(candidateOnly, baselineOnly);
  return Math.min(1, 2 * fairBinomialLowerTail(fewer, discordant) - fairBinomialProbability(fewer, discordant));
}
