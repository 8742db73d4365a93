import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';
import { listPolicies } from '../operations/read-policies.ts';

export const listPoliciesRoute =
  (deps: Pick<RegistryDeps, 'registry'>): Handler<typeof registryEndpoints.listPolicies> =>
  () =>
    listPolicies(deps);
