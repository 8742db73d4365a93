import { normalQuantile } from './normal-distribution.ts';

/** `alpha` is two-sided for superiority and one-sided for non-inferiority; `power` is the chance of finding what is there. */
export interface TestStrength {
  readonly alpha?: number;
  readonly power?: number;
}

/** Discordance to assume when no earlier run of the suite tells: the share of cases on which two models differ. */
export const DEFAULT_DISCORDANCE = 0.15;

export interface SampleSize {
  readonly exact: number;
  /** `exact`, rounded up: how many cases to run. */
  readonly samples: number;
}

const sampleSize = (exact: number): SampleSize => ({ exact, samples: Math.ceil(exact) });
const twoSided = ({ alpha = 0.05, power = 0.8 }: TestStrength): number => normalQuantile(1 - alpha / 2) + normalQuantile(power);
const oneSided = ({ alpha = 0.05, power = 0.8 }: TestStrength): number => normalQuantile(1 - alpha) + normalQuantile(power);

/**
 * The smallest true difference that a paired comparison of `samples` cases finds with the given power.
 * `standardDeviation` is that of the per-case differences: √discordance for 0/1 scores, √(2p(1 - p)) if the runs were independent.
 */
export const minimumDetectableEffect = ({ standardDeviation, samples, ...strength }: TestStrength & { readonly standardDeviation: number; readonly samples: number }): number =>
  (twoSided(strength) * standardDeviation) / Math.sqrt(samples);

/** Cases needed to find a true `difference`. */
export const samplesForDifference = ({ standardDeviation, difference, ...strength }: TestStrength & { readonly standardDeviation: number; readonly difference: number }): SampleSize =>
  sampleSize(((twoSided(strength) * standardDeviation) / difference) ** 2);

/** Cases needed for McNemar's test to find a true `difference` when two runs differ on a share `discordance` of the cases. */
export function samplesForMcNemar({ discordance, difference, alpha = 0.05, power = 0.8 }: TestStrength & { readonly discordance: number; readonly difference: number }): SampleSize {
  if (!(discordance >= Math.abs(difference))) throw new RangeError(`a difference of ${difference} needs at least that much discordance, not ${discordance}`);
  const root = normalQuantile(1 - alpha / 2) * Math.sqrt(discordance) + normalQuantile(power) * Math.sqrt(discordance - difference ** 2);
  return sampleSize((root / difference) ** 2);
}

interface NonInferiorityPlan extends TestStrength {
  readonly discordance: number;
  /** The true difference that is assumed; 0 is "equally good". */
  readonly difference?: number;
}

/** Cases needed to show non-inferiority at `margin`. A RangeError when the assumed difference is itself beyond the margin: no number of cases shows it. */
export function samplesForNonInferiority({ discordance, margin, difference = 0, ...strength }: NonInferiorityPlan & { readonly margin: number }): SampleSize {
  if (!(margin + difference > 0)) throw new RangeError(`a true difference of ${difference} is beyond the margin ${margin}`);
  return sampleSize((oneSided(strength) ** 2 * (discordance - difference ** 2)) / (margin + difference) ** 2);
}

/** The smallest margin at which `samples` cases show non-inferiority with the given power. */
export const minimumNonInferiorityMargin = ({ discordance, samples, difference = 0, ...strength }: NonInferiorityPlan & { readonly samples: number }): number =>
  oneSided(strength) * Math.sqrt((discordance - difference ** 2) / samples) - difference;

/** Standard deviation of the differences when each case is asked several times (Miller, arXiv 2411.00640): ω² + σ²/K on either side. */
export const differenceDeviation = (parts: {
  /** ω²: what more repeats cannot remove. */
  readonly betweenVariance: number;
  readonly candidate: { readonly withinVariance: number; readonly repeats: number };
  readonly baseline: { readonly withinVariance: number; readonly repeats: number };
}): number =>
  Math.sqrt(parts.betweenVariance + parts.candidate.withinVariance / parts.candidate.repeats + parts.baseline.withinVariance / parts.baseline.repeats);
