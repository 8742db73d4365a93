import { undisclosedArchitecture } from '../cards/architecture.ts';
import type { ReferenceModelSource } from './reference-model.ts';
import { pricesWhile } from './price-history.ts';
import { referenceScores } from './scores.ts';
import { sources } from './sources.ts';

const license = 'LicenseRef-Anthropic-Commercial-Terms';
const closed = 'Weights, sizes and training are not disclosed; usable through the API only.';
const retired = 'Retired on 2025-10-28.';

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
        retiredOn: '2025-10-28',
        contextMarketed: '200,000 in, 8,192 out',
        baseModels: [],
        architecture: undisclosedArchitecture,
        notes: [closed, retired],
        sources: [sources.anthropicTerms],
        prices: pricesWhile('claude-3-5-sonnet-20240620', '2024-06-20T00:00:00Z', null),
        scores: referenceScores.claude35June,
      },
      {
        version: '2024-10-22',
        repository: null,
        license,
        releasedOn: '2024-10-22',
        retiredOn: '2025-10-28',
        contextMarketed: '200,000 in, 8,192 out',
        baseModels: [],
        architecture: undisclosedArchitecture,
        notes: [closed, retired, 'SWE-bench Verified circulates as 49.0 (Anthropic’s scaffold) and 50.8 (Agentless).'],
        sources: [sources.anthropicTerms],
        prices: pricesWhile('claude-3-5-sonnet-20241022', '2024-10-22T00:00:00Z', null),
        scores: referenceScores.claude35October,
      },
    ],
  },
];
