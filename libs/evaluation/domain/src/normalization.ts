import { z } from 'zod';

/** How texts are made comparable before a scorer looks at them; each profile is at its version 1. */
export const NormalizationProfile = z.enum(['none', 'trim', 'fold', 'squad']);
export type NormalizationProfile = z.infer<typeof NormalizationProfile>;
