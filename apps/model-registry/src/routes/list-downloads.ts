import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { toPage } from '@weighbridge/shared-contracts';
import { downloadView } from '../api-views.ts';
import type { RegistryDeps } from '../deps.ts';
import { pageRequest } from '../page-request.ts';

export const listDownloadsRoute =
  ({ registry }: Pick<RegistryDeps, 'registry'>): Handler<typeof registryEndpoints.listDownloads> =>
  async ({ query }) => {
    const page = toPage(await registry.downloads.listDownloads(pageRequest(query)), query.limit, ({ id }) => id);
    return { ...page, data: page.data.map(downloadView) };
  };
