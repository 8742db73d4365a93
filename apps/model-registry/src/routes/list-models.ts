import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { toPage } from '@weighbridge/shared-contracts';
import { modelSummaryView } from '../api-views.ts';
import type { RegistryDeps } from '../deps.ts';
import { pageRequest } from '../page-request.ts';

export const listModelsRoute =
  (deps: Pick<RegistryDeps, 'registry'>): Handler<typeof registryEndpoints.listModels> =>
  async ({ query, caller }) => {
    const search = { text: query.query, license: query.license };
    const page = toPage(await deps.registry.models.listModels(search, pageRequest(query)), query.limit, ({ name }) => name);
    return { ...page, data: page.data.map((model) => modelSummaryView(model, caller)) };
  };
