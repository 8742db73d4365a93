import type { Interval } from './interval.ts';
import { meanInterval } from './statistics/mean-interval.ts';
import { addToMoments, noMoments } from './statistics/moments.ts';
import type { Moments } from './statistics/moments.ts';
import { constantBounds } from './statistics/non-inferiority.ts';
import { wilsonInterval } from './statistics/wilson-interval.ts';

/** Scores in [0, 1], kept in constant memory. */
export interface ScoreTally {
  readonly moments: Moments;
  /** Scores that are exactly 1. */
  readonly correct: number;
  /** Scores strictly between 0 and 1. */
  readonly graded: number;
}

export const noScores: ScoreTally = { moments: noMoments, correct: 0, graded: 0 };

export const addScore = (tally: ScoreTally, score: number): ScoreTally => ({
  moments: addToMoments(tally.moments, score),
  correct: tally.correct + (score === 1 ? 1 : 0),
  graded: tally.graded + (score > 0 && score < 1 ? 1 : 0),
});

/**
 * Mean score with its interval: Wilson's when every score is 0 or 1, else by t, cut to [0, 1]. Graded scores that are all the same get a bound that
 * narrows with their number, not a width of 0. Null with no score, and with a single graded one.
 */
export function accuracyInterval({ moments, correct, graded }: ScoreTally, confidence = 0.95): Interval | null {
  if (graded === 0) return wilsonInterval(correct, moments.count, confidence);
  if (moments.count >= 2 && moments.squaredDeviations === 0) {
    // The bounds are those of values in [-1, 1]; scores are in [0, 1].
    const { lower, upper } = constantBounds(2 * moments.mean - 1, moments.count, (1 - confidence) / 2);
    return { value: moments.mean, low: (lower + 1) / 2, high: (upper + 1) / 2, confidence, method: 'constant' };
  }
  const interval = meanInterval(moments, confidence);
  return interval && { ...interval, low: Math.max(0, interval.low), high: Math.min(1, interval.high) };
}
