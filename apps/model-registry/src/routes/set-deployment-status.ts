import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import { setDeploymentStatus } from '../operations/set-deployment-status.ts';

export const setDeploymentStatusRoute =
  (deps: ChangeDeps): Handler<typeof registryEndpoints.setDeploymentStatus> =>
  ({ params, body, caller }) =>
    setDeploymentStatus(deps, { id: params.id, status: body.status, caller });
