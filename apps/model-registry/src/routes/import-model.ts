import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { importModel } from '../operations/import-model.ts';
import type { ImportDeps } from '../operations/import-model.ts';

export const importModelRoute =
  (deps: ImportDeps): Handler<typeof registryEndpoints.importModel> =>
  ({ body, signal }) =>
    importModel(deps, body, signal);
