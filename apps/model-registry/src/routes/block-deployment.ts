import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import { blockDeployment } from '../operations/block-deployment.ts';

export const blockDeploymentRoute =
  (deps: ChangeDeps): Handler<typeof registryEndpoints.blockDeployment> =>
  ({ params, body, caller }) =>
    blockDeployment(deps, { ...body, id: params.id, caller });
