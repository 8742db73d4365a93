import type { Architecture } from '../cards/architecture.ts';
import type { ReferenceModelSource, ReferenceTraining } from './reference-model.ts';
import { qwen25MathWith1BArchitecture, qwen25MathWith7BArchitecture, qwen25With14BArchitecture, qwen25With32BArchitecture, qwen25With72BArchitecture } from './architectures.ts';
import { referenceScores } from './scores.ts';
import { sources } from './sources.ts';
import { trainingFacts } from './training.ts';

const open = (model: string, repository: string, size: string, architecture: Architecture, training: ReferenceTraining | null): ReferenceModelSource => ({
  model,
  publisher: 'Alibaba Cloud',
  description: `Dense ${size} model of the Qwen2.5 family, under Apache-2.0; a base of the distilled DeepSeek-R1 models.`,
  versions: [
    {
      version: 'base',
      repository,
      license: 'Apache-2.0',
      releasedOn: '2024-09-19',
      architecture,
      training,
      notes: ['Licensed by size: this one is Apache-2.0, the 72B and the 3B are not.', 'No first-party price in US dollars: every host sets its own.'],
      sources: [sources.qwen25Card],
    },
  ],
});

export const qwenModels: ReferenceModelSource[] = [
  open('qwen2.5-math-1.5b', 'Qwen/Qwen2.5-Math-1.5B', '1.5B mathematics', qwen25MathWith1BArchitecture, null),
  open('qwen2.5-math-7b', 'Qwen/Qwen2.5-Math-7B', '7B mathematics', qwen25MathWith7BArchitecture, null),
  open('qwen2.5-14b', 'Qwen/Qwen2.5-14B', '14B', qwen25With14BArchitecture, trainingFacts.qwen25),
  open('qwen2.5-32b', 'Qwen/Qwen2.5-32B', '32B', qwen25With32BArchitecture, trainingFacts.qwen25),
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
        contextMarketed: '131,072 with YaRN',
        training: trainingFacts.qwen25,
        notes: ['Most other sizes are Apache-2.0; the 72B and the 3B are not.'],
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
        contextMarketed: '131,072 with YaRN',
        notes: ['The config allows 32,768 tokens; 131,072 with YaRN scaling.', 'No first-party price in US dollars: every host sets its own.'],
        sources: [sources.qwen25Config, sources.qwenLicense],
        prices: [],
        scores: referenceScores.qwen25Instruct,
      },
    ],
  },
];
