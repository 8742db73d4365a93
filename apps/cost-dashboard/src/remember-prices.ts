import type { PriceRepository } from '@weighbridge/cost-data';

/** Asks once for each entry: a price is superseded, never edited. What was not found is asked for again. Answers may hold more than was asked for. */
export function rememberPrices({ findPrices }: Pick<PriceRepository, 'findPrices'>, mostEntries = 10_000): Pick<PriceRepository, 'findPrices'> {
  const known: Awaited<ReturnType<PriceRepository['findPrices']>> = new Map();
  return {
    findPrices: async (ids) => {
      if (known.size > mostEntries) known.clear();
      const missing = ids.filter((id) => !known.has(id));
      if (missing.length > 0) for (const [id, entry] of await findPrices(missing)) known.set(id, entry);
      return known;
    },
  };
}
