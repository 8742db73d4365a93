import { z } from 'zod';
import { NormalizationProfile } from '../normalization.ts';

/** 1 if the normalised output equals a normalised target, else 0. */
export const ExactMatch = z.strictObject({
  kind: z.literal('exact_match'),
  profile: NormalizationProfile.default('trim'),
});
