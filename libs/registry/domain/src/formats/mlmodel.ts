import { z } from 'zod';
import { PublicationError } from './publication-error.ts';

export interface MlmodelFacts {
  readonly flavors: readonly string[];
  /** Hub repository whose weights were logged, or that an adapter sits on. */
  readonly sourceModel: string | null;
  readonly sourceRevision: string | null;
  /** Folder of the weights, relative to the MLmodel file; null: not stated. */
  readonly weightsFolder: string | null;
  /** Folder of a PEFT adapter. */
  readonly adapterFolder: string | null;
  readonly task: string | null;
  readonly dtype: string | null;
  readonly mlflowVersion: string | null;
  readonly modelUuid: string | null;
  readonly runId: string | null;
  readonly createdAt: string | null;
  /** `license` of the free metadata. */
  readonly license: string | null;
  readonly licenseKey: string | null;
  readonly name: string | null;
  /** Flavours that load pickles. */
  readonly pickles: readonly string[];
}

const text = z.string().trim().min(1).max(500).nullish().catch(null);
const Flavor = z.looseObject({
  source_model_name: text,
  source_model_revision: text,
  model_binary: text,
  peft_adaptor: text,
  task: text,
  torch_dtype: text,
  repo_id: text,
});
const Mlmodel = z.looseObject({
  flavors: z.record(z.string().max(100), z.unknown()).refine((flavors) => Object.keys(flavors).length <= 100, 'too many flavours'),
  mlflow_version: text,
  model_uuid: text,
  model_id: text,
  run_id: text,
  utc_time_created: z.unknown().optional(),
  artifact_path: text,
  metadata: z.record(z.string().max(500), z.unknown()).nullish().catch(null),
});

/** Flavours whose loader unpickles. */
const pickling = new Set(['sklearn', 'python_function', 'pytorch', 'pmdarima', 'statsmodels', 'langchain']);
const licenseKeys = ['license', 'license_name', 'licence', 'spdx_license'] as const;
const isInside = (path: string): boolean => !/^[/\\]|\\|\0/.test(path) && !path.split('/').includes('..');

/** Reads a parsed MLmodel file (MLflow's model format). Throws {@link PublicationError} when it is none. */
export function mlmodelFacts(yaml: unknown): MlmodelFacts {
  const parsed = Mlmodel.safeParse(yaml);
  if (!parsed.success) throw new PublicationError(`this is no MLmodel file: ${parsed.error.issues[0]?.path.join('.') ?? ''} ${parsed.error.issues[0]?.message ?? ''}`.trim());
  const { flavors, metadata, ...model } = parsed.data;
  const transformers = Flavor.safeParse(Object.hasOwn(flavors, 'transformers') ? flavors['transformers'] : Object.hasOwn(flavors, 'sentence_transformers') ? flavors['sentence_transformers'] : {}).data;
  const licenseKey = licenseKeys.find((key) => typeof metadata?.[key] === 'string') ?? null;
  const folder = (path: string | null | undefined): string | null => (path !== null && path !== undefined && isInside(path) ? path : null);
  const named = metadata?.['name'];
  return {
    flavors: Object.keys(flavors),
    sourceModel: transformers?.source_model_name ?? transformers?.repo_id ?? null,
    sourceRevision: transformers?.source_model_revision ?? null,
    weightsFolder: folder(transformers?.model_binary),
    adapterFolder: folder(transformers?.peft_adaptor),
    task: transformers?.task ?? null,
    dtype: transformers?.torch_dtype ?? null,
    mlflowVersion: model.mlflow_version ?? null,
    modelUuid: model.model_uuid ?? model.model_id ?? null,
    runId: model.run_id ?? null,
    createdAt: typeof model.utc_time_created === 'string' ? model.utc_time_created.slice(0, 40) : null,
    license: licenseKey === null ? null : String(metadata?.[licenseKey]).trim().slice(0, 200) || null,
    licenseKey,
    name: typeof named === 'string' ? named : (model.artifact_path ?? null),
    pickles: Object.keys(flavors).filter((flavor) => pickling.has(flavor) && !(flavor === 'python_function' && transformers?.source_model_name)),
  };
}
