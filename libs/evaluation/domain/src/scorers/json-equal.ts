import { z } from 'zod';

/** 1 if the JSON value in the output deeply equals the target's (key order free, array order counts, 2.0 is 2), else 0. */
export const JsonEqual = z.strictObject({
  kind: z.literal('json_equal'),
  /** `strict`: the whole output; `fenced`: the last fenced block, else the whole output; `first_value`: the first object or array in the text. */
  policy: z.enum(['strict', 'fenced', 'first_value']).default('strict'),
});
