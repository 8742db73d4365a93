import type { costEndpoints } from '@weighbridge/cost-contracts';
import { requirePlatform } from '@weighbridge/shared-adapters/auth';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { CostDeps } from '../cost-deps.ts';
import { createPrices } from '../operations/create-prices.ts';

export const createPricesRoute =
  (deps: Pick<CostDeps, 'facts' | 'announce' | 'now' | 'newPriceId'>): Handler<typeof costEndpoints.createPrices> =>
  async ({ body, caller }) => {
    requirePlatform(caller);
    return { entries: await createPrices(deps, body.entries) };
  };
