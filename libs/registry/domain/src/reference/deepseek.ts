import type { ReferenceModelSource, ReferencePrice } from '../reference-model.ts';
import { deepseekV3Architecture, llama3With70BArchitecture } from './architectures.ts';
import { referenceScores } from './scores.ts';
import { sources } from './sources.ts';

const provider = 'DeepSeek';
const offPeak = { windowUtc: '16:30-00:30', from: '2025-02-26T16:30:00Z', to: '2025-09-05T16:00:00Z' } as const;

const chatPrices: ReferencePrice[] = [
  {
    provider,
    apiName: 'deepseek-chat',
    cachedInputUsdPerMillion: '0.014',
    inputUsdPerMillion: '0.14',
    outputUsdPerMillion: '0.28',
    from: '2024-12-26T00:00:00Z',
    to: '2025-02-08T16:00:00Z',
    note: 'launch promotion: the prices of V2.5 kept on; the hour at which the name began to serve V3 is not published',
    source: sources.deepseekLaunchPrices,
  },
  {
    provider,
    apiName: 'deepseek-chat',
    cachedInputUsdPerMillion: '0.07',
    inputUsdPerMillion: '0.27',
    outputUsdPerMillion: '1.10',
    from: '2025-02-08T16:00:00Z',
    to: '2025-09-05T16:00:00Z',
    note: 'the name served V3-0324 from March and V3.1 from 2025-08-21 at the same price',
    source: sources.deepseekPrices,
  },
  {
    provider,
    apiName: 'deepseek-chat',
    cachedInputUsdPerMillion: '0.035',
    inputUsdPerMillion: '0.135',
    outputUsdPerMillion: '0.55',
    ...offPeak,
    note: 'off-peak, half price',
    source: sources.deepseekPrices,
  },
];

const reasonerPrices: ReferencePrice[] = [
  {
    provider,
    apiName: 'deepseek-reasoner',
    cachedInputUsdPerMillion: '0.14',
    inputUsdPerMillion: '0.55',
    outputUsdPerMillion: '2.19',
    from: '2025-01-20T00:00:00Z',
    to: '2025-09-05T16:00:00Z',
    note: 'the name served R1-0528 from May and V3.1 from 2025-08-21 at the same price',
    source: sources.deepseekPrices,
  },
  {
    provider,
    apiName: 'deepseek-reasoner',
    cachedInputUsdPerMillion: '0.035',
    inputUsdPerMillion: '0.135',
    outputUsdPerMillion: '0.55',
    ...offPeak,
    note: 'off-peak, a quarter of the price',
    source: sources.deepseekPrices,
  },
];

export const deepseekModels: ReferenceModelSource[] = [
  {
    model: 'deepseek-v3-base',
    publisher: 'DeepSeek',
    description: 'The pre-trained mixture-of-experts model under DeepSeek-V3 and R1.',
    versions: [
      {
        version: '2024-12-26',
        repository: 'deepseek-ai/DeepSeek-V3-Base',
        license: 'LicenseRef-DeepSeek-Model-1.0',
        releasedOn: '2024-12-26',
        baseModels: [],
        architecture: deepseekV3Architecture,
        notes: [
          'Pre-trained on 14.8 trillion tokens in 2,664,000 GPU hours on 2,048 H800, at the report’s assumed $2 an hour $5.328 million; research and ablations not included.',
          'Code is MIT, weights are under the DeepSeek Model License.',
        ],
        sources: [sources.deepseekV3Report, sources.deepseekV3Repository],
        prices: [],
        scores: referenceScores.deepseekV3Base,
      },
    ],
  },
  {
    model: 'deepseek-v3',
    publisher: 'DeepSeek',
    description: 'Mixture of experts with latent attention: 671B parameters, of which 37B work on a token.',
    versions: [
      {
        version: '2024-12-26',
        repository: 'deepseek-ai/DeepSeek-V3',
        license: 'LicenseRef-DeepSeek-Model-1.0',
        releasedOn: '2024-12-26',
        baseModels: [{ model: 'deepseek-v3-base', version: '2024-12-26', relation: 'finetune' }],
        architecture: deepseekV3Architecture,
        notes: [
          'Training from the first token to the chat model took 2,788,000 H800 hours, $5.576 million at the report’s assumed $2 an hour.',
          'Marketed with 128K context; the config allows 163,840 tokens.',
          'The multi-token-prediction module adds 11.6B parameters that are not part of the 671B.',
          'Aider-Polyglot: 49.6 is DeepSeek’s own figure, 48.4 (109 of 225) that of the benchmark’s data file.',
        ],
        sources: [sources.deepseekV3Report, sources.deepseekV3Repository],
        prices: chatPrices,
        scores: referenceScores.deepseekV3,
      },
    ],
  },
  {
    model: 'deepseek-r1',
    publisher: 'DeepSeek',
    description: 'Reasoning model trained from DeepSeek-V3-Base with reinforcement learning.',
    versions: [
      {
        version: '2025-01-20',
        repository: 'deepseek-ai/DeepSeek-R1',
        license: 'MIT',
        releasedOn: '2025-01-20',
        baseModels: [{ model: 'deepseek-v3-base', version: '2024-12-26', relation: 'finetune' }],
        architecture: deepseekV3Architecture,
        notes: [
          'Licensed MIT by the licensor of its base: the restrictions of the DeepSeek Model License do not reach it.',
          'The README expressly allows training other models on its outputs.',
        ],
        sources: [sources.deepseekR1Report, sources.deepseekR1Repository],
        prices: reasonerPrices,
        scores: referenceScores.deepseekR1,
      },
    ],
  },
  {
    model: 'deepseek-r1-distill-llama-70b',
    publisher: 'DeepSeek',
    description: 'Llama 3.3 70B Instruct, tuned on outputs of DeepSeek-R1.',
    versions: [
      {
        version: '2025-01-20',
        repository: 'deepseek-ai/DeepSeek-R1-Distill-Llama-70B',
        license: 'MIT',
        releasedOn: '2025-01-20',
        baseModels: [
          { model: 'llama-3.3-70b', version: 'instruct', relation: 'finetune' },
          { model: 'deepseek-r1', version: '2025-01-20', relation: 'distilled' },
        ],
        architecture: llama3With70BArchitecture,
        notes: [
          'Its card says MIT; the README (section 7) adds that it stays under the licence of its base, Llama 3.3.',
          'Its name does not begin with "Llama", as clause 1.b.i of the Llama 3.3 licence asks: a finding about the publisher, not about who uses it.',
        ],
        sources: [sources.deepseekR1Repository, sources.llama33Card, sources.llamaRecipes],
        prices: [],
        scores: [],
      },
    ],
  },
];
