import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import { registerFromCatalogue } from '../operations/register-from-catalogue.ts';

export const registerFromCatalogueRoute =
  (deps: ChangeDeps): Handler<typeof registryEndpoints.registerFromCatalogue> =>
  ({ body, caller }) =>
    registerFromCatalogue(deps, { models: body.models, caller });
