import { z } from 'zod';

/** 1 if the letter (with `multi`, the set of letters) chosen in the output equals the target, else 0. */
export const ChoiceLetter = z.strictObject({
  kind: z.literal('choice_letter'),
  /** How many choices are offered, from A on. A sample's own `choices` take precedence. */
  k: z.int().min(2).max(26).default(4),
  /** The texts of the choices, in order, when they are the same for all samples. */
  texts: z.array(z.string().min(1).max(2_000)).min(2).max(26).optional(),
  multi: z.boolean().default(false),
});
