import type { ReferencePrice } from './reference-model.ts';
import { sources } from './sources.ts';

/**
 * First-party list prices by the name that the API takes, with the instants between which they held. A name is not a model: `deepseek-chat` served
 * V2, V2.5, V3, V3-0324, V3.1 and V3.2 in turn, so a version's prices are cut out of this by {@link pricesWhile}.
 */
const deepseek = { provider: 'DeepSeek' } as const;
const trackers = sources.deepseekLaunchPrices;
const pages = sources.deepseekPrices;
const usd = (cached: string | null, input: string, output: string) => ({ ...(cached === null ? {} : { cachedInputUsdPerMillion: cached }), inputUsdPerMillion: input, outputUsdPerMillion: output });
const night = { windowUtc: '16:30-00:30', from: '2025-02-26T16:30:00Z', to: '2025-09-05T16:00:00Z', source: pages } as const;

/** V3.1 and V3.2: one price for both names. */
const joined = (apiName: string): ReferencePrice[] => [
  { ...deepseek, apiName, ...usd('0.07', '0.56', '1.68'), from: '2025-09-05T16:00:00Z', to: '2025-09-29T00:00:00Z', note: 'V3.1; the night discount ended', source: pages },
  { ...deepseek, apiName, ...usd('0.028', '0.28', '0.42'), from: '2025-09-29T00:00:00Z', to: '2026-07-24T00:00:00Z', note: 'V3.2-Exp and V3.2; the hour of the change is not published, and the name was announced to end on 2026-07-24', source: trackers },
];

const openai = { provider: 'OpenAI', source: sources.openaiPrices } as const;
const cachedFrom = '2024-10-01T00:00:00Z';
const halfInBatches = 'batches at half of input and output';
const gpt4o = (apiName: string, from: string): ReferencePrice[] =>
  from < cachedFrom
    ? [
        { ...openai, apiName, ...usd(null, '2.50', '10.00'), from, to: cachedFrom, note: halfInBatches },
        { ...openai, apiName, ...usd('1.25', '2.50', '10.00'), from: cachedFrom, to: null, note: `${halfInBatches}; priority tier 4.25, 17.00 and cached 2.125` },
      ]
    : [{ ...openai, apiName, ...usd('1.25', '2.50', '10.00'), from, to: null, note: `${halfInBatches}; priority tier 4.25, 17.00 and cached 2.125` }];

const sonnet = (apiName: string, from: string): ReferencePrice => ({
  provider: 'Anthropic',
  apiName,
  ...usd('0.30', '3.00', '15.00'),
  cacheWriteUsdPerMillion: '3.75',
  from,
  to: '2025-10-28T00:00:00Z',
  note: `cache write for 5 minutes, for 1 hour 6.00; web search 10 per 1,000; ${halfInBatches}`,
  source: sources.anthropicPrices,
});

export const priceHistory: readonly ReferencePrice[] = [
  { ...deepseek, apiName: 'deepseek-chat', ...usd(null, '0.14', '0.28'), from: '2024-05-06T00:00:00Z', to: '2024-08-02T00:00:00Z', note: '¥1 and ¥2; there was no cache price yet', source: trackers },
  { ...deepseek, apiName: 'deepseek-chat', ...usd('0.014', '0.14', '0.28'), from: '2024-08-02T00:00:00Z', to: '2025-02-08T16:00:00Z', note: 'disk cache introduced on 2024-08-02; kept for V3 from 2024-12-26 as a launch promotion', source: trackers },
  { ...deepseek, apiName: 'deepseek-chat', ...usd('0.07', '0.27', '1.10'), from: '2025-02-08T16:00:00Z', to: '2025-09-05T16:00:00Z', note: 'outside the night window from 2025-02-26', source: pages },
  { ...deepseek, apiName: 'deepseek-chat', ...usd('0.035', '0.135', '0.55'), ...night, note: 'off-peak, half price' },
  ...joined('deepseek-chat'),
  { ...deepseek, apiName: 'deepseek-reasoner', ...usd('0.14', '0.55', '2.19'), from: '2025-01-20T00:00:00Z', to: '2025-09-05T16:00:00Z', note: 'outside the night window from 2025-02-26; reasoning is billed as output', source: pages },
  { ...deepseek, apiName: 'deepseek-reasoner', ...usd('0.035', '0.135', '0.55'), ...night, note: 'off-peak, a quarter of the price' },
  ...joined('deepseek-reasoner'),
  { provider: 'OpenAI', apiName: 'gpt-4o-2024-05-13', ...usd(null, '5.00', '15.00'), from: '2024-05-13T00:00:00Z', to: null, note: 'no discount for cached input', source: sources.openaiLaunchPrices },
  ...gpt4o('gpt-4o-2024-08-06', '2024-08-06T00:00:00Z'),
  ...gpt4o('gpt-4o-2024-11-20', '2024-11-20T00:00:00Z'),
  { ...openai, apiName: 'o1-preview', ...usd('7.50', '15.00', '60.00'), from: '2024-09-12T00:00:00Z', to: null, note: 'reasoning is billed as output' },
  { ...openai, apiName: 'o1-2024-12-17', ...usd('7.50', '15.00', '60.00'), from: '2024-12-17T00:00:00Z', to: null, note: 'reasoning is billed as output' },
  sonnet('claude-3-5-sonnet-20240620', '2024-06-20T00:00:00Z'),
  sonnet('claude-3-5-sonnet-20241022', '2024-10-22T00:00:00Z'),
];

const never = '9999-12-31T00:00:00Z';
const later = (a: string, b: string): string => (Date.parse(a) >= Date.parse(b) ? a : b);

/** Prices of an API name while it served one version: from `from` until before `to`, each interval cut to that. */
export function pricesWhile(apiName: string, from: string, to: string | null): ReferencePrice[] {
  return priceHistory.flatMap((price) => {
    if (price.apiName !== apiName) return [];
    const begins = later(price.from, from);
    const ends = later(price.to ?? never, to ?? never) === (price.to ?? never) ? to : price.to;
    return Date.parse(begins) < Date.parse(ends ?? never) ? [{ ...price, from: begins, to: ends }] : [];
  });
}
