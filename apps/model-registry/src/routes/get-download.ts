import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { downloadView } from '../api-views.ts';
import type { RegistryDeps } from '../deps.ts';
import { notFound } from '../refusals.ts';

export const getDownloadRoute =
  ({ registry }: Pick<RegistryDeps, 'registry'>): Handler<typeof registryEndpoints.getDownload> =>
  async ({ params }) => {
    const download = await registry.downloads.findDownload(params.id);
    if (download === null) throw notFound(`download ${params.id}`);
    return downloadView(download);
  };
