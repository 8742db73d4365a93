import type { costEndpoints } from '@weighbridge/cost-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { toPage } from '@weighbridge/shared-contracts';
import { PriceId } from '@weighbridge/shared-domain';
import type { CostDeps } from '../cost-deps.ts';
import { idCursor } from './usage-cursor.ts';

/** Prices are the platform's, and every project may know what it pays. */
export const listPricesRoute =
  ({ prices, now }: Pick<CostDeps, 'prices' | 'now'>): Handler<typeof costEndpoints.listPrices> =>
  async ({ query }) => {
    const page = { model: query.model, after: idCursor(PriceId, query.cursor), limit: query.limit + 1 };
    const entries = query.history ? await prices.listPriceHistory(page) : await prices.listPricesAt(query.at === undefined ? now() : new Date(query.at), page);
    return toPage(entries, query.limit, ({ id }) => id);
  };
