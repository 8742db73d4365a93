import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';
import { compareLicenses } from '../operations/read-licenses.ts';

export const compareLicensesRoute =
  (deps: Pick<RegistryDeps, 'registry'>): Handler<typeof registryEndpoints.compareLicenses> =>
  ({ query }) =>
    compareLicenses(deps, query);
