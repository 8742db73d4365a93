import { regularizedBeta } from './special-functions.ts';

/** P(T > t) of Student's distribution, with full relative precision in the upper tail. `degreesOfFreedom` > 0. */
export function studentUpperTail(t: number, degreesOfFreedom: number): number {
  if (!(degreesOfFreedom > 0)) throw new RangeError(`degrees of freedom are positive, not ${degreesOfFreedom}`);
  if (t < 0) return 1 - studentUpperTail(-t, degreesOfFreedom);
  if (t === Number.POSITIVE_INFINITY) return 0;
  const total = degreesOfFreedom + t * t;
  return 0.5 * regularizedBeta(degreesOfFreedom / 2, 0.5, degreesOfFreedom / total, (t * t) / total);
}

/** The t with P(T <= t) = p, for p in (0, 1). */
export function studentQuantile(p: number, degreesOfFreedom: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a quantile needs a probability between 0 and 1, not ${p}`);
  if (p < 0.5) return -studentQuantile(1 - p, degreesOfFreedom);
  if (p === 0.5) return 0;
  const tail = 1 - p;
  let low = 0;
  let high = 2;
  while (studentUpperTail(high, degreesOfFreedom) > tail) high *= 2;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (studentUpperTail(middle, degreesOfFreedom) > tail) low = middle;
    else high = middle;
  }
}
