import { z } from 'zod';

/** 1 if the pattern is found in the output (`search`) or is the whole output (`full`); targets are not looked at. */
export const Regex = z.strictObject({
  kind: z.literal('regex'),
  /** RE2 syntax: no look-around, no back-references; matched in linear time. */
  pattern: z.string().min(1).max(1_000),
  /** Any of `i` (ignore case), `m` (`^` and `$` at lines), `s` (`.` takes line ends), each once. */
  flags: z.string().regex(/^(?!.*(.).*\1)[ims]*$/, 'flags are "i", "m" and "s", each at most once').default(''),
  mode: z.enum(['search', 'full']).default('search'),
  /** The capture group reported as extracted; 0 is the whole match. */
  group: z.int().min(0).max(99).default(0),
});
