import { downloadFolder, wantedFiles } from '@weighbridge/registry-adapters/hub';
import type { HubFile, HubRepository } from '@weighbridge/registry-adapters/hub';
import type { Download, NewDownload } from '@weighbridge/registry-contracts';
import type { DownloadRecord } from '@weighbridge/registry-data';
import { requirePlatform } from '@weighbridge/shared-adapters/auth';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { newId } from '@weighbridge/shared-adapters/ids';
import { AppError } from '@weighbridge/shared-domain';
import type { z } from 'zod';
import { downloadView } from '../api-views.ts';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import type { RegistryDeps } from '../deps.ts';
import { invalidField } from '../refusals.ts';
import { withHub } from './import-model.ts';

type CreateDownloadDeps = ChangeDeps & Pick<RegistryDeps, 'hub' | 'downloadDir' | 'downloads'>;
type CreateDownloadInput = z.output<typeof NewDownload> & { readonly caller: Caller; readonly signal: AbortSignal };

/**
 * Asks the Hub what the revision holds, and promises to fetch it. What is fetched is shared by all projects and fills a disk of the installation, so only a key
 * of the platform may ask. The same again while it is under way is the same download.
 */
export async function createDownload(deps: CreateDownloadDeps, { caller, repo, revision, files: wanted, signal }: CreateDownloadInput): Promise<Download> {
  requirePlatform(caller);
  if (deps.downloadDir === null) throw new AppError('request.unsupported', 'DOWNLOAD_DIR is not set', { detail: 'This installation downloads nothing: its operator has to set DOWNLOAD_DIR.' });
  const repository = await withHub(deps.hub, (hub) => hub.info(repo, revision, signal));
  const files = chosen(repository, wanted);
  const download = await changeRegistry(deps, caller, async ({ downloads }, audit) => {
    const folder = downloadFolder(repo, repository.commit);
    const underWay = await downloads.findUnfinishedDownload(folder);
    if (underWay !== null) {
      if (sameFiles(underWay, files)) return underWay;
      throw new AppError('resource.conflict', `${folder} is being downloaded`, { detail: `Other files of ${repo} at this commit are being downloaded already, as ${underWay.id}.`, extensions: { download: underWay.id } });
    }
    const record: DownloadRecord = {
      id: newId('download'),
      repo,
      revision,
      commit: repository.commit,
      folder,
      state: 'queued',
      files: files.map(({ name, bytes, sha256, blobId }) => ({ fileName: name, bytes, downloadedBytes: 0, expectedSha256: sha256, expectedBlobId: blobId, sha256: null })),
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
      downloadedBytes: 0,
      error: null,
      epoch: 0,
      createdAt: deps.now(),
      finishedAt: null,
    };
    await downloads.addDownload(record);
    await audit({ action: 'download.created', subject: record.id, details: { repo, revision, commit: repository.commit, files: files.length, bytes: record.bytes } });
    return record;
  });
  deps.downloads.wake();
  return downloadView(download);
}

function chosen({ repo, commit, files }: HubRepository, wanted: readonly string[] | undefined): readonly HubFile[] {
  if (wanted === undefined) {
    const all = wantedFiles(files);
    if (all.length === 0) throw new AppError('artifact.unreadable', `${repo} is empty`, { detail: `${repo} has no files at ${commit}.` });
    return all;
  }
  const byName = new Map(files.map((file) => [file.name, file]));
  return [...new Set(wanted)].map((name, index) => {
    const file = byName.get(name);
    if (file === undefined) throw invalidField(`/body/files/${index}`, `${repo} has no such file at ${commit.slice(0, 12)}`);
    return file;
  });
}

const sameFiles = ({ files }: DownloadRecord, others: readonly HubFile[]): boolean => files.length === others.length && files.every(({ fileName }, index) => others[index]?.name === fileName);
