import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import type { RegistryDeps } from '../deps.ts';
import { promoteVersion } from '../operations/promote-version.ts';

export const promoteRoute =
  (deps: ChangeDeps & Pick<RegistryDeps, 'decider' | 'evaluation'>): Handler<typeof registryEndpoints.promote> =>
  ({ params, body, caller }) =>
    promoteVersion(deps, { ...body, model: params.name, caller });
