import { picoUsd } from '@weighbridge/shared-domain';
import type { PicoUsd } from '@weighbridge/shared-domain';
import { normalQuantile } from './normal-distribution.ts';

/** What is needed of many samples for the ratio and its error, in constant memory and exact. Money is pico-USD. */
export interface CostTotals {
  readonly samples: number;
  readonly correct: number;
  readonly costPicoUsd: bigint;
  /** Sum of squared costs, in pico-USD². */
  readonly squaredCost: bigint;
  /** What the correct samples alone cost. */
  readonly correctCostPicoUsd: bigint;
}

export const noCost: CostTotals = { samples: 0, correct: 0, costPicoUsd: 0n, squaredCost: 0n, correctCostPicoUsd: 0n };

/** `costPicoUsd` is everything that the sample cost: retries and failed calls too. */
export const addSampleCost = (totals: CostTotals, sample: { readonly costPicoUsd: bigint; readonly correct: boolean }): CostTotals => ({
  samples: totals.samples + 1,
  correct: totals.correct + (sample.correct ? 1 : 0),
  costPicoUsd: totals.costPicoUsd + sample.costPicoUsd,
  squaredCost: totals.squaredCost + sample.costPicoUsd * sample.costPicoUsd,
  correctCostPicoUsd: totals.correctCostPicoUsd + (sample.correct ? sample.costPicoUsd : 0n),
});

export interface CostPerCorrectEstimate {
  readonly value: PicoUsd;
  readonly standardError: PicoUsd;
  /** Two-sided interval at `confidence`; the low end is not below 0. */
  readonly low: PicoUsd;
  readonly high: PicoUsd;
  /** One-sided upper bound at `confidence`: what a cost limit is compared with. */
  readonly upperBound: PicoUsd;
}

function integerSquareRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << (BigInt(value.toString(2).length + 1) / 2n);
  for (;;) {
    const next = (root + value / root) / 2n;
    if (next >= root) return root;
    root = next;
  }
}

const rounded = (numerator: bigint, denominator: bigint): bigint => (2n * numerator + denominator) / (2n * denominator);

/**
 * R = cost / correct, a ratio of two means: with r_i = cost_i - R·correct_i, SE = sd(r) / (√n · mean(correct)) (Cochran, Sampling Techniques, 6.4).
 * Whole pico-USD throughout, rounded once at the end. Null when nothing is correct, or with fewer than two samples.
 */
export function costPerCorrect(totals: CostTotals, confidence = 0.95): CostPerCorrectEstimate | null {
  if (totals.correct === 0 || totals.samples < 2) return null;
  const n = BigInt(totals.samples);
  const k = BigInt(totals.correct);
  const cost = totals.costPicoUsd;
  // k·Σr², since Σr = 0; then SE² = n·(k·Σr²) / (k³·(n - 1)).
  const scaledSquares = k * totals.squaredCost - 2n * cost * totals.correctCostPicoUsd + cost * cost;
  const halfWidth = (z: number): bigint => {
    const nano = BigInt(Math.round(z * 1e9));
    return integerSquareRoot((n * scaledSquares * nano * nano) / (k ** 3n * (n - 1n) * 10n ** 18n));
  };
  const value = rounded(cost, k);
  const twoSided = halfWidth(normalQuantile(0.5 + confidence / 2));
  const low = value - twoSided;
  return {
    value: picoUsd(value),
    standardError: picoUsd(halfWidth(1)),
    low: picoUsd(low < 0n ? 0n : low),
    high: picoUsd(value + twoSided),
    upperBound: picoUsd(value + halfWidth(normalQuantile(confidence))),
  };
}
