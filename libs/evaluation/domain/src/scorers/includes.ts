import { z } from 'zod';
import { NormalizationProfile } from '../normalization.ts';

/** 1 if any (or all) of the targets occur in the normalised output, else 0. */
export const Includes = z.strictObject({
  kind: z.literal('includes'),
  profile: NormalizationProfile.default('fold'),
  mode: z.enum(['any', 'all']).default('any'),
});
