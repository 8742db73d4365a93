import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';
import { readUsagePlaces } from '../operations/read-usage-places.ts';

export const getUsagePlacesRoute =
  (deps: Pick<RegistryDeps, 'registry' | 'decider' | 'now'>): Handler<typeof registryEndpoints.getUsagePlaces> =>
  ({ params, caller }) =>
    readUsagePlaces(deps, { caller, model: params.name, version: params.version });
