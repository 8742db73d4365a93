/** What is needed of many values for a mean and its standard error, in constant memory. */
export interface Moments {
  readonly count: number;
  readonly mean: number;
  /** Sum of squared deviations from the mean; exactly 0 when all values are equal. */
  readonly squaredDeviations: number;
}

export const noMoments: Moments = { count: 0, mean: 0, squaredDeviations: 0 };

/** Welford's update (Technometrics 4, 1962): stable where summing squares would cancel. */
export function addToMoments(moments: Moments, value: number): Moments {
  const count = moments.count + 1;
  const deviation = value - moments.mean;
  const mean = moments.mean + deviation / count;
  return { count, mean, squaredDeviations: moments.squaredDeviations + deviation * (value - mean) };
}

export const momentsOf = (values: Iterable<number>): Moments => {
  let moments = noMoments;
  for (const value of values) moments = addToMoments(moments, value);
  return moments;
};

/** The moments of paired 0/1 scores' differences, from the counts of the pairs that differ. Exact, in any order of the pairs. */
export function momentsOfDiscordance(candidateOnly: number, baselineOnly: number, pairs: number): Moments {
  if (pairs === 0) return noMoments;
  const mean = (candidateOnly - baselineOnly) / pairs;
  return { count: pairs, mean, squaredDeviations: candidateOnly + baselineOnly - pairs * mean * mean };
}

/** n - 1 in the denominator; null with fewer than two values. */
export const variance = (moments: Moments): number | null => (moments.count < 2 ? null : Math.max(0, moments.squaredDeviations) / (moments.count - 1));

/** Standard error of the mean; null with fewer than two values. */
export const standardError = (moments: Moments): number | null => {
  const spread = variance(moments);
  return spread === null ? null : Math.sqrt(spread / moments.count);
};
