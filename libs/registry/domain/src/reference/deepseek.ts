import type { ReferenceModelSource } from './reference-model.ts';
import { deepseekV3Architecture } from './architectures.ts';
import { pricesWhile } from './price-history.ts';
import { referenceScores } from './scores.ts';
import { sources } from './sources.ts';
import { trainingFacts } from './training.ts';

const publisher = 'DeepSeek';
const modelLicense = 'LicenseRef-DeepSeek-Model-1.0';
const fromBase = [{ model: 'deepseek-v3-base', version: '2024-12-26', relation: 'finetune' as const }];
const trainingUndisclosed = 'What the revision took to train is not disclosed.';

export const deepseekModels: ReferenceModelSource[] = [
  {
    model: 'deepseek-v3-base',
    publisher,
    description: 'The pre-trained mixture-of-experts model under DeepSeek-V3 and R1.',
    versions: [
      {
        version: '2024-12-26',
        repository: 'deepseek-ai/DeepSeek-V3-Base',
        license: modelLicense,
        codeLicense: 'MIT',
        releasedOn: '2024-12-26',
        contextMarketed: '128K',
        architecture: deepseekV3Architecture,
        training: trainingFacts.deepseekV3Base,
        notes: ['Code is MIT, weights are under the DeepSeek Model License.'],
        sources: [sources.deepseekV3Report, sources.deepseekV3Repository],
        scores: referenceScores.deepseekV3Base,
      },
    ],
  },
  {
    model: 'deepseek-v3',
    publisher,
    description: 'Mixture of experts with latent attention: 671B parameters, of which 37B work on a token.',
    versions: [
      {
        version: '2024-12-26',
        repository: 'deepseek-ai/DeepSeek-V3',
        license: modelLicense,
        codeLicense: 'MIT',
        releasedOn: '2024-12-26',
        contextMarketed: '128K',
        baseModels: fromBase,
        architecture: deepseekV3Architecture,
        training: trainingFacts.deepseekV3,
        notes: [
          'Marketed with 128K context; the config allows 163,840 tokens.',
          'The multi-token-prediction module adds 11.6B parameters that are not part of the 671B: the hub counts 685B with its copies and scales.',
          'Aider-Polyglot: 49.6 is DeepSeek’s own figure, 48.4 (109 of 225) that of the benchmark’s data file.',
          'Codeforces circulates as percentile 51.6 (V3 report) and 58.7 (R1 report), C-SimpleQA as 64.8 and 68.0.',
        ],
        sources: [sources.deepseekV3Report, sources.deepseekV3Repository],
        prices: pricesWhile('deepseek-chat', '2024-12-26T00:00:00Z', '2025-03-24T00:00:00Z'),
        scores: referenceScores.deepseekV3,
      },
      {
        version: '2025-03-24',
        repository: 'deepseek-ai/DeepSeek-V3-0324',
        license: 'MIT',
        codeLicense: 'MIT',
        releasedOn: '2025-03-24',
        contextMarketed: '128K',
        baseModels: fromBase,
        architecture: deepseekV3Architecture,
        notes: [
          'Under MIT, unlike the version of December 2024: military use of this one is not forbidden, of that one it is.',
          'Its tag says MIT, as others describe it; one source dates the release 25 March.',
          trainingUndisclosed,
        ],
        sources: [sources.deepseekRevisions, sources.deepseekV3Repository],
        prices: pricesWhile('deepseek-chat', '2025-03-24T00:00:00Z', '2025-08-21T00:00:00Z'),
      },
    ],
  },
  {
    model: 'deepseek-r1-zero',
    publisher,
    description: 'DeepSeek-V3-Base after reinforcement learning without supervised tuning.',
    versions: [
      {
        version: '2025-01-20',
        repository: 'deepseek-ai/DeepSeek-R1-Zero',
        license: 'MIT',
        codeLicense: 'MIT',
        releasedOn: '2025-01-20',
        contextMarketed: '128K',
        baseModels: fromBase,
        architecture: deepseekV3Architecture,
        notes: ['About 101,000 H800 hours, counted with R1’s.'],
        sources: [sources.deepseekR1Report, sources.deepseekR1Repository],
      },
    ],
  },
  {
    model: 'deepseek-r1',
    publisher,
    description: 'Reasoning model trained from DeepSeek-V3-Base with reinforcement learning.',
    versions: [
      {
        version: '2025-01-20',
        repository: 'deepseek-ai/DeepSeek-R1',
        license: 'MIT',
        codeLicense: 'MIT',
        releasedOn: '2025-01-20',
        contextMarketed: '128K',
        baseModels: fromBase,
        architecture: deepseekV3Architecture,
        training: trainingFacts.deepseekR1,
        notes: [
          'Licensed MIT by the licensor of its base: the restrictions of the DeepSeek Model License do not reach it.',
          'The README expressly allows training other models on its outputs.',
        ],
        sources: [sources.deepseekR1Report, sources.deepseekR1Repository],
        prices: pricesWhile('deepseek-reasoner', '2025-01-20T00:00:00Z', '2025-05-28T00:00:00Z'),
        scores: referenceScores.deepseekR1,
      },
      {
        version: '2025-05-28',
        repository: 'deepseek-ai/DeepSeek-R1-0528',
        license: 'MIT',
        codeLicense: 'MIT',
        releasedOn: '2025-05-28',
        contextMarketed: '128K',
        baseModels: fromBase,
        architecture: deepseekV3Architecture,
        notes: ['Its tag says MIT, as others describe it.', trainingUndisclosed],
        sources: [sources.deepseekRevisions, sources.deepseekR1Repository],
        prices: pricesWhile('deepseek-reasoner', '2025-05-28T00:00:00Z', '2025-08-21T00:00:00Z'),
      },
    ],
  },
];
