import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';
import { listModels } from '../operations/list-models.ts';

export const listModelsRoute =
  (deps: Pick<RegistryDeps, 'registry' | 'terms'>): Handler<typeof registryEndpoints.listModels> =>
  ({ query, caller }) =>
    listModels(deps, { query, caller });
