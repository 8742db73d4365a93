import { undisclosedArchitecture } from '../architecture.ts';
import type { ReferenceModelSource, ReferencePrice } from '../reference-model.ts';
import { referenceScores } from './scores.ts';
import { sources } from './sources.ts';

const license = 'LicenseRef-OpenAI-Services-Agreement';
const provider = 'OpenAI';
const closed = 'Weights, sizes and training are not disclosed; usable through the API only.';
const gpt4o = { provider, inputUsdPerMillion: '2.50', outputUsdPerMillion: '10.00', source: sources.openaiPrices } as const;
const cachedFrom = '2024-10-01T00:00:00Z';

const augustPrices: ReferencePrice[] = [
  { ...gpt4o, apiName: 'gpt-4o-2024-08-06', from: '2024-08-06T00:00:00Z', to: cachedFrom },
  { ...gpt4o, apiName: 'gpt-4o-2024-08-06', cachedInputUsdPerMillion: '1.25', from: cachedFrom, to: null },
];

export const openaiModels: ReferenceModelSource[] = [
  {
    model: 'gpt-4o',
    publisher: 'OpenAI',
    description: 'Closed multimodal model, 128,000 tokens of context.',
    versions: [
      {
        version: '2024-05-13',
        repository: null,
        license,
        releasedOn: '2024-05-13',
        baseModels: [],
        architecture: undisclosedArchitecture,
        notes: [closed, 'Price tables disagree: one lists this snapshot at 2.50 and 10. Trackers also disagree on when it was shut down.'],
        sources: [sources.openaiTerms],
        prices: [
          {
            provider,
            apiName: 'gpt-4o-2024-05-13',
            inputUsdPerMillion: '5.00',
            outputUsdPerMillion: '15.00',
            from: '2024-05-13T00:00:00Z',
            to: null,
            note: 'no discount for cached input',
            source: sources.openaiLaunchPrices,
          },
        ],
        scores: referenceScores.gpt4o0513,
      },
      {
        version: '2024-08-06',
        repository: null,
        license,
        releasedOn: '2024-08-06',
        baseModels: [],
        architecture: undisclosedArchitecture,
        notes: [closed],
        sources: [sources.openaiTerms],
        prices: augustPrices,
        scores: referenceScores.gpt4o0806,
      },
      {
        version: '2024-11-20',
        repository: null,
        license,
        releasedOn: '2024-11-20',
        baseModels: [],
        architecture: undisclosedArchitecture,
        notes: [closed],
        sources: [sources.openaiTerms],
        prices: [{ ...gpt4o, apiName: 'gpt-4o-2024-11-20', cachedInputUsdPerMillion: '1.25', from: '2024-11-20T00:00:00Z', to: null }],
        scores: referenceScores.gpt4o1120,
      },
    ],
  },
  {
    model: 'o1',
    publisher: 'OpenAI',
    description: 'Closed reasoning model, 200,000 tokens in and up to 100,000 out.',
    versions: [
      {
        version: '2024-12-17',
        repository: null,
        license,
        releasedOn: '2024-12-17',
        baseModels: [],
        architecture: undisclosedArchitecture,
        notes: [closed, 'Reasoning tokens are billed as output.'],
        sources: [sources.openaiTerms],
        prices: [
          {
            provider,
            apiName: 'o1-2024-12-17',
            cachedInputUsdPerMillion: '7.50',
            inputUsdPerMillion: '15.00',
            outputUsdPerMillion: '60.00',
            from: '2024-12-17T00:00:00Z',
            to: null,
            source: sources.openaiPrices,
          },
        ],
        scores: referenceScores.o1,
      },
    ],
  },
];
