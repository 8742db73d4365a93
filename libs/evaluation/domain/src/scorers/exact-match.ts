import { z } from 'zod';
import { NormalizationProfile, normalizePair } from '../normalization.ts';
import { scored } from './score.ts';
import type { Scorer } from './scorer.ts';

/** 1 if the normalised output equals a normalised target, else 0. */
export const ExactMatch = z.strictObject({
  kind: z.literal('exact_match'),
  profile: NormalizationProfile.default('trim'),
});

export const exactMatch: Scorer<z.infer<typeof ExactMatch>> = {
  version: 1,
  score: ({ profile }, { output, targets }) => {
    const matches = targets.some((target) => {
      const pair = normalizePair(output, target, profile);
      return pair.output === pair.target;
    });
    return scored(matches ? 1 : 0);
  },
};
