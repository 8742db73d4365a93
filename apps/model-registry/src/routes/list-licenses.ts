import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';
import { listLicenses } from '../operations/read-licenses.ts';

export const listLicensesRoute =
  (deps: Pick<RegistryDeps, 'registry'>): Handler<typeof registryEndpoints.listLicenses> =>
  async () => ({ data: await listLicenses(deps) });
