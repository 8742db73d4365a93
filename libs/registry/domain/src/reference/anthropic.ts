import { undisclosedArchitecture } from '../architecture.ts';
import type { ReferenceModelSource, ReferencePrice } from '../reference-model.ts';
import { referenceScores } from './scores.ts';
import { sources } from './sources.ts';

const license = 'LicenseRef-Anthropic-Commercial-Terms';
const closed = 'Weights, sizes and training are not disclosed; usable through the API only.';
const retired = 'Retired on 2025-10-28.';

const price = (apiName: string, from: string): ReferencePrice => ({
  provider: 'Anthropic',
  apiName,
  cachedInputUsdPerMillion: '0.30',
  inputUsdPerMillion: '3.00',
  cacheWriteUsdPerMillion: '3.75',
  outputUsdPerMillion: '15.00',
  from,
  to: '2025-10-28T00:00:00Z',
  note: 'cache write for 5 minutes; for 1 hour it is 6.00',
  source: sources.anthropicPrices,
});

export const anthropicModels: ReferenceModelSource[] = [
  {
    model: 'claude-3.5-sonnet',
    publisher: 'Anthropic',
    description: 'Closed model, 200,000 tokens in and up to 8,192 out.',
    versions: [
      {
        version: '2024-06-20',
        repository: null,
        license,
        releasedOn: '2024-06-20',
        baseModels: [],
        architecture: undisclosedArchitecture,
        notes: [closed, retired],
        sources: [sources.anthropicTerms],
        prices: [price('claude-3-5-sonnet-20240620', '2024-06-20T00:00:00Z')],
        scores: [],
      },
      {
        version: '2024-10-22',
        repository: null,
        license,
        releasedOn: '2024-10-22',
        baseModels: [],
        architecture: undisclosedArchitecture,
        notes: [closed, retired, 'SWE-bench Verified circulates as 49.0 (Anthropic’s scaffold) and 50.8 (Agentless).'],
        sources: [sources.anthropicTerms],
        prices: [price('claude-3-5-sonnet-20241022', '2024-10-22T00:00:00Z')],
        scores: referenceScores.claude35October,
      },
    ],
  },
];
