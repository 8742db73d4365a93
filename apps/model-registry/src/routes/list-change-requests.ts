import type { registryEndpoints } from '@weighbridge/registry-contracts';
import { projectFilter } from '@weighbridge/shared-adapters/auth';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { toPage } from '@weighbridge/shared-contracts';
import { changeRequestView } from '../api-views.ts';
import type { RegistryDeps } from '../deps.ts';
import { pageRequest } from '../page-request.ts';

export const listChangeRequestsRoute =
  (deps: Pick<RegistryDeps, 'registry' | 'now'>): Handler<typeof registryEndpoints.listChangeRequests> =>
  async ({ query, caller }) => {
    const at = deps.now();
    const filter = { projectId: projectFilter(caller, query.project), status: query.status, kind: query.kind, model: query.model, at };
    const page = toPage(await deps.registry.changeRequests.listRequests(filter, pageRequest(query)), query.limit, ({ id }) => id);
    return { ...page, data: page.data.map((request) => changeRequestView(request, at)) };
  };
