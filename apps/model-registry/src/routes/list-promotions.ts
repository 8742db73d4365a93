import type { registryEndpoints } from '@weighbridge/registry-contracts';
import { projectFilter } from '@weighbridge/shared-adapters/auth';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { toPage } from '@weighbridge/shared-contracts';
import { promotionView } from '../api-views.ts';
import type { RegistryDeps } from '../deps.ts';
import { pageRequest } from '../page-request.ts';
import { requireModel } from '../refusals.ts';

export const listPromotionsRoute =
  (deps: Pick<RegistryDeps, 'registry'>): Handler<typeof registryEndpoints.listPromotions> =>
  async ({ params, query, caller }) => {
    await requireModel(deps.registry, params.name);
    const page = toPage(await deps.registry.promotions.listPromotions(params.name, projectFilter(caller, query.project), pageRequest(query)), query.limit, ({ id }) => id);
    return { ...page, data: page.data.map(promotionView) };
  };
