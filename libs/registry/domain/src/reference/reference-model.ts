import { Instant, ModelName, UsdAmount, VersionName } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { Architecture } from '../cards/architecture.ts';
import { LineageRelation } from '../lineage/lineage.ts';

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

/** One phase of training. Hours on different parts do not add up: the hardware stands beside them. */
export const TrainingPhase = z.object({
  name: z.string().min(1),
  /** Device hours; null where the publisher discloses none. */
  gpuHours: z.int().positive().nullable(),
  costUsd: UsdAmount.nullable(),
});
export type TrainingPhase = z.infer<typeof TrainingPhase>;

/** What training took, as published. Null is "not disclosed", never zero. */
export const ReferenceTraining = z.object({
  tokens: z.int().positive().nullable(),
  hardware: z.string().nullable(),
  devices: z.int().positive().nullable(),
  /** Sum of the phases; null where not disclosed. */
  gpuHours: z.int().positive().nullable(),
  costUsd: UsdAmount.nullable(),
  /** Rent of one device for an hour that the cost assumes. */
  assumedUsdPerGpuHour: UsdAmount.nullable(),
  /** `published`: the publisher names the cost. `derived`: published hours times the assumed rent. */
  costBasis: z.enum(['published', 'derived']).nullable(),
  phases: z.array(TrainingPhase).default([]),
  /** What the figures leave out, e.g. research and ablations. */
  excludes: z.array(z.string()).default([]),
  notes: z.array(z.string()).default([]),
  source: ReferenceSource,
});
export type ReferenceTraining = z.infer<typeof ReferenceTraining>;

export const ReferenceVersion = z.object({
  version: VersionName,
  /** `owner/name` under which the weights are published, as base models are named in model cards; null for closed models. */
  repository: z.string().nullable(),
  /** Id of the licence catalogue. */
  license: z.string().min(1),
  /** Licence of the code in the same repository, which is not that of the weights; null where there is none or it is not known. */
  codeLicense: z.string().min(1).nullable().default(null),
  /** Day of release; null when not known for sure. */
  releasedOn: z.iso.date().nullable(),
  /** Day from which the provider no longer serves it; null: served, or not known. */
  retiredOn: z.iso.date().nullable().default(null),
  /** Tokens of context as marketed, in the publisher's words; the architecture has what the config says. */
  contextMarketed: z.string().nullable().default(null),
  baseModels: z.array(z.object({ model: ModelName, version: VersionName, relation: LineageRelation })).default([]),
  architecture: Architecture,
  /** Null: nothing about its training is disclosed. */
  training: ReferenceTraining.nullable().default(null),
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
/** As an entry is written: what is not disclosed may be left out. */
export type ReferenceModelSource = z.input<typeof ReferenceModel>;
