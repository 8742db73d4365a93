import { RunId } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { Interval } from './interval.ts';

const count = z.int().min(0);
const probability = z.number().min(0).max(1);

/** Of the pairs where both runs have a score: who is right (score 1) where. */
const pairCounts = {
  pairs: count,
  baselineOnly: count,
  candidateOnly: count,
  bothCorrect: count,
  bothWrong: count,
};

/** `pass`: shown to be no worse than the margin allows; `fail`: shown to be worse; `inconclusive`: too few pairs to tell. */
export const NonInferiorityResult = z.enum(['pass', 'fail', 'inconclusive']);
export type NonInferiorityResult = z.infer<typeof NonInferiorityResult>;

export const SliceComparison = z.object({
  slice: z.string(),
  ...pairCounts,
  difference: Interval.nullable(),
  pValue: probability,
  /** Holm's step-down over the slices of this comparison. */
  adjustedPValue: probability,
  /** Whether the adjusted p is below 0.05. */
  significant: z.boolean(),
});
export type SliceComparison = z.infer<typeof SliceComparison>;

/** Two runs of one suite, sample by sample. Differences are candidate minus baseline, in score units (0.02 is two points). */
export const Comparison = z.object({
  baselineRun: RunId,
  candidateRun: RunId,
  ...pairCounts,
  /** Samples that miss a score on the side named; in no statistic, but see `missingCouldFlip`. */
  missing: z.object({ baseline: count, candidate: count }),
  /** Pairs over planned samples, 0 to 1. */
  coverage: probability,
  /** Null with fewer than two pairs. */
  difference: Interval.nullable(),
  /** Two-sided; 1 when the runs never differ. */
  pValue: probability,
  /** McNemar's mid-p, less conservative than the exact one; null for scores other than 0 and 1. */
  midPValue: probability.nullable(),
  /** `paired-t` when a score is neither 0 nor 1. */
  method: z.enum(['mcnemar-exact', 'paired-t']),
  /** Whether `pValue` is below 0.05. */
  significant: z.boolean(),
  nonInferior: z
    .object({
      /** How much worse the candidate may be, in score units. */
      margin: z.number().gt(0).max(1),
      result: NonInferiorityResult,
      /** One-sided 95% bounds of the difference. */
      lowerBound: z.number(),
      upperBound: z.number(),
      method: z.enum(['tango', 't', 'constant']),
      /** Whether counting every missing pair against the candidate would change the result. */
      missingCouldFlip: z.boolean(),
    })
    .nullable(),
  /** In the order of the slice names. */
  bySlice: z.array(SliceComparison),
});
export type Comparison = z.infer<typeof Comparison>;
