import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import { unblockDeployment } from '../operations/block-deployment.ts';

export const unblockDeploymentRoute =
  (deps: ChangeDeps): Handler<typeof registryEndpoints.unblockDeployment> =>
  ({ params, caller }) =>
    unblockDeployment(deps, { id: params.id, caller });
