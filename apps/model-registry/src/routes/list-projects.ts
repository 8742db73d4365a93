import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { toPage } from '@weighbridge/shared-contracts';
import { projectView } from '../api-views.ts';
import type { RegistryDeps } from '../deps.ts';
import { pageRequest } from '../page-request.ts';

export const listProjectsRoute =
  (deps: Pick<RegistryDeps, 'registry'>): Handler<typeof registryEndpoints.listProjects> =>
  async ({ query, caller }) => {
    const page = toPage(await deps.registry.projects.listProjects(pageRequest(query), caller.projectId), query.limit, ({ id }) => id);
    return { ...page, data: page.data.map(projectView) };
  };
