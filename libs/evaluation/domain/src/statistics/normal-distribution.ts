/** Below this the power series is exact and short; above it the continued fraction keeps the digits of the tail. */
const SERIES_BELOW = 2.5;
const FRACTION_DEPTH = 200;

const density = (x: number): number => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);

/** P(Z > x) of the standard normal distribution, with full relative precision far into the tail. */
export function normalUpperTail(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x < 0) return 1 - normalUpperTail(-x);
  if (x < SERIES_BELOW) {
    let term = x;
    let sum = x;
    for (let k = 1; Math.abs(term) > 1e-18; k += 1) {
      term *= (x * x) / (2 * k + 1);
      sum += term;
    }
    return 0.5 - density(x) * sum;
  }
  if (x > 40) return 0;
  // Laplace's continued fraction of the Mills ratio (DLMF 7.9.2), from the inside out.
  let tail = x;
  for (let k = FRACTION_DEPTH; k >= 1; k -= 1) tail = x + k / tail;
  return density(x) / tail;
}

/** P(Z <= x) of the standard normal distribution. */
export const normalCdf = (x: number): number => normalUpperTail(-x);

/** The z with P(Z <= z) = p, for p in (0, 1): z(0.975) = 1.959964. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a quantile needs a probability between 0 and 1, not ${p}`);
  if (p === 0.5) return 0;
  if (p > 0.5) return -normalQuantile(1 - p);
  // Abramowitz and Stegun 26.2.23 (error below 4.5e-4), then Halley's steps, each of which triples the digits.
  const t = Math.sqrt(-2 * Math.log(p));
  let x = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  for (let step = 0; step < 3; step += 1) {
    const error = (normalUpperTail(x) - p) / density(x);
    x += error / (1 - (x * error) / 2);
  }
  return -x;
}
