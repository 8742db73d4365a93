import type { registryEndpoints } from '@weighbridge/registry-contracts';
import { licenseCatalogue } from '@weighbridge/registry-domain';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { AppError } from '@weighbridge/shared-domain';

export const getLicenseRoute =
  (): Handler<typeof registryEndpoints.getLicense> =>
  ({ params }) => {
    const license = licenseCatalogue.get(params.id);
    if (license === undefined) throw new AppError('resource.not_found', `no licence ${params.id}`, { detail: `There is no licence "${params.id}" in the catalogue. GET /v1/licenses lists what is.` });
    return license;
  };
