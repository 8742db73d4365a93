import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';
import { tryPolicy } from '../operations/try-policy.ts';

export const tryPolicyRoute =
  (deps: Pick<RegistryDeps, 'registry' | 'now'>): Handler<typeof registryEndpoints.tryPolicy> =>
  ({ body, caller }) =>
    tryPolicy(deps, { ...body, caller });
