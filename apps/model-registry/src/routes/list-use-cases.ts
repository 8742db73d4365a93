import type { registryEndpoints } from '@weighbridge/registry-contracts';
import { projectFilter } from '@weighbridge/shared-adapters/auth';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { toPage } from '@weighbridge/shared-contracts';
import { useCaseView } from '../api-views.ts';
import type { RegistryDeps } from '../deps.ts';
import { pageRequest } from '../page-request.ts';

export const listUseCasesRoute =
  (deps: Pick<RegistryDeps, 'registry'>): Handler<typeof registryEndpoints.listUseCases> =>
  async ({ query, caller }) => {
    const page = toPage(await deps.registry.useCases.listUseCases(projectFilter(caller, query.project), pageRequest(query)), query.limit, ({ id }) => id);
    return { ...page, data: page.data.map(useCaseView) };
  };
