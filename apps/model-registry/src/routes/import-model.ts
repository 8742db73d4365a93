import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';
import { importModel } from '../operations/import-model.ts';

export const importModelRoute =
  (deps: Pick<RegistryDeps, 'importDir'>): Handler<typeof registryEndpoints.importModel> =>
  ({ body }) =>
    importModel(deps, body);
