import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { toPage } from '@weighbridge/shared-contracts';
import { versionSummaryView } from '../api-views.ts';
import type { RegistryDeps } from '../deps.ts';
import { pageRequest } from '../page-request.ts';
import { requireModel } from '../refusals.ts';

export const listModelVersionsRoute =
  (deps: Pick<RegistryDeps, 'registry'>): Handler<typeof registryEndpoints.listModelVersions> =>
  async ({ params, query }) => {
    await requireModel(deps.registry, params.name);
    const page = toPage(await deps.registry.models.listVersions(params.name, pageRequest(query)), query.limit, ({ id }) => id);
    return { ...page, data: page.data.map(versionSummaryView) };
  };
