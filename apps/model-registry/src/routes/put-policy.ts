import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import { putPolicy } from '../operations/put-policy.ts';

export const putPolicyRoute =
  (deps: ChangeDeps): Handler<typeof registryEndpoints.putPolicy> =>
  ({ params, body, caller }) =>
    putPolicy(deps, { ...body, name: params.name, caller });
