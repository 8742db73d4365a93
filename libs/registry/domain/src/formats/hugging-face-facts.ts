import { z } from 'zod';
import type { Architecture } from '../cards/architecture.ts';
import { architectureFromConfig } from './hugging-face-config.ts';
import { modelIndexScores } from './hugging-face-scores.ts';
import type { PublishedScore } from './hugging-face-scores.ts';

const text = z.string().trim().min(1).max(500);
const oneOrMany = z.union([text.transform((item) => [item]), z.array(text).max(50)]);
const relations = ['finetune', 'adapter', 'quantized', 'merge'] as const;

/** The front matter keys that the registry reads; each is dropped by itself when it is malformed. */
const keys = {
  license: oneOrMany,
  license_name: text,
  license_link: text,
  base_model: oneOrMany,
  base_model_relation: z.enum(relations),
  library_name: text,
  pipeline_tag: text,
  language: oneOrMany,
  tags: z.array(z.string().max(500)).max(1_000),
  new_version: text,
};
type Key = keyof typeof keys;

/** Tasks with more than text at one end, e.g. `image-text-to-text`, `any-to-any`. */
const multimodalTask = /image|video|audio|speech|visual|any-to-any/;
const part = z.looseObject({});
const SensesConfig = z.union([z.looseObject({ vision_config: part }), z.looseObject({ audio_config: part })]);
const Storage = z.looseObject({ torch_dtype: text.nullish().catch(null), dtype: text.nullish().catch(null), quantization_config: z.looseObject({ quant_method: text.nullish().catch(null) }).nullish().catch(null) });

/** What a Hugging Face repository says about its model, as it says it. */
export interface HuggingFaceFacts {
  readonly architecture: Architecture;
  readonly licenseTag: string | null;
  readonly licenseName: string | null;
  readonly licenseLink: string | null;
  /** Repository ids of the base models, e.g. `meta-llama/Llama-3.1-8B`. */
  readonly baseModels: readonly string[];
  /** Null: not stated. */
  readonly baseModelRelation: (typeof relations)[number] | null;
  readonly libraryName: string | null;
  readonly pipelineTag: string | null;
  /** True where the task or a part of the configuration says so; null: not known. */
  readonly multimodal: true | null;
  readonly languages: readonly string[];
  readonly tags: readonly string[];
  /** Repository that supersedes this one. */
  readonly newVersion: string | null;
  /** Type of the numbers as config.json states it, e.g. `bfloat16`. */
  readonly dtype: string | null;
  /** `quant_method` of config.json, e.g. `fp8`, `gptq`. */
  readonly quantization: string | null;
  readonly scores: readonly PublishedScore[];
  readonly findings: readonly string[];
  /** Those of the findings that no publisher writes by mistake. */
  readonly absurd: readonly string[];
}

/** `configJson` is the parsed config.json, `readmeFrontMatter` the parsed YAML head of README.md; undefined: the file is missing. Never throws. */
export function huggingFaceFacts({ configJson, readmeFrontMatter }: { configJson: unknown; readmeFrontMatter: unknown }): HuggingFaceFacts {
  const config = configJson === undefined ? { architecture: architectureFromConfig({}).architecture, faults: ['There is no config.json: the architecture is not known.'], absurd: [] } : architectureFromConfig(configJson);
  const findings = [...config.faults];
  const matter = z.record(z.string(), z.unknown()).safeParse(readmeFrontMatter ?? {});
  if (!matter.success) findings.push('The front matter of README.md is not a mapping of keys to values.');
  const read = <K extends Key>(key: K): z.output<(typeof keys)[K]> | null => {
    const value = matter.success && Object.hasOwn(matter.data, key) ? matter.data[key] : undefined;
    if (value === undefined || value === null) return null;
    const parsed = keys[key].safeParse(value);
    if (!parsed.success) findings.push(`README.md: ${key} has a value that cannot be read.`);
    return parsed.success ? (parsed.data as z.output<(typeof keys)[K]>) : null;
  };
  const licenses = read('license') ?? [];
  const pipelineTag = read('pipeline_tag');
  if (licenses.length > 1) findings.push(`README.md names ${licenses.length} licences: ${licenses.join(', ')}.`);
  const { scores, faults } = modelIndexScores(matter.success ? matter.data['model-index'] : undefined);
  const stored = Storage.safeParse(configJson).data;
  return {
    architecture: config.architecture,
    licenseTag: licenses.length === 1 ? (licenses[0] ?? null) : null,
    licenseName: read('license_name'),
    licenseLink: read('license_link'),
    baseModels: read('base_model') ?? [],
    baseModelRelation: read('base_model_relation'),
    libraryName: read('library_name'),
    pipelineTag,
    multimodal: multimodalTask.test(pipelineTag ?? '') || SensesConfig.safeParse(configJson).success ? true : null,
    languages: read('language') ?? [],
    tags: read('tags') ?? [],
    newVersion: read('new_version'),
    dtype: stored?.dtype ?? stored?.torch_dtype ?? null,
    quantization: stored?.quantization_config?.quant_method ?? null,
    scores,
    findings: [...findings, ...faults],
    absurd: config.absurd,
  };
}
