import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { createDownload } from '../operations/create-download.ts';

export const createDownloadRoute =
  (deps: Parameters<typeof createDownload>[0]): Handler<typeof registryEndpoints.createDownload> =>
  ({ body, caller, signal }) =>
    createDownload(deps, { ...body, caller, signal });
