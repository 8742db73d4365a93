import type { RunId } from '@weighbridge/shared-domain';
import type { Comparison } from './comparison.ts';
import type { Interval } from './interval.ts';
import { holm } from './statistics/holm.ts';
import { mcnemarExact, mcnemarMidP } from './statistics/mcnemar.ts';
import { addToMoments, momentsOfDiscordance, noMoments } from './statistics/moments.ts';
import type { Moments } from './statistics/moments.ts';
import { constantBounds, nonInferiority } from './statistics/non-inferiority.ts';
import type { DifferenceEvidence } from './statistics/non-inferiority.ts';
import { differenceTest } from './statistics/paired-difference.ts';
import { tangoLowerBound, tangoUpperBound } from './statistics/tango-bound.ts';

const CONFIDENCE = 0.95;
const SIGNIFICANT_BELOW = 0.05;

/** One sample in two runs, joined by its id. A score is 0 to 1, or null where that run has none. */
export interface PairedOutcome {
  readonly slice: string | null;
  readonly baseline: number | null;
  readonly candidate: number | null;
}

export interface ComparedRuns {
  readonly baselineRun: RunId;
  readonly candidateRun: RunId;
  /** How much worse the candidate may be, in score units above 0; absent: non-inferiority is not asked. */
  readonly margin?: number;
}

interface Tally {
  bothCorrect: number;
  bothWrong: number;
  baselineOnly: number;
  candidateOnly: number;
  /** Pairs with a score that is neither 0 nor 1. */
  graded: number;
  differences: Moments;
}

const emptyTally = (): Tally => ({ bothCorrect: 0, bothWrong: 0, baselineOnly: 0, candidateOnly: 0, graded: 0, differences: noMoments });

const isGraded = (score: number): boolean => score !== 0 && score !== 1;

function addPair(tally: Tally, baseline: number, candidate: number): void {
  if (baseline === 1) tally[candidate === 1 ? 'bothCorrect' : 'baselineOnly'] += 1;
  else tally[candidate === 1 ? 'candidateOnly' : 'bothWrong'] += 1;
  if (isGraded(baseline) || isGraded(candidate)) tally.graded += 1;
  tally.differences = addToMoments(tally.differences, candidate - baseline);
}

const countsOf = (tally: Tally) => ({
  pairs: tally.differences.count,
  baselineOnly: tally.baselineOnly,
  candidateOnly: tally.candidateOnly,
  bothCorrect: tally.bothCorrect,
  bothWrong: tally.bothWrong,
});

/** The t interval; where the differences do not vary, and t would claim certainty, a bound that narrows with the number of pairs. */
function differenceInterval(tally: Tally): Interval | null {
  const binary = tally.graded === 0;
  const { differences } = tally;
  const test = differenceTest(binary ? momentsOfDiscordance(tally.candidateOnly, tally.baselineOnly, differences.count) : differences, CONFIDENCE);
  if (test === null || test.t !== null) return test && test.interval;
  const alpha = (1 - CONFIDENCE) / 2;
  const value = differences.mean;
  if (binary) {
    const counts = countsOf(tally);
    return { value, low: tangoLowerBound(counts, alpha), high: tangoUpperBound(counts, alpha), confidence: CONFIDENCE, method: 'tango' };
  }
  const { lower, upper } = constantBounds(value, differences.count, alpha);
  return { value, low: lower, high: upper, confidence: CONFIDENCE, method: 'constant' };
}

const pValueOf = (tally: Tally): number =>
  tally.graded === 0 ? mcnemarExact(tally.candidateOnly, tally.baselineOnly) : (differenceTest(tally.differences)?.pValue ?? 1);

/** What the tally shows, once `worse` missing pairs are counted as candidate 0 and baseline 1. */
function evidenceOf(tally: Tally, worse: number): DifferenceEvidence {
  if (tally.graded === 0) {
    const { candidateOnly, baselineOnly, differences } = tally;
    return { kind: 'binary', counts: { candidateOnly, baselineOnly: baselineOnly + worse, pairs: differences.count + worse } };
  }
  let { differences } = tally;
  for (let index = 0; index < worse; index += 1) differences = addToMoments(differences, -1);
  return { kind: 'scores', differences };
}

function nonInferiorityOf(tally: Tally, missing: number, margin: number): Comparison['nonInferior'] {
  const answer = nonInferiority(evidenceOf(tally, 0), { margin });
  if (answer === null) return null;
  const { result, lowerBound, upperBound, method } = answer;
  const missingCouldFlip = missing > 0 && nonInferiority(evidenceOf(tally, missing), { margin })?.result !== result;
  return { margin, result, lowerBound, upperBound, method, missingCouldFlip };
}

function compareSlices(slices: ReadonlyMap<string, Tally>): Comparison['bySlice'] {
  const sorted = [...slices].sort(([a], [b]) => (a < b ? -1 : 1));
  const pValues = sorted.map(([, tally]) => pValueOf(tally));
  const adjusted = holm(pValues);
  return sorted.map(([slice, tally], index) => {
    const adjustedPValue = adjusted[index] ?? 1;
    return {
      slice,
      ...countsOf(tally),
      difference: differenceInterval(tally),
      pValue: pValues[index] ?? 1,
      adjustedPValue,
      significant: adjustedPValue < SIGNIFICANT_BELOW,
    };
  });
}

/** Takes pairs one at a time, in any order, in memory that does not grow with them (only with the number of slices). */
export interface RunComparison {
  add(outcome: PairedOutcome): void;
  finish(): Comparison;
}

/**
 * Compares two runs of one suite over all planned samples, each given once.
 * 0/1 scores are tested by McNemar's exact test and Tango's bound, others by the paired t test; slices by the same, adjusted by Holm.
 */
export function createRunComparison({ baselineRun, candidateRun, margin }: ComparedRuns): RunComparison {
  const all = emptyTally();
  const slices = new Map<string, Tally>();
  const missing = { baseline: 0, candidate: 0 };
  let planned = 0;
  return {
    add({ slice, baseline, candidate }) {
      planned += 1;
      if (baseline === null) missing.baseline += 1;
      if (candidate === null) missing.candidate += 1;
      if (baseline === null || candidate === null) return;
      addPair(all, baseline, candidate);
      if (slice === null) return;
      const tally = slices.get(slice) ?? emptyTally();
      slices.set(slice, tally);
      addPair(tally, baseline, candidate);
    },
    finish() {
      const counts = countsOf(all);
      const pValue = pValueOf(all);
      const binary = all.graded === 0;
      return {
        baselineRun,
        candidateRun,
        ...counts,
        missing: { ...missing },
        coverage: planned === 0 ? 0 : counts.pairs / planned,
        difference: differenceInterval(all),
        pValue,
        midPValue: binary ? mcnemarMidP(all.candidateOnly, all.baselineOnly) : null,
        method: binary ? 'mcnemar-exact' : 'paired-t',
        significant: pValue < SIGNIFICANT_BELOW,
        nonInferior: margin === undefined ? null : nonInferiorityOf(all, planned - counts.pairs, margin),
        bySlice: compareSlices(slices),
      };
    },
  };
}

/** All pairs at once: {@link createRunComparison} from start to finish. */
export function compareRuns(runs: ComparedRuns, outcomes: Iterable<PairedOutcome>): Comparison {
  const comparison = createRunComparison(runs);
  for (const outcome of outcomes) comparison.add(outcome);
  return comparison.finish();
}
