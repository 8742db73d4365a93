import { z } from 'zod';
import { LicenseId } from '../licenses/license.ts';

/** Characters of a text that is looked at: no licence is a tenth as long. */
export const maxLicenseTextCharacters = 1_000_000;

/**
 * What a licence was recognised by. `text`: all its words, in order, and no others. `markers`: sentences that only its text has; a changed clause
 * elsewhere would not show. `tag`, `name`, `link`: what a publication says of itself. `expression`: an SPDX expression.
 */
export const RecognizedBy = z.enum(['text', 'markers', 'tag', 'name', 'link', 'expression']);
export type RecognizedBy = z.infer<typeof RecognizedBy>;

/** A licence that was recognised. */
export const LicenseMatch = z.object({
  license: LicenseId,
  /** 0 to 1; 1 only where the whole text was compared. */
  confidence: z.number().min(0).max(1),
  /** The words that led here, and what was left aside (copyright lines). */
  evidence: z.array(z.string()),
  by: RecognizedBy,
});
export type LicenseMatch = z.infer<typeof LicenseMatch>;

/** One place where a text leaves a licence that it nearly is. */
export const LicenseDifference = z.object({
  /** `added`: words that the licence does not have. `changed`: words in place of others. `missing`: words of the licence that are not there. */
  kind: z.enum(['added', 'changed', 'missing']),
  /** The words of the given text, as they stand there; null for `missing`. Shortened past 2,000 characters. */
  passage: z.string().nullable(),
  /** The words of the given text right before it; null at the very beginning. */
  after: z.string().nullable(),
  /** The heading or clause of the given text that it stands under; null where the text has none before it. */
  near: z.string().nullable(),
  /** Line of the given text, from 1. */
  line: z.int().min(1),
  /** How many words of the text, and how many of the licence in their place. */
  words: z.object({ text: z.int().min(0), license: z.int().min(0) }),
});
export type LicenseDifference = z.infer<typeof LicenseDifference>;

/** A licence that a text nearly is, and therefore is not. */
export const LicenseNearMiss = z.object({
  license: LicenseId,
  /** Share of words in common, of the licence's text and the given one's part together: below 1. */
  similarity: z.number().min(0).max(1),
  differences: z.array(LicenseDifference),
  /** Further differences, past the first hundred. */
  differencesLeftOut: z.int().min(0),
});
export type LicenseNearMiss = z.infer<typeof LicenseNearMiss>;

/** A licence that SPDX lists and this catalogue has not read: an organisation can add it. */
export const UncataloguedLicense = z.object({ license: LicenseId, name: z.string(), osiApproved: z.boolean(), by: RecognizedBy, message: z.string() });
export type UncataloguedLicense = z.infer<typeof UncataloguedLicense>;

/** What a text, tags or an expression mean: nothing in it is a guess. */
export const LicenseRecognition = z
  .object({
    /** What a version registered with it would have: one licence (or SPDX expression) that is sure; null where a person has to read. */
    license: z.string().nullable(),
    /** Surest first. Several: the text holds several licences, or the tags name several. */
    matches: z.array(LicenseMatch),
    nearMisses: z.array(LicenseNearMiss),
    uncatalogued: z.array(UncataloguedLicense),
    /** What was found, in a sentence or two. */
    explanation: z.string(),
  })
  .meta({ id: 'LicenseRecognition' });
export type LicenseRecognition = z.infer<typeof LicenseRecognition>;

/** What is kept with a version whose licence text is no licence for sure. */
export const LicenseFinding = LicenseRecognition.pick({ explanation: true, nearMisses: true }).extend({ matches: z.array(LicenseMatch.pick({ license: true, confidence: true, by: true })) });
export type LicenseFinding = z.infer<typeof LicenseFinding>;

const kept = { nearMisses: 3, differences: 20, characters: 500, matches: 10 } as const;

/** In short, since it is stored; null: nothing was in doubt. */
export function licenseFinding({ license, explanation, matches, nearMisses }: LicenseRecognition): LicenseFinding | null {
  if (license !== null) return null;
  return {
    explanation: explanation.slice(0, 2_000),
    matches: matches.slice(0, kept.matches).map((match) => ({ license: match.license, confidence: match.confidence, by: match.by })),
    nearMisses: nearMisses.slice(0, kept.nearMisses).map(({ differences, differencesLeftOut, ...nearMiss }) => ({
      ...nearMiss,
      differences: differences.slice(0, kept.differences).map((difference) => ({ ...difference, passage: shortened(difference.passage) })),
      differencesLeftOut: differencesLeftOut + Math.max(differences.length - kept.differences, 0),
    })),
  };
}

const shortened = (passage: string | null): string | null => (passage === null || passage.length <= kept.characters ? passage : `${passage.slice(0, kept.characters)}\u2026`.toWellFormed());
