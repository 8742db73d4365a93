import type { Download } from '@weighbridge/registry-contracts';
import { requirePlatform } from '@weighbridge/shared-adapters/auth';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import type { DownloadId } from '@weighbridge/shared-domain';
import { downloadView } from '../api-views.ts';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import type { RegistryDeps } from '../deps.ts';
import { notFound } from '../refusals.ts';

/** Stops a download, whoever works on it; what is incomplete goes, whole files stay. One that is finished stays as it is. */
export async function cancelDownload(deps: ChangeDeps & Pick<RegistryDeps, 'downloads'>, { id, caller }: { readonly id: DownloadId; readonly caller: Caller }): Promise<Download> {
  requirePlatform(caller);
  const download = await changeRegistry(deps, caller, async ({ downloads }, audit) => {
    const before = await downloads.findDownload(id);
    const after = await downloads.cancelDownload(id, deps.now());
    if (before === null || after === null) throw notFound(`download ${id}`);
    if (before.finishedAt === null) await audit({ action: 'download.cancelled', subject: id, details: { repo: after.repo, commit: after.commit } });
    return after;
  });
  await deps.downloads.stop(download);
  return downloadView(download);
}
