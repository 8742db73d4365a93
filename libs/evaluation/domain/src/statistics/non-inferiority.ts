import { MIN_TRUSTED_CLUSTERS } from './clustered-standard-error.ts';
import type { ClusteredError } from './clustered-standard-error.ts';
import { momentsOfDiscordance, standardError } from './moments.ts';
import type { Moments } from './moments.ts';
import { studentQuantile, studentUpperTail } from './student-distribution.ts';
import { tangoLowerBound, tangoUpperBound } from './tango-bound.ts';
import type { DiscordantPairs } from './tango-bound.ts';

/** What was seen: counts for scores that are all 0 or 1, else the moments of the differences; with clusters, their error of the same differences. */
export type DifferenceEvidence = ({ readonly kind: 'binary'; readonly counts: DiscordantPairs } | { readonly kind: 'scores'; readonly differences: Moments }) & {
  readonly clustered?: ClusteredError;
};

export interface NonInferiority {
  /** `pass` if the lower bound is above -margin, `fail` if the upper bound is below it, else `inconclusive`. */
  readonly result: 'pass' | 'fail' | 'inconclusive';
  readonly reason: 'too_few_clusters' | null;
  /** One-sided bounds of the difference at 1 - alpha: what decides. */
  readonly lowerBound: number;
  readonly upperBound: number;
  readonly method: 'tango' | 't' | 'constant';
  /** The t statistic of the null "worse by the margin" and its p; null when the differences do not vary. */
  readonly t: number | null;
  readonly pValue: number | null;
  /** The plain t bound, for display beside Tango's; null when the differences do not vary. */
  readonly tLowerBound: number | null;
}

interface Bounds {
  readonly lower: number;
  readonly upper: number;
  readonly method: NonInferiority['method'];
}

/** Bounds of scores that never differ by anything but `difference`; valid because a difference is between -1 and 1. */
export function constantBounds(difference: number, count: number, alpha: number): { lower: number; upper: number } {
  const share = 1 - alpha ** (1 / count);
  return { lower: difference - (1 + difference) * share, upper: difference + (1 - difference) * share };
}

const tBounds = (mean: number, error: number, degreesOfFreedom: number, alpha: number): { lower: number; upper: number } => {
  const halfWidth = studentQuantile(1 - alpha, degreesOfFreedom) * error;
  return { lower: mean - halfWidth, upper: mean + halfWidth };
};

function unclusteredBounds(evidence: DifferenceEvidence, alpha: number): Bounds | null {
  if (evidence.kind === 'binary') {
    if (evidence.counts.pairs === 0) return null;
    return { lower: tangoLowerBound(evidence.counts, alpha), upper: tangoUpperBound(evidence.counts, alpha), method: 'tango' };
  }
  const error = standardError(evidence.differences);
  if (error === null) return null;
  const { mean, count } = evidence.differences;
  if (error === 0) return { ...constantBounds(mean, count, alpha), method: 'constant' };
  return { ...tBounds(mean, error, count - 1, alpha), method: 't' };
}

/**
 * Is the candidate shown to be no worse than the baseline by `margin` (score units)? The null hypothesis is "worse by the margin";
 * alpha is one-sided. 0/1 scores take Tango's bound; clusters can only lower the bound. Null where no bound exists (no pair; for other scores fewer than two).
 */
export function nonInferiority(evidence: DifferenceEvidence, { margin, alpha = 0.05 }: { readonly margin: number; readonly alpha?: number }): NonInferiority | null {
  if (!(margin > 0)) throw new RangeError(`a margin is above 0, not ${margin}`);
  const bounds = unclusteredBounds(evidence, alpha);
  if (bounds === null) return null;
  const { binary, differences } =
    evidence.kind === 'binary'
      ? { binary: evidence.counts, differences: momentsOfDiscordance(evidence.counts.candidateOnly, evidence.counts.baselineOnly, evidence.counts.pairs) }
      : { binary: null, differences: evidence.differences };
  const allAlike = binary !== null && binary.candidateOnly + binary.baselineOnly === 0;
  const error = allAlike ? null : standardError(differences);
  const t = error === null || error === 0 ? null : (differences.mean + margin) / error;

  const { clustered } = evidence;
  const clusterBounds = clustered ? tBounds(clustered.mean, clustered.standardError, clustered.clusters - 1, alpha) : null;
  const lowerBound = Math.min(bounds.lower, clusterBounds?.lower ?? bounds.lower);
  const upperBound = Math.max(bounds.upper, clusterBounds?.upper ?? bounds.upper);
  const tooFewClusters = clustered !== undefined && clustered.clusters < MIN_TRUSTED_CLUSTERS;
  const decided = lowerBound > -margin ? 'pass' : upperBound < -margin ? 'fail' : 'inconclusive';
  return {
    result: tooFewClusters ? 'inconclusive' : decided,
    reason: tooFewClusters ? 'too_few_clusters' : null,
    lowerBound,
    upperBound,
    method: bounds.method,
    t,
    pValue: t === null ? null : studentUpperTail(t, differences.count - 1),
    tLowerBound: error === null || error === 0 ? null : tBounds(differences.mean, error, differences.count - 1, alpha).lower,
  };
}
