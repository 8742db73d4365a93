import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';
import { searchVersions } from '../operations/search-versions.ts';

export const searchVersionsRoute =
  (deps: Pick<RegistryDeps, 'registry' | 'terms'>): Handler<typeof registryEndpoints.searchVersions> =>
  ({ query, caller }) =>
    searchVersions(deps, { query, caller });
