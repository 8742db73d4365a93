import type { ReferenceModelSource } from './reference-model.ts';
import { llama31With405BArchitecture, llama31With8BArchitecture, llama3With70BArchitecture } from './architectures.ts';
import { referenceScores } from './scores.ts';
import { sources } from './sources.ts';
import { trainingFacts } from './training.ts';

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
        training: trainingFacts.llama31With405B,
        contextMarketed: '128k',
        notes: ['MMLU circulates as 85.2, 85.4 (Meta, macro and micro average) and 84.4 (DeepSeek’s framework).'],
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
        contextMarketed: '128k',
        notes: [hosted, 'MMLU circulates as 87.3, 87.71 (5-shot, macro and micro average) and 88.6 (0-shot with reasoning).'],
        sources: [sources.llama31Card],
        prices: [],
        scores: referenceScores.llama31Instruct,
      },
    ],
  },
  {
    model: 'llama-3.1-8b',
    publisher: 'Meta',
    description: 'Dense 8B model of the Llama 3.1 family.',
    versions: [
      {
        version: 'base',
        repository: 'meta-llama/Llama-3.1-8B',
        license: 'LicenseRef-Llama-3.1',
        releasedOn: '2024-07-23',
        contextMarketed: '128k',
        architecture: llama31With8BArchitecture,
        training: trainingFacts.llama31With8B,
        notes: [hosted],
        sources: [sources.llama31Card],
      },
      {
        version: 'instruct',
        repository: 'meta-llama/Llama-3.1-8B-Instruct',
        license: 'LicenseRef-Llama-3.1',
        releasedOn: '2024-07-23',
        contextMarketed: '128k',
        baseModels: [{ model: 'llama-3.1-8b', version: 'base', relation: 'finetune' }],
        architecture: llama31With8BArchitecture,
        notes: [hosted],
        sources: [sources.llama31Card],
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
        training: trainingFacts.llama31With70B,
        contextMarketed: '128k',
        notes: [hosted],
        sources: [sources.llama31Card, sources.llamaRecipes],
      },
      {
        version: 'instruct',
        repository: 'meta-llama/Llama-3.1-70B-Instruct',
        license: 'LicenseRef-Llama-3.1',
        releasedOn: '2024-07-23',
        contextMarketed: '128k',
        baseModels: [{ model: 'llama-3.1-70b', version: 'base', relation: 'finetune' }],
        architecture: llama3With70BArchitecture,
        notes: [hosted],
        sources: [sources.llama31Card, sources.llamaRecipes],
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
