import { z } from 'zod';

/** A name of an organisation's policy, as it stands in paths and reasons. */
export const PolicyName = z
  .string()
  .max(60)
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'may have lower-case letters, digits and "-", at most 60, and begins with a letter or digit');
export type PolicyName = z.infer<typeof PolicyName>;

/** One enabled policy of the organisation, at one of its revisions, which never changes. */
export const PolicySource = z.object({ name: PolicyName, revision: z.int().min(1), /** In Cedar, held against {@link policySchema}. */ text: z.string() });
export type PolicySource = z.infer<typeof PolicySource>;

/** What a policy has against a use. `review`: also when a fact is missing that it needs; the message then says which. */
export interface PolicyFinding {
  readonly policy: string;
  readonly effect: 'deny' | 'review';
  readonly message: string;
  /** As in a decision's reason. */
  readonly settledBy?: string | null;
}

/** Where a version runs: ISO 3166 country, or `EU` for "somewhere in it". */
export const HostRegion = z.string().regex(/^[A-Z]{2}$/, 'must be a country code of two capitals, or "EU"');
export type HostRegion = z.infer<typeof HostRegion>;

const word = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'must be a word of lower-case letters, digits and "-"');

/** What an organisation says of a use case in words of its own, for its policies, e.g. `{ product: "claims", data: "personal" }`. */
export const UseCaseLabels = z.record(word, word).refine((labels) => Object.keys(labels).length <= 20, 'at most 20 labels');
export type UseCaseLabels = z.infer<typeof UseCaseLabels>;
