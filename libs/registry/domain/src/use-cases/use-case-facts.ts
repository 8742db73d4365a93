import { z } from 'zod';

/**
 * How a model's work reaches people. `internal`: nobody outside the licensee. `service`: others reach it over an API or a UI, the weights stay.
 * `embedded`: weights inside a product that is handed over. `weights`: weights or adapters are published.
 */
export const Distribution = z.enum(['internal', 'service', 'embedded', 'weights']);
export type Distribution = z.infer<typeof Distribution>;

/** What outputs train; without it, another language model of another family. */
export const TrainTarget = z.enum(['same-family', 'other-llm', 'non-llm-internal', 'non-llm-released']);
export type TrainTarget = z.infer<typeof TrainTarget>;

const people = z.int().min(0).max(100_000_000_000).nullable();
const word = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'must be a word of lower-case letters, digits and "-", like "customer-support"');

/** The declared facts of a use case. `null` means that nobody knows: a rule that needs the fact then answers `review` and says so. */
export const UseCaseFacts = z.strictObject({
  /** Words of the field-of-use vocabulary, or neutral ones like `customer-support`. */
  purposes: z.array(word).min(1).max(20),
  commercial: z.boolean().nullable(),
  /** People in the last full calendar month, over all products of the licensee and its affiliates. */
  monthlyActiveUsers: people,
  /** Whole US dollars, of the licensee and its affiliates. */
  annualRevenueUsd: z.int().min(0).max(100_000_000_000_000).nullable(),
  /** Where the users are: ISO 3166 country codes, or `EU`. */
  regions: z.array(z.string().regex(/^[A-Z]{2}$/, 'must be a country code of two capitals, or "EU"')).max(250),
  distribution: Distribution,
  /** Whether outputs train, tune or distil another model. */
  trainOnOutputs: z.boolean(),
  /** Declared conditions that settle a conditional clause, e.g. `fully-automated` or `human-in-the-loop`. */
  conditions: z.array(word).max(20).optional(),
  /** Users of the one product that uses the model; absent: the same as `monthlyActiveUsers`. */
  productMonthlyActiveUsers: people.optional(),
  /** Users in the calendar month before the version's release; absent: `monthlyActiveUsers` stands in. */
  monthlyActiveUsersAtRelease: people.optional(),
  /** Where the organisation has its seat. */
  licenseeRegion: z.string().regex(/^[A-Z]{2}$/, 'must be a country code of two capitals, or "EU"').nullable().optional(),
  trainTarget: TrainTarget.optional(),
});
export type UseCaseFacts = z.infer<typeof UseCaseFacts>;

export { fieldOfUseMeanings, fieldOfUseWords, neutralPurposes, restrictionConditions } from './field-of-use.ts';
