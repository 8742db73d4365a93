import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';
import { describeVersion } from '../operations/describe-version.ts';
import { requireVersion } from '../refusals.ts';

export const getVersionRoute =
  (deps: Pick<RegistryDeps, 'registry'>): Handler<typeof registryEndpoints.getVersion> =>
  async ({ params }) =>
    describeVersion(deps.registry, await requireVersion(deps.registry, params.name, params.version));
