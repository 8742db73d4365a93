import type { Interval } from '../interval.ts';
import { momentsOf, standardError } from './moments.ts';
import { studentQuantile } from './student-distribution.ts';

/** Below this many clusters the standard error can vanish by accident. */
export const MIN_TRUSTED_CLUSTERS = 10;

export interface ClusteredValue {
  readonly value: number;
  /** The unit of independence: a document, a conversation, a template. */
  readonly cluster: string;
}

export interface ClusteredError {
  readonly mean: number;
  /** CR1: the uncorrected error times √(C/(C - 1)). */
  readonly standardError: number;
  /** CR0. */
  readonly uncorrected: number;
  /** (CR1 / naive error)²; null when the values do not vary. */
  readonly designEffect: number | null;
  readonly clusters: number;
  /** Fewer than {@link MIN_TRUSTED_CLUSTERS}: show a warning. */
  readonly fewClusters: boolean;
  /** With t(C - 1). */
  readonly interval: Interval;
}

/** Standard error of a mean when cases come in clusters (Miller, arXiv 2411.00640, with the C/(C - 1) correction); null with fewer than two clusters. */
export function clusteredStandardError(values: readonly ClusteredValue[], confidence = 0.95): ClusteredError | null {
  const moments = momentsOf(values.map(({ value }) => value));
  const deviations = new Map<string, number>();
  for (const { value, cluster } of values) deviations.set(cluster, (deviations.get(cluster) ?? 0) + value - moments.mean);
  const clusters = deviations.size;
  if (clusters < 2) return null;

  let squares = 0;
  for (const deviation of deviations.values()) squares += deviation * deviation;
  const uncorrected = Math.sqrt(squares) / values.length;
  const corrected = uncorrected * Math.sqrt(clusters / (clusters - 1));
  const naive = standardError(moments) ?? 0;
  const halfWidth = studentQuantile(0.5 + confidence / 2, clusters - 1) * corrected;
  return {
    mean: moments.mean,
    standardError: corrected,
    uncorrected,
    designEffect: naive === 0 ? null : (corrected / naive) ** 2,
    clusters,
    fewClusters: clusters < MIN_TRUSTED_CLUSTERS,
    interval: { value: moments.mean, low: moments.mean - halfWidth, high: moments.mean + halfWidth, confidence, method: 'clustered-t' },
  };
}
