import type { ReferenceModelSource } from './reference-model.ts';
import { deepseek67BArchitecture, deepseekV2Architecture } from './architectures.ts';
import { pricesWhile } from './price-history.ts';
import { referenceScores } from './scores.ts';
import { sources } from './sources.ts';
import { trainingFacts } from './training.ts';

const publisher = 'DeepSeek';
const license = 'LicenseRef-DeepSeek-Model-1.0';
const twoLicenses = 'Code is MIT, weights are under the DeepSeek Model License.';

export const deepseekEarlyModels: ReferenceModelSource[] = [
  {
    model: 'deepseek-llm-67b',
    publisher,
    description: 'Dense 67B model, the point of comparison of the DeepSeek-V2 report.',
    versions: [
      {
        version: 'base',
        repository: 'deepseek-ai/deepseek-llm-67b-base',
        license,
        codeLicense: 'MIT',
        releasedOn: '2023-11-29',
        contextMarketed: '4,096',
        architecture: deepseek67BArchitecture,
        training: trainingFacts.deepseek67B,
        notes: [twoLicenses, 'Public tables disagree about its shape (64 key-value heads, 65 layers); only these sizes give 67B.', 'The day of release is from memory.'],
        sources: [sources.deepseekLlmRepository, sources.deepseekV2Report],
        scores: referenceScores.deepseek67bBase,
      },
      {
        version: 'chat',
        repository: 'deepseek-ai/deepseek-llm-67b-chat',
        license,
        codeLicense: 'MIT',
        releasedOn: '2023-11-29',
        contextMarketed: '4,096',
        baseModels: [{ model: 'deepseek-llm-67b', version: 'base', relation: 'finetune' }],
        architecture: deepseek67BArchitecture,
        notes: [twoLicenses, 'No first-party API price: every host sets its own.'],
        sources: [sources.deepseekLlmRepository],
      },
    ],
  },
  {
    model: 'deepseek-v2',
    publisher,
    description: 'Mixture of experts with latent attention: 236B parameters, of which 21B work on a token.',
    versions: [
      {
        version: 'base',
        repository: 'deepseek-ai/DeepSeek-V2',
        license,
        codeLicense: 'MIT',
        releasedOn: '2024-05-06',
        contextMarketed: '128K',
        architecture: deepseekV2Architecture,
        training: trainingFacts.deepseekV2,
        notes: [
          twoLicenses,
          'A cache "93.3 % smaller" than that of 67B compares 6 bits with 16; at equal precision it is 82.2 %.',
          'HumanEval circulates as 43.3 and 48.8, MMLU as 78.4 and 78.5: the harness changed between reports.',
        ],
        sources: [sources.deepseekV2Report, sources.deepseekV2Repository],
        scores: referenceScores.deepseekV2Base,
      },
      {
        version: 'chat',
        repository: 'deepseek-ai/DeepSeek-V2-Chat',
        license,
        codeLicense: 'MIT',
        releasedOn: '2024-05-06',
        contextMarketed: '128K',
        baseModels: [{ model: 'deepseek-v2', version: 'base', relation: 'finetune' }],
        architecture: deepseekV2Architecture,
        notes: [twoLicenses, 'Revisions of it in June and July 2024 were served under the same API name; their days are not in the sources that were read.'],
        sources: [sources.deepseekV2Report, sources.deepseekV2Repository],
        prices: pricesWhile('deepseek-chat', '2024-05-06T00:00:00Z', '2024-09-05T00:00:00Z'),
        scores: referenceScores.deepseekV2Chat,
      },
    ],
  },
  {
    model: 'deepseek-v2.5',
    publisher,
    description: 'Successor of DeepSeek-V2 of the same shape, for chat and code in one.',
    versions: [
      {
        version: '2024-09-05',
        repository: 'deepseek-ai/DeepSeek-V2.5',
        license,
        codeLicense: 'MIT',
        releasedOn: '2024-09-05',
        contextMarketed: '128K',
        baseModels: [{ model: 'deepseek-v2', version: 'base', relation: 'finetune' }],
        architecture: deepseekV2Architecture,
        notes: ['Its training is not disclosed. That it comes from V2 follows from its shape and name; which checkpoints were joined the sources that were read do not say.'],
        sources: [sources.deepseekV25Card, sources.deepseekV3Report],
        prices: pricesWhile('deepseek-chat', '2024-09-05T00:00:00Z', '2024-12-10T00:00:00Z'),
        scores: referenceScores.deepseekV25,
      },
      {
        version: '2024-12-10',
        repository: 'deepseek-ai/DeepSeek-V2.5-1210',
        license,
        codeLicense: 'MIT',
        releasedOn: '2024-12-10',
        contextMarketed: '128K',
        baseModels: [{ model: 'deepseek-v2.5', version: '2024-09-05', relation: 'finetune' }],
        architecture: deepseekV2Architecture,
        notes: ['The revision of December 2024, the last of the V2 line; its training is not disclosed.'],
        sources: [sources.deepseekV25Card],
        prices: pricesWhile('deepseek-chat', '2024-12-10T00:00:00Z', '2024-12-26T00:00:00Z'),
      },
    ],
  },
];
