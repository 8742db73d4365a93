import { z } from 'zod';

/**
 * What a scorer says about one output.
 * `scored`: measured; a model that missed the format is scored 0 with `parsed: false`.
 * `unscored`: this instrument could not measure (no output because a backend failed): out of every denominator, counted apart, never a 0.
 * `error`: the suite is wrong (a target that cannot be read).
 */
export const Score = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('scored'),
    score: z.number().min(0).max(1),
    /** The piece of the output that was compared; null when all of it was, or nothing was found. */
    extracted: z.string().nullable(),
    /** Whether an extracting scorer found its piece; null for scorers that compare the whole output. */
    parsed: z.boolean().nullable(),
    /** A short code that says why the score is not 1, e.g. `no_match`, `unparsed`. */
    reason: z.string().nullable(),
  }),
  z.object({
    status: z.enum(['unscored', 'error']),
    score: z.null(),
    extracted: z.null(),
    parsed: z.null(),
    reason: z.string(),
  }),
]);
export type Score = z.infer<typeof Score>;

export const scored = (score: number, reason: string | null = score === 1 ? null : 'no_match'): Score => ({
  status: 'scored',
  score,
  extracted: null,
  parsed: null,
  reason,
});

export const scoredFromExtract = (score: number, extracted: string): Score => ({
  status: 'scored',
  score,
  extracted,
  parsed: true,
  reason: score === 1 ? null : 'no_match',
});

/** The model did not follow the format: a 0 that counts, and is counted as a parse failure. */
export const unparsed = (reason = 'unparsed'): Score => ({ status: 'scored', score: 0, extracted: null, parsed: false, reason });

/** Nothing could be measured, e.g. `no_output` after a backend failure or `timeout`. */
export const unscored = (reason: string): Score => ({ status: 'unscored', score: null, extracted: null, parsed: null, reason });

/** The suite is wrong, e.g. `bad_target`. */
export const suiteError = (reason: string): Score => ({ status: 'error', score: null, extracted: null, parsed: null, reason });
