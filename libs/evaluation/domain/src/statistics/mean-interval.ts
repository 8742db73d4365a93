import type { Interval } from '../interval.ts';
import { standardError } from './moments.ts';
import type { Moments } from './moments.ts';
import { studentQuantile } from './student-distribution.ts';

/** Mean ± t(n - 1)·SE by the central limit theorem; null with fewer than two values. May leave [0, 1]: shares take Wilson's interval. */
export function meanInterval(moments: Moments, confidence = 0.95): Interval | null {
  const error = standardError(moments);
  if (error === null) return null;
  const halfWidth = studentQuantile(0.5 + confidence / 2, moments.count - 1) * error;
  return { value: moments.mean, low: moments.mean - halfWidth, high: moments.mean + halfWidth, confidence, method: 'mean-t' };
}
