import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';
import { decideUse } from '../operations/decide-use.ts';

export const decideUseRoute =
  (deps: Pick<RegistryDeps, 'registry' | 'decider'>): Handler<typeof registryEndpoints.decide> =>
  ({ body, caller }) =>
    decideUse(deps, { ...body, caller });
