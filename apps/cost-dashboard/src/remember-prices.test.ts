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
