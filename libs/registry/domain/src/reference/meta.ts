import type { ReferenceModelSource } from '../reference-model.ts';
import { llama31With405BArchitecture, llama3With70BArchitecture } from './architectures.ts';
import { referenceScores } from './scores.ts';
import { sources } from './sources.ts';

const hosted = 'No first-party API price: every host sets its own.';

export const metaModels: ReferenceModelSource[] = [
  {
    model: 'llama-3.1-405b',
    publisher: 'Meta',
    description: 'The largest dense model of the Llama 3.1 family.',
    versions: [
      {
        version: 'base',
        repository: 'meta-llama/Llama-3.1-405B',
        license: 'LicenseRef-Llama-3.1',
        releasedOn: '2024-07-23',
        baseModels: [],
        architecture: llama31With405BArchitecture,
        notes: ['Trained on more than 15 trillion tokens in 30.84 million GPU hours on H100-80GB.', 'MMLU circulates as 85.2, 85.4 (Meta, macro and micro average) and 84.4 (DeepSeek’s framework).'],
        sources: [sources.llama31Card],
        prices: [],
        scores: referenceScores.llama31Base,
      },
      {
        version: 'instruct',
        repository: 'meta-llama/Llama-3.1-405B-Instruct',
        license: 'LicenseRef-Llama-3.1',
        releasedOn: '2024-07-23',
        baseModels: [{ model: 'llama-3.1-405b', version: 'base', relation: 'finetune' }],
        architecture: llama31With405BArchitecture,
        notes: [hosted, 'MMLU circulates as 87.3, 87.71 (5-shot, macro and micro average) and 88.6 (0-shot with reasoning).'],
        sources: [sources.llama31Card],
        prices: [],
        scores: referenceScores.llama31Instruct,
      },
    ],
  },
  {
    model: 'llama-3.1-70b',
    publisher: 'Meta',
    description: 'Dense 70B model of the Llama 3.1 family.',
    versions: [
      {
        version: 'base',
        repository: 'meta-llama/Llama-3.1-70B',
        license: 'LicenseRef-Llama-3.1',
        releasedOn: '2024-07-23',
        baseModels: [],
        architecture: llama3With70BArchitecture,
        notes: ['Trained in 7.0 million GPU hours on H100-80GB.'],
        sources: [sources.llama31Card, sources.llamaRecipes],
        prices: [],
        scores: [],
      },
    ],
  },
  {
    model: 'llama-3.3-70b',
    publisher: 'Meta',
    description: 'Text-only 70B instruction model, the only size of Llama 3.3.',
    versions: [
      {
        version: 'instruct',
        repository: 'meta-llama/Llama-3.3-70B-Instruct',
        license: 'LicenseRef-Llama-3.3',
        releasedOn: '2024-12-06',
        baseModels: [{ model: 'llama-3.1-70b', version: 'base', relation: 'finetune' }],
        architecture: llama3With70BArchitecture,
        notes: [hosted, 'The base model is as the metadata of the published weights names it; Meta’s model card names none.', 'The licence gives 6 December 2024 as the release date, one README 4 December: the licence’s date counts.'],
        sources: [sources.llama33Card, sources.llamaRecipes],
        prices: [],
        scores: [],
      },
    ],
  },
];
