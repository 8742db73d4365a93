import { z } from 'zod';

/**
 * How an interval was computed: `wilson` for shares of 0/1 scores, `mean-t` and `paired-t` by Student's t, `tango` for paired 0/1 scores,
 * `constant` for paired scores whose difference is always the same. */
export const IntervalMethod = z.enum(['wilson', 'mean-t', 'clustered-t', 'paired-t', 'tango', 'constant']);
export type IntervalMethod = z.infer<typeof IntervalMethod>;

/**
 * A measured value with its two-sided interval. An interval that does not exist (nothing scored; fewer than two values for a t interval)
 * is `null` where it is used: never a zero width, never the point itself.
 */
export const Interval = z
  .object({
    value: z.number(),
    low: z.number(),
    high: z.number(),
    /** Two-sided coverage, e.g. 0.95. */
    confidence: z.number().gt(0).lt(1),
    method: IntervalMethod,
  })
  .meta({ id: 'Interval', description: 'A value with its two-sided confidence interval' });
export type Interval = z.infer<typeof Interval>;
