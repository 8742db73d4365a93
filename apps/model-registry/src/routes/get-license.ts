import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';
import { readLicense } from '../operations/read-licenses.ts';

export const getLicenseRoute =
  (deps: Pick<RegistryDeps, 'registry'>): Handler<typeof registryEndpoints.getLicense> =>
  ({ params, query }) =>
    readLicense(deps, { id: params.id, revision: query.revision });
