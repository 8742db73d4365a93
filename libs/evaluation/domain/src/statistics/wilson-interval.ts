import type { Interval } from '../interval.ts';
import { normalQuantile } from './normal-distribution.ts';

function wilsonBounds(correct: number, total: number, z: number): { low: number; high: number } {
  const p = correct / total;
  const scale = 1 + (z * z) / total;
  const centre = (p + (z * z) / (2 * total)) / scale;
  const halfWidth = (z / scale) * Math.sqrt((p * (1 - p)) / total + (z * z) / (4 * total * total));
  return {
    low: correct === 0 ? 0 : Math.max(0, centre - halfWidth),
    high: correct === total ? 1 : Math.min(1, centre + halfWidth),
  };
}

function checkCounts(correct: number, total: number): void {
  if (!Number.isInteger(correct) || !Number.isInteger(total) || correct < 0 || correct > total) {
    throw new RangeError(`not a count out of a total: ${correct} of ${total}`);
  }
}

/** Wilson's score interval (JASA 22, 1927) of a share; null when the total is 0. Both arguments are whole numbers. */
export function wilsonInterval(correct: number, total: number, confidence = 0.95): Interval | null {
  checkCounts(correct, total);
  if (total === 0) return null;
  return { value: correct / total, ...wilsonBounds(correct, total, normalQuantile(0.5 + confidence / 2)), confidence, method: 'wilson' };
}

/** One-sided lower bound of a share, for an absolute floor; null when the total is 0. */
export function wilsonLowerBound(correct: number, total: number, confidence = 0.95): number | null {
  checkCounts(correct, total);
  return total === 0 ? null : wilsonBounds(correct, total, normalQuantile(confidence)).low;
}
