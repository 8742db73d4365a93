import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { cancelDownload } from '../operations/cancel-download.ts';

export const cancelDownloadRoute =
  (deps: Parameters<typeof cancelDownload>[0]): Handler<typeof registryEndpoints.cancelDownload> =>
  ({ params, caller }) =>
    cancelDownload(deps, { id: params.id, caller });
