import { z } from 'zod';

/** Messages of MLflow's model registry REST API (2.0). Fields that are not known are passed over, as its own server does. */
const name = z.string().min(1, 'is missing').max(500);
/** Whole numbers from 1, in the order of registration; clients send them as text or as a number. */
const version = z.union([z.string(), z.int().transform(String)]).pipe(z.string().regex(/^[1-9][0-9]{0,8}$/, 'must be a version number of MLflow, a whole number from 1'));
const epochMs = z.int();

export const MlflowTagKey = z.string().min(1, 'is missing').max(250);
export const MlflowTagged = z.object({ key: MlflowTagKey, value: z.string().max(5_000) });
export type MlflowTagged = z.infer<typeof MlflowTagged>;

export const MlflowNamed = z.object({ name });
export const MlflowVersionKey = MlflowNamed.extend({ version });

const alias = z.string().min(1, 'is missing').max(256);
export const MlflowAliasRequest = MlflowNamed.extend({ alias });
export const MlflowNewAlias = MlflowVersionKey.extend({ alias });

const description = z.string().max(4_000).optional();
const tags = z.array(MlflowTagged).max(100).optional();
export const MlflowNewModel = MlflowNamed.extend({ tags, description });
export const MlflowNewVersion = MlflowNamed.extend({
  /** Where the artifacts are: kept as it is, never followed. */
  source: z.string().min(1, 'is missing').max(1_000),
  run_id: z.string().max(500).optional(),
  run_link: z.string().max(1_000).optional(),
  tags,
  description,
});

const list = z.union([z.array(z.string()), z.string().transform((one) => [one])]);
export const MlflowSearch = z.object({
  /** A subset of MLflow's filter language: docs/mlflow.md. */
  filter: z.string().max(2_000).optional(),
  max_results: z.coerce.number().int().min(1).max(200_000).optional(),
  order_by: list.optional(),
  page_token: z.string().max(1_000).optional(),
});

export const MlflowModelVersion = z.object({
  name: z.string(),
  version: z.string(),
  creation_timestamp: epochMs,
  last_updated_timestamp: epochMs,
  /** `Production` or `Staging` where that alias points here; else `None`. */
  current_stage: z.string(),
  description: z.string().optional(),
  source: z.string(),
  run_id: z.string().optional(),
  run_link: z.string().optional(),
  status: z.literal('READY'),
  tags: z.array(MlflowTagged),
  aliases: z.array(z.string()),
});
export type MlflowModelVersion = z.infer<typeof MlflowModelVersion>;

export const MlflowRegisteredModel = z.object({
  name: z.string(),
  creation_timestamp: epochMs,
  last_updated_timestamp: epochMs,
  description: z.string().optional(),
  /** The newest of each stage. */
  latest_versions: z.array(MlflowModelVersion),
  tags: z.array(MlflowTagged),
  aliases: z.array(z.object({ alias: z.string(), version: z.string() })),
});
export type MlflowRegisteredModel = z.infer<typeof MlflowRegisteredModel>;
