import { z } from 'zod';

/** 1 if the number found in the output equals the target within max(absTol, relTol·|target|), else 0. */
export const NumericAnswer = z.strictObject({
  kind: z.literal('numeric_answer'),
  /** Where the number is looked for: after `####`, in `\boxed{}`, the last one, or the first of these three that applies. */
  policy: z.enum(['auto', 'marker', 'boxed', 'last_number']).default('auto'),
  absTol: z.number().min(0).default(0),
  relTol: z.number().min(0).default(0),
  /** Whether `1/2` is one number. */
  fractions: z.boolean().default(true),
  /** `ignore`: 60% is 60; `fraction`: 60% is 0.6, in outputs and targets. */
  percent: z.enum(['ignore', 'fraction']).default('ignore'),
});
