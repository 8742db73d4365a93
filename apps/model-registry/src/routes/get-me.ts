import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';
import { describeCaller } from '../operations/describe-caller.ts';

export const getMeRoute =
  (deps: Pick<RegistryDeps, 'registry'>): Handler<typeof registryEndpoints.getMe> =>
  ({ caller }) =>
    describeCaller(deps, caller);
