import type { ReferenceModelSource } from '../reference-model.ts';
import { qwen25With72BArchitecture } from './architectures.ts';
import { referenceScores } from './scores.ts';
import { sources } from './sources.ts';

export const qwenModels: ReferenceModelSource[] = [
  {
    model: 'qwen2.5-72b',
    publisher: 'Alibaba Cloud',
    description: 'The largest dense model of the Qwen2.5 family; under its own licence, unlike most of its siblings.',
    versions: [
      {
        version: 'base',
        repository: 'Qwen/Qwen2.5-72B',
        license: 'LicenseRef-Qwen-2024',
        releasedOn: '2024-09-19',
        baseModels: [],
        architecture: qwen25With72BArchitecture,
        notes: ['Trained on up to 18 trillion tokens.', 'Most other sizes are Apache-2.0; the 72B and the 3B are not.'],
        sources: [sources.qwen25Config, sources.qwenLicense],
        prices: [],
        scores: referenceScores.qwen25Base,
      },
      {
        version: 'instruct',
        repository: 'Qwen/Qwen2.5-72B-Instruct',
        license: 'LicenseRef-Qwen-2024',
        releasedOn: '2024-09-19',
        baseModels: [{ model: 'qwen2.5-72b', version: 'base', relation: 'finetune' }],
        architecture: { ...qwen25With72BArchitecture, contextLength: 32_768 },
        notes: ['The config allows 32,768 tokens; 131,072 with YaRN scaling.', 'No first-party price in US dollars: every host sets its own.'],
        sources: [sources.qwen25Config, sources.qwenLicense],
        prices: [],
        scores: referenceScores.qwen25Instruct,
      },
    ],
  },
];
