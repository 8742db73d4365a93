import { UsdAmount } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { Interval } from './interval.ts';

const count = z.int().min(0);

export const SliceSummary = z.object({
  slice: z.string(),
  total: count,
  scored: count,
  errors: count,
  correct: count,
  accuracy: Interval.nullable(),
});
export type SliceSummary = z.infer<typeof SliceSummary>;

/** US dollars per correct answer: all spend, failed calls included, over the correct answers. */
export const CostPerCorrect = z.object({
  value: UsdAmount,
  /** Two-sided 95% interval. */
  low: UsdAmount,
  high: UsdAmount,
  /** One-sided 95% upper bound: what a cost limit is compared with. */
  upperBound: UsdAmount,
});
export type CostPerCorrect = z.infer<typeof CostPerCorrect>;

/** What a run measured so far. total = scored + errors. */
export const RunSummary = z.object({
  total: count,
  /** Samples with a score: the denominator of accuracy. */
  scored: count,
  /** Samples without one, because a backend or the suite failed: counted here, in no denominator. */
  errors: count,
  /** Samples whose score is 1. */
  correct: count,
  /** Scored 0 because the answer could not be found in the output; part of `scored`. */
  parseFailures: count,
  /** Mean score of the scored samples; null while there is none. */
  accuracy: Interval.nullable(),
  /** In the order of the slice names; empty when no sample has a slice. */
  bySlice: z.array(SliceSummary),
  /** Sums over all attempts, by kind; the kinds do not overlap (see `TokenUsage`). */
  tokens: z.object({
    inputTokens: count,
    cachedInputTokens: count,
    cacheWriteTokens: count,
    outputTokens: count,
    reasoningTokens: count,
  }),
  /** All spend of the run, failed calls included. */
  costUsd: UsdAmount,
  /** Null while nothing is correct, or with fewer than two samples. */
  costPerCorrectUsd: CostPerCorrect.nullable(),
});
export type RunSummary = z.infer<typeof RunSummary>;
