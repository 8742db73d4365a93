import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import type { RegistryDeps } from '../deps.ts';
import { askForUse } from '../operations/ask-for-use.ts';

export const createChangeRequestRoute =
  (deps: ChangeDeps & Pick<RegistryDeps, 'decider'>): Handler<typeof registryEndpoints.createChangeRequest> =>
  ({ body, caller }) =>
    askForUse(deps, { ...body, caller });
