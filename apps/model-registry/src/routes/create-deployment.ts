import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import type { RegistryDeps } from '../deps.ts';
import { createDeployment } from '../operations/create-deployment.ts';

export const createDeploymentRoute =
  (deps: ChangeDeps & Pick<RegistryDeps, 'secrets' | 'allowPrivateAddresses'>): Handler<typeof registryEndpoints.createDeployment> =>
  ({ params, body, caller }) =>
    createDeployment(deps, { ...body, model: params.name, caller });
