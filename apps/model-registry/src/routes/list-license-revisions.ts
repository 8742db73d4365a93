import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { toPage } from '@weighbridge/shared-contracts';
import { licenseRevisionView } from '../api-views.ts';
import type { RegistryDeps } from '../deps.ts';
import { readRevisions } from '../operations/read-licenses.ts';

export const listLicenseRevisionsRoute =
  (deps: Pick<RegistryDeps, 'registry'>): Handler<typeof registryEndpoints.listLicenseRevisions> =>
  async ({ params, query }) => {
    const page = toPage(await readRevisions(deps, { id: params.id, page: query }), query.limit, ({ revision }) => String(revision));
    return { ...page, data: page.data.map(licenseRevisionView) };
  };
