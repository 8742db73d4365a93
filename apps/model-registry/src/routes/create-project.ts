import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import { createProject } from '../operations/create-project.ts';

export const createProjectRoute =
  (deps: ChangeDeps): Handler<typeof registryEndpoints.createProject> =>
  ({ body, caller }) =>
    createProject(deps, { ...body, caller });
