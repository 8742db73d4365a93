import type { Architecture } from '../cards/architecture.ts';
import type { ReferenceModelSource, ReferenceScore } from './reference-model.ts';
import { distilledQwen1BArchitecture, distilledQwen7BArchitecture, llama31With8BArchitecture, llama3With70BArchitecture, qwen25With14BArchitecture, qwen25With32BArchitecture } from './architectures.ts';
import { referenceScores } from './scores.ts';
import { sources } from './sources.ts';

interface Distilled {
  readonly size: string;
  readonly repository: string;
  readonly made: string;
  readonly base: { readonly model: string; readonly version: string };
  readonly architecture: Architecture;
  readonly scores: ReferenceScore[];
  readonly notes: string[];
  readonly from: ReferenceModelSource['versions'][number]['sources'];
}

const llamaName = 'Its name does not begin with "Llama", as clause 1.b.i of the Llama licence asks: a finding about the publisher, not about who uses it.';
const staysUnder = (name: string): string => `Its card says MIT; the README (section 7) adds that it stays under the licence of its base, ${name}.`;

const distilled = ({ size, repository, made, base, architecture, scores, notes, from }: Distilled): ReferenceModelSource => ({
  model: `deepseek-r1-distill-${size}`,
  publisher: 'DeepSeek',
  description: `${made}, tuned on outputs of DeepSeek-R1.`,
  versions: [
    {
      version: '2025-01-20',
      repository: `deepseek-ai/${repository}`,
      license: 'MIT',
      codeLicense: 'MIT',
      releasedOn: '2025-01-20',
      baseModels: [
        { ...base, relation: 'finetune' },
        { model: 'deepseek-r1', version: '2025-01-20', relation: 'distilled' },
      ],
      architecture,
      notes,
      sources: [sources.deepseekR1Repository, ...from],
      scores,
    },
  ],
});

/** README of DeepSeek-R1, section 3: what each was made from. */
export const deepseekDistilledModels: ReferenceModelSource[] = [
  distilled({ size: 'qwen-1.5b', repository: 'DeepSeek-R1-Distill-Qwen-1.5B', made: 'Qwen2.5-Math-1.5B', base: { model: 'qwen2.5-math-1.5b', version: 'base' }, architecture: distilledQwen1BArchitecture, scores: referenceScores.distilledQwen1b, notes: [staysUnder('Apache-2.0'), 'Has an output head of its own, so it is larger than its base.'], from: [sources.qwen25Card] }),
  distilled({ size: 'qwen-7b', repository: 'DeepSeek-R1-Distill-Qwen-7B', made: 'Qwen2.5-Math-7B', base: { model: 'qwen2.5-math-7b', version: 'base' }, architecture: distilledQwen7BArchitecture, scores: referenceScores.distilledQwen7b, notes: [staysUnder('Apache-2.0')], from: [sources.qwen25Card] }),
  distilled({ size: 'qwen-14b', repository: 'DeepSeek-R1-Distill-Qwen-14B', made: 'Qwen2.5-14B', base: { model: 'qwen2.5-14b', version: 'base' }, architecture: qwen25With14BArchitecture, scores: referenceScores.distilledQwen14b, notes: [staysUnder('Apache-2.0')], from: [sources.qwen25Card] }),
  distilled({ size: 'qwen-32b', repository: 'DeepSeek-R1-Distill-Qwen-32B', made: 'Qwen2.5-32B', base: { model: 'qwen2.5-32b', version: 'base' }, architecture: qwen25With32BArchitecture, scores: referenceScores.distilledQwen32b, notes: [staysUnder('Apache-2.0')], from: [sources.qwen25Card] }),
  distilled({ size: 'llama-8b', repository: 'DeepSeek-R1-Distill-Llama-8B', made: 'Llama 3.1 8B', base: { model: 'llama-3.1-8b', version: 'base' }, architecture: llama31With8BArchitecture, scores: referenceScores.distilledLlama8b, notes: [staysUnder('Llama 3.1'), llamaName], from: [sources.llama31Card] }),
  distilled({ size: 'llama-70b', repository: 'DeepSeek-R1-Distill-Llama-70B', made: 'Llama 3.3 70B Instruct', base: { model: 'llama-3.3-70b', version: 'instruct' }, architecture: llama3With70BArchitecture, scores: referenceScores.distilledLlama70b, notes: [staysUnder('Llama 3.3'), llamaName], from: [sources.llama33Card, sources.llamaRecipes] }),
];
