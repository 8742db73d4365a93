import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';
import { describeCatalogueEntry } from '../operations/describe-catalogue-entry.ts';

export const getCatalogueEntryRoute =
  (deps: Pick<RegistryDeps, 'registry'>): Handler<typeof registryEndpoints.getCatalogueEntry> =>
  ({ params }) =>
    describeCatalogueEntry(deps, params.model);
