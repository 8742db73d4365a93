import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';
import { listCatalogue } from '../operations/list-catalogue.ts';

export const listCatalogueRoute =
  (deps: Pick<RegistryDeps, 'registry'>): Handler<typeof registryEndpoints.listCatalogue> =>
  async () => ({ data: await listCatalogue(deps) });
