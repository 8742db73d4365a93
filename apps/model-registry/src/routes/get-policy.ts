import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';
import { describePolicy } from '../operations/read-policies.ts';

export const getPolicyRoute =
  (deps: Pick<RegistryDeps, 'registry'>): Handler<typeof registryEndpoints.getPolicy> =>
  ({ params }) =>
    describePolicy(deps, params.name);
