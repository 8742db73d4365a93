import type { PriceEntry } from '@weighbridge/cost-domain';
import { expect, test } from 'vitest';
import { rememberPrices } from './remember-prices.ts';

test('an entry is asked for once, and one that was not there is asked for again', async () => {
  const stored = new Map([['price_a', { id: 'price_a' } as PriceEntry]]);
  const asked: string[][] = [];
  const prices = rememberPrices({
    findPrices: (ids) => {
      asked.push([...ids]);
      return Promise.resolve(new Map([...stored].filter(([id]) => ids.includes(id))));
    },
  });

  await prices.findPrices(['price_a', 'price_b']);
  stored.set('price_b', { id: 'price_b' } as PriceEntry);
  const found = await prices.findPrices(['price_a', 'price_b']);
  await prices.findPrices(['price_a', 'price_b']);

  expect([...found.keys()]).toEqual(['price_a', 'price_b']);
  expect(asked).toEqual([['price_a', 'price_b'], ['price_b']]);
});

test('one that makes room takes nothing from another that is still asking', async () => {
  const answered = Promise.withResolvers<void>();
  const prices = rememberPrices({ findPrices: async (ids) => (ids.includes('slow') && (await answered.promise), new Map(ids.map((id) => [id, { id } as PriceEntry]))) }, 1);
  await prices.findPrices(['a', 'b']);

  const known = prices.findPrices(['a', 'slow']);
  await prices.findPrices(['c']);
  answered.resolve();

  expect([...(await known).keys()]).toEqual(expect.arrayContaining(['a', 'slow']));
});
