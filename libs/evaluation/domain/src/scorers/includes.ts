import { z } from 'zod';
import { NormalizationProfile, normalizePair } from '../normalization.ts';
import { scored, suiteError } from './score.ts';
import type { Scorer } from './scorer.ts';

/** 1 if any (or all) of the targets occur in the normalised output, else 0. A target that normalises to nothing is a suite error: it would occur everywhere. */
export const Includes = z.strictObject({
  kind: z.literal('includes'),
  profile: NormalizationProfile.default('fold'),
  mode: z.enum(['any', 'all']).default('any'),
});

export const includes: Scorer<z.infer<typeof Includes>> = {
  version: 1,
  score: ({ profile, mode }, { output, targets }) => {
    const pairs = targets.map((target) => normalizePair(output, target, profile));
    if (pairs.some(({ target }) => target === '')) return suiteError('empty_target');
    const occurs = ({ output: text, target }: { output: string; target: string }) => text.includes(target);
    return scored((mode === 'any' ? pairs.some(occurs) : pairs.every(occurs)) ? 1 : 0);
  },
};
