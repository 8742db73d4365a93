import { modelExampleVersions } from './license-examples-models.ts';
import { softwareExampleVersions } from './license-examples-software.ts';
import type { LineageRelation, LineageVersion } from '../lineage/lineage.ts';

type Base = readonly [relation: LineageRelation, ref: string];

const version = (ref: string, publisher: string, license: string | null, ...bases: readonly Base[]): LineageVersion => ({
  ref,
  publisher,
  license,
  baseModels: bases.map(([relation, base]) => ({ relation, ref: base })),
});

/** Versions that the licence examples speak of, with the papers that they were really published with. */
export const exampleVersions: readonly LineageVersion[] = [
  version('deepseek-v3-base@2024-12', 'DeepSeek', 'LicenseRef-DeepSeek-Model-1.0'),
  version('deepseek-v3@2024-12', 'DeepSeek', 'LicenseRef-DeepSeek-Model-1.0', ['finetune', 'deepseek-v3-base@2024-12']),
  version('deepseek-r1@2025-01', 'DeepSeek', 'MIT', ['finetune', 'deepseek-v3-base@2024-12']),
  version('someone-v3-tune@1', 'Someone', 'MIT', ['finetune', 'deepseek-v3-base@2024-12']),

  version('llama-2-13b@1', 'Meta', 'LicenseRef-Llama-2'),
  version('llama-3-70b@1', 'Meta', 'LicenseRef-Llama-3'),
  version('llama-3.1-8b@1', 'Meta', 'LicenseRef-Llama-3.1'),
  version('llama-3.1-70b@1', 'Meta', 'LicenseRef-Llama-3.1'),
  version('llama-3.1-405b@1', 'Meta', 'LicenseRef-Llama-3.1'),
  version('llama-3.2-11b-vision@1', 'Meta', 'LicenseRef-Llama-3.2'),
  version('llama-3.2-3b@1', 'Meta', 'LicenseRef-Llama-3.2', ['distilled', 'llama-3.1-70b@1']),
  version('llama-3.3-70b@instruct', 'Meta', 'LicenseRef-Llama-3.3', ['finetune', 'llama-3.1-70b@1']),
  version('llama-4-scout@1', 'Meta', 'LicenseRef-Llama-4'),

  version('qwen2.5-3b@1', 'Alibaba Cloud', 'LicenseRef-Qwen-Research-2024'),
  version('qwen2.5-32b@1', 'Alibaba Cloud', 'Apache-2.0'),
  version('qwen2.5-72b@1', 'Alibaba Cloud', 'LicenseRef-Qwen-2024'),
  version('qwen2.5-72b-instruct@1', 'Alibaba Cloud', 'LicenseRef-Qwen-2024', ['finetune', 'qwen2.5-72b@1']),

  version('gemma-2-27b@1', 'Google', 'LicenseRef-Gemma'),
  version('gemma-3-27b@1', 'Google', 'LicenseRef-Gemma'),
  version('kimi-k2@1', 'Moonshot AI', 'LicenseRef-Kimi-K2-Modified-MIT'),
  version('gpt-4o@2024-08-06', 'OpenAI', 'LicenseRef-OpenAI-Services-Agreement'),
  version('claude-3.5-sonnet@2024-10-22', 'Anthropic', 'LicenseRef-Anthropic-Commercial-Terms'),

  version('deepseek-r1-distill-llama-70b@1', 'DeepSeek', 'MIT', ['finetune', 'llama-3.3-70b@instruct'], ['distilled', 'deepseek-r1@2025-01']),
  version('deepseek-r1-distill-llama-8b@1', 'DeepSeek', 'MIT', ['finetune', 'llama-3.1-8b@1'], ['distilled', 'deepseek-r1@2025-01']),
  version('deepseek-r1-distill-qwen-32b@1', 'DeepSeek', 'MIT', ['finetune', 'qwen2.5-32b@1'], ['distilled', 'deepseek-r1@2025-01']),
  version('deepseek-r1-distill-llama-70b-gguf@1', 'unsloth', 'LicenseRef-Llama-3.3', ['quantized', 'deepseek-r1-distill-llama-70b@1']),
  version('llama-3.1-tulu-3-8b@1', 'allenai', 'LicenseRef-Llama-3.1', ['finetune', 'llama-3.1-8b@1'], ['distilled', 'gemma-2-27b@1'], ['distilled', 'qwen2.5-72b-instruct@1']),
  version('llama-3.1-tulu-2-8b@1', 'allenai', 'Apache-2.0', ['finetune', 'llama-3.1-8b@1']),
  version('llama-gemma-2-27b-sft@1', 'Aratako', 'LicenseRef-Gemma', ['finetune', 'gemma-2-27b@1'], ['distilled', 'llama-3.1-70b@1']),
  version('llama-3.1-swallow-8b@base', 'tokyotech-llm', 'LicenseRef-Llama-3.1', ['finetune', 'llama-3.1-8b@1']),
  version('llama-3.1-swallow-8b@instruct', 'tokyotech-llm', 'LicenseRef-Llama-3.1', ['finetune', 'llama-3.1-8b@1'], ['distilled', 'gemma-2-27b@1']),
  version('vicuna-13b@1.5', 'lmsys', 'LicenseRef-Llama-2', ['finetune', 'llama-2-13b@1'], ['distilled', 'gpt-4o@2024-08-06']),
  version('llama-2-student@1', 'Someone', 'MIT', ['distilled', 'llama-2-13b@1']),

  version('bloomz-7b1@1', 'BigScience', 'LicenseRef-BigScience-BLOOM-RAIL-1.0'),
  version('starcoder2-15b@1', 'BigCode', 'LicenseRef-BigCode-OpenRAIL-M-1'),
  version('sdxl@1.0', 'Stability AI', 'LicenseRef-CreativeML-OpenRAIL-PlusPlus-M'),
  version('abacus@mini', 'abacus', 'LicenseRef-BigScience-OpenRAIL-M'),
  version('mistral-large@2411', 'Mistral AI', 'LicenseRef-MistralAI-MRL-0.1'),
  version('minimax-m2@1', 'MiniMax', 'LicenseRef-MiniMax-M2-Modified-MIT'),
  version('devstral-2-123b@1', 'Mistral AI', 'LicenseRef-MistralAI-Modified-MIT-Revenue'),
  version('falcon-180b@1', 'TII', 'LicenseRef-TII-Falcon-180B-1.0'),
  version('musicgen@1', 'Meta', 'CC-BY-NC-4.0'),
  version('nc-apache-merge@1', 'Someone', 'Apache-2.0', ['merge', 'musicgen@1'], ['merge', 'qwen2.5-32b@1']),

  version('sd3.5-large@1', 'Stability AI', 'LicenseRef-StabilityAI-Community-2024-07'),
  version('hunyuan-a13b@1', 'Tencent', 'LicenseRef-Tencent-Hunyuan-Community-2024-12'),
  version('hunyuan-large@1', 'Tencent', 'LicenseRef-Tencent-Hunyuan-Community-2024-11'),
  version('dbrx@instruct', 'Databricks', 'LicenseRef-Databricks-Open-Model'),
  { ...version('yi-34b@2023-11', '01.AI', 'LicenseRef-01AI-Yi-2.1'), conflictingLicenses: ['Apache-2.0'] },
  version('yi-34b-tune@1', 'Someone', 'Apache-2.0', ['finetune', 'yi-34b@2023-11']),

  version('acme-chat@1', 'Acme', null),
  version('acme-tune@1', 'Acme', 'Apache-2.0', ['finetune', 'acme-chat@1']),
  version('orphan@1', 'Acme', 'Apache-2.0', ['finetune', 'never-registered@1']),
  { ...version('mislabelled@1', 'Acme', 'MIT'), conflictingLicenses: ['LicenseRef-Llama-3.1'] },

  ...softwareExampleVersions,
  ...modelExampleVersions,
];
