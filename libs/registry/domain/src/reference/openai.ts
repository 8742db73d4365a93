import { undisclosedArchitecture } from '../cards/architecture.ts';
import type { ReferenceModelSource } from './reference-model.ts';
import { pricesWhile } from './price-history.ts';
import { referenceScores } from './scores.ts';
import { sources } from './sources.ts';

const license = 'LicenseRef-OpenAI-Services-Agreement';
const closed = 'Weights, sizes and training are not disclosed; usable through the API only.';
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
        contextMarketed: '128,000',
        baseModels: [],
        architecture: undisclosedArchitecture,
        notes: [closed, 'Price tables disagree: one lists this snapshot at 2.50 and 10. Trackers also disagree on when it was shut down.'],
        sources: [sources.openaiTerms],
        prices: pricesWhile('gpt-4o-2024-05-13', '2024-05-13T00:00:00Z', null),
        scores: referenceScores.gpt4o0513,
      },
      {
        version: '2024-08-06',
        repository: null,
        license,
        releasedOn: '2024-08-06',
        contextMarketed: '128,000',
        baseModels: [],
        architecture: undisclosedArchitecture,
        notes: [closed],
        sources: [sources.openaiTerms],
        prices: pricesWhile('gpt-4o-2024-08-06', '2024-08-06T00:00:00Z', null),
        scores: referenceScores.gpt4o0806,
      },
      {
        version: '2024-11-20',
        repository: null,
        license,
        releasedOn: '2024-11-20',
        contextMarketed: '128,000',
        baseModels: [],
        architecture: undisclosedArchitecture,
        notes: [closed],
        sources: [sources.openaiTerms],
        prices: pricesWhile('gpt-4o-2024-11-20', '2024-11-20T00:00:00Z', null),
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
        version: 'preview',
        repository: null,
        license,
        releasedOn: '2024-09-12',
        contextMarketed: '128,000',
        architecture: undisclosedArchitecture,
        notes: [closed, 'The preview of September 2024, another checkpoint than o1 of December.'],
        sources: [sources.openaiTerms],
        prices: pricesWhile('o1-preview', '2024-09-12T00:00:00Z', null),
      },
      {
        version: '2024-12-17',
        repository: null,
        license,
        releasedOn: '2024-12-17',
        baseModels: [],
        architecture: undisclosedArchitecture,
        contextMarketed: '200,000 in, 100,000 out',
        notes: [closed, 'Reasoning tokens are billed as output.'],
        sources: [sources.openaiTerms],
        prices: pricesWhile('o1-2024-12-17', '2024-12-17T00:00:00Z', null),
        scores: referenceScores.o1,
      },
    ],
  },
];
