import type { registryEndpoints } from '@weighbridge/registry-contracts';
import { projectOf } from '@weighbridge/shared-adapters/auth';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { toPage } from '@weighbridge/shared-contracts';
import { keyView } from '../api-views.ts';
import type { RegistryDeps } from '../deps.ts';
import { pageRequest } from '../page-request.ts';
import { requireProject } from '../refusals.ts';

export const listKeysRoute =
  (deps: Pick<RegistryDeps, 'registry'>): Handler<typeof registryEndpoints.listKeys> =>
  async ({ params, query, caller }) => {
    const projectId = projectOf(caller, params.id);
    await requireProject(deps.registry, projectId);
    const page = toPage(await deps.registry.keys.listKeys(projectId, pageRequest(query)), query.limit, ({ id }) => id);
    return { ...page, data: page.data.map(keyView) };
  };
