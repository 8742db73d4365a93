import type { registryEndpoints } from '@weighbridge/registry-contracts';
import { licenseCatalogue } from '@weighbridge/registry-domain';
import type { Handler } from '@weighbridge/shared-adapters/http';

export const listLicensesRoute =
  (): Handler<typeof registryEndpoints.listLicenses> =>
  () => ({ data: [...licenseCatalogue.values()] });
