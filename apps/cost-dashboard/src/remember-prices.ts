import type { PriceRepository } from '@weighbridge/cost-data';

/** Asks once for each entry: a price is superseded, never edited. What was not found is asked for again. Answers may hold more than was asked for. */
export function rememberPrices({ findPrices }: Pick<PriceRepository, 'findPrices'>, mostEntries = 10_000): Pick<PriceRepository, 'findPrices'> {
  let known: Awaited<ReturnType<PriceRepository['findPrices']>> = new Map();
  return {
    findPrices: async (ids) => {
      // Who is asking meanwhile keeps the map that the question was asked of.
      if (known.size > mostEntries) known = new Map();
      const mine = known;
      const missing = ids.filter((id) => !mine.has(id));
      if (missing.length > 0) for (const [id, entry] of await findPrices(missing)) mine.set(id, entry);
      return mine;
    },
  };
}
