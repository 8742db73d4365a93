import type { Interval } from '../interval.ts';
import { clusteredStandardError } from './clustered-standard-error.ts';
import { momentsOf, standardError, variance } from './moments.ts';
import type { Moments } from './moments.ts';
import { studentQuantile, studentUpperTail } from './student-distribution.ts';

/** Candidate and baseline on the same case. */
export interface ScorePair {
  readonly candidate: number;
  readonly baseline: number;
  /** The unit of independence; either every pair names one or none does. */
  readonly cluster?: string;
}

export interface DifferenceTest {
  readonly standardError: number;
  /** Null when the differences do not vary: a zero error proves nothing. */
  readonly t: number | null;
  readonly degreesOfFreedom: number;
  /** Two-sided. When the differences do not vary, the sign-flip test's p: 2^(1 - n), or 1 when all are 0. */
  readonly pValue: number;
  readonly interval: Interval;
}

export interface PairedDifference extends DifferenceTest {
  /** What the error would be if the two runs had asked different cases. */
  readonly unpairedStandardError: number;
  /** Between the two runs' scores; null when either does not vary. */
  readonly correlation: number | null;
}

function testOf(mean: number, count: number, error: number, degreesOfFreedom: number, confidence: number): DifferenceTest {
  const halfWidth = studentQuantile(0.5 + confidence / 2, degreesOfFreedom) * error;
  const t = error === 0 ? null : mean / error;
  const unvaried = mean === 0 ? 1 : Math.min(1, 2 ** (1 - count));
  return {
    standardError: error,
    t,
    degreesOfFreedom,
    pValue: t === null ? unvaried : Math.min(1, 2 * studentUpperTail(Math.abs(t), degreesOfFreedom)),
    interval: { value: mean, low: mean - halfWidth, high: mean + halfWidth, confidence, method: 'paired-t' },
  };
}

/** The paired t test of differences of which only the moments are kept; null with fewer than two pairs. */
export function differenceTest(differences: Moments, confidence = 0.95): DifferenceTest | null {
  const error = standardError(differences);
  return error === null ? null : testOf(differences.mean, differences.count, error, differences.count - 1, confidence);
}

/**
 * Mean difference, candidate minus baseline, on the same cases, with its t test; with clusters the error is CR1 and the degrees of freedom C - 1.
 * Null with fewer than two pairs, or clusters.
 */
export function pairedDifference(pairs: readonly ScorePair[], confidence = 0.95): PairedDifference | null {
  const named = pairs.filter(({ cluster }) => cluster !== undefined).length;
  if (named !== 0 && named !== pairs.length) throw new RangeError(`${named} of ${pairs.length} pairs name a cluster: all must, or none`);

  const differences = momentsOf(pairs.map(({ candidate, baseline }) => candidate - baseline));
  const candidates = momentsOf(pairs.map(({ candidate }) => candidate));
  const baselines = momentsOf(pairs.map(({ baseline }) => baseline));
  const [spread, candidateSpread, baselineSpread] = [variance(differences), variance(candidates), variance(baselines)];
  if (spread === null || candidateSpread === null || baselineSpread === null) return null;

  const clustered = clusteredStandardError(pairs.map(({ candidate, baseline, cluster }) => ({ value: candidate - baseline, cluster: cluster ?? '' })));
  const test =
    named === 0
      ? differenceTest(differences, confidence)
      : clustered && testOf(differences.mean, differences.count, clustered.standardError, clustered.clusters - 1, confidence);
  if (test === null) return null;
  const scale = Math.sqrt(candidateSpread * baselineSpread);
  return {
    ...test,
    unpairedStandardError: Math.sqrt((candidateSpread + baselineSpread) / pairs.length),
    correlation: scale === 0 ? null : (candidateSpread + baselineSpread - spread) / (2 * scale),
  };
}
