import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { versionView } from '../api-views.ts';
import type { RegistryDeps } from '../deps.ts';
import { requireVersion } from '../refusals.ts';

export const getVersionRoute =
  (deps: Pick<RegistryDeps, 'registry'>): Handler<typeof registryEndpoints.getVersion> =>
  async ({ params }) =>
    versionView(await requireVersion(deps.registry, params.name, params.version));
