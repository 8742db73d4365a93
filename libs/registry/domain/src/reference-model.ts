import { Instant, ModelName, UsdAmount, VersionName } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { Architecture } from './architecture.ts';
import { LineageRelation } from './lineage.ts';

/** Where a fact was read, and on which day. */
export const ReferenceSource = z.object({
  title: z.string().min(1).max(300),
  url: z.url({ protocol: /^https?$/ }).nullable(),
  retrievedOn: z.iso.date(),
});
export type ReferenceSource = z.infer<typeof ReferenceSource>;

/** A list price per million tokens, from `from` until before `to` (null: open). A missing component is unknown, not free. */
export const ReferencePrice = z.object({
  provider: z.string().min(1),
  /** The name that the provider's API takes; an alias there may serve other versions at other times. */
  apiName: z.string().min(1),
  inputUsdPerMillion: UsdAmount.optional(),
  cachedInputUsdPerMillion: UsdAmount.optional(),
  cacheWriteUsdPerMillion: UsdAmount.optional(),
  outputUsdPerMillion: UsdAmount.optional(),
  from: Instant,
  to: Instant.nullable(),
  /** Daily window in UTC to which the price is limited, e.g. `16:30-00:30`; absent: the whole day. */
  windowUtc: z.string().optional(),
  note: z.string().optional(),
  source: ReferenceSource,
});
export type ReferencePrice = z.infer<typeof ReferencePrice>;

/** One published score. Scores of different evaluators, shots or variants are different facts: never mix them in one column. */
export const ReferenceScore = z.object({
  benchmark: z.string().min(1),
  /** e.g. `EM`, `pass@1`, `F1`. */
  metric: z.string().min(1),
  /** As printed; percent unless the metric says otherwise. */
  value: z.number(),
  unit: z.enum(['percent', 'percentile', 'rating', 'bits_per_byte']).default('percent'),
  shots: z.int().min(0).nullable().default(null),
  /** Who ran it, and with what settings. */
  evaluator: z.string().min(1),
  /** The checkpoint that was measured, in the publisher's words. */
  checkpoint: z.string().min(1),
  note: z.string().optional(),
  source: ReferenceSource,
});
export type ReferenceScore = z.infer<typeof ReferenceScore>;

export const ReferenceVersion = z.object({
  version: VersionName,
  /** `owner/name` under which the weights are published, as base models are named in model cards; null for closed models. */
  repository: z.string().nullable(),
  /** Id of the licence catalogue. */
  license: z.string().min(1),
  /** Day of release; null when not known for sure. */
  releasedOn: z.iso.date().nullable(),
  baseModels: z.array(z.object({ model: ModelName, version: VersionName, relation: LineageRelation })).default([]),
  architecture: Architecture,
  /** What a reader should know beside the fields, e.g. that sources disagree. */
  notes: z.array(z.string()).default([]),
  sources: z.array(ReferenceSource).min(1),
  prices: z.array(ReferencePrice).default([]),
  scores: z.array(ReferenceScore).default([]),
});
export type ReferenceVersion = z.infer<typeof ReferenceVersion>;

/** A model of the reference catalogue: facts about well-known models that come with the product. */
export const ReferenceModel = z.object({
  model: ModelName,
  publisher: z.string().min(1),
  description: z.string().min(1),
  versions: z.array(ReferenceVersion).min(1),
});
export type ReferenceModel = z.infer<typeof ReferenceModel>;
