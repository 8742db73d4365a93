import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import { setDeploymentPlace } from '../operations/set-deployment-place.ts';

export const setDeploymentPlaceRoute =
  (deps: ChangeDeps): Handler<typeof registryEndpoints.setDeploymentPlace> =>
  ({ params, body, caller }) =>
    setDeploymentPlace(deps, { ...body, id: params.id, caller });
