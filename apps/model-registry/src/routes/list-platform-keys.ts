import type { registryEndpoints } from '@weighbridge/registry-contracts';
import { requirePlatform } from '@weighbridge/shared-adapters/auth';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { toPage } from '@weighbridge/shared-contracts';
import { keyView } from '../api-views.ts';
import type { RegistryDeps } from '../deps.ts';
import { pageRequest } from '../page-request.ts';

export const listPlatformKeysRoute =
  (deps: Pick<RegistryDeps, 'registry'>): Handler<typeof registryEndpoints.listPlatformKeys> =>
  async ({ query, caller }) => {
    requirePlatform(caller);
    const page = toPage(await deps.registry.keys.listKeys(null, pageRequest(query)), query.limit, ({ id }) => id);
    return { ...page, data: page.data.map(keyView) };
  };
