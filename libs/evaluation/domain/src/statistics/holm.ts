/** The adjusted values of sorted p are made monotone from the end that the procedure starts at; the answer keeps the order of the input. */
function stepwise(pValues: readonly number[], order: 'ascending' | 'descending', adjust: (p: number, rank: number) => number, pick: (a: number, b: number) => number): number[] {
  const ranked = pValues.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const steps = ranked.map(({ p, index }, position) => ({ index, value: adjust(p, position + 1) }));
  if (order === 'descending') steps.reverse();
  const adjusted = Array.from(pValues, () => 0);
  let previous: number | null = null;
  for (const { index, value } of steps) {
    previous = Math.min(1, previous === null ? value : pick(previous, value));
    adjusted[index] = previous;
  }
  return adjusted;
}

/** Holm's step-down adjustment (Scandinavian Journal of Statistics 6, 1979), in the order of the input: controls the chance of any false finding. */
export const holm = (pValues: readonly number[]): number[] =>
  stepwise(pValues, 'ascending', (p, rank) => (pValues.length - rank + 1) * p, Math.max);

/** Benjamini and Hochberg's adjustment (JRSS B 57, 1995), in the order of the input: for exploratory tables only. */
export const benjaminiHochberg = (pValues: readonly number[]): number[] =>
  stepwise(pValues, 'descending', (p, rank) => (pValues.length * p) / rank, Math.min);
