import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadFile } from '@weighbridge/registry-adapters/hub';
import type { Hub } from '@weighbridge/registry-adapters/hub';
import type { DownloadRecord, Registry } from '@weighbridge/registry-data';
import type { Logger } from '@weighbridge/shared-adapters/logging';
import { AppError } from '@weighbridge/shared-domain';
import type { DownloadId } from '@weighbridge/shared-domain';

export interface DownloaderOptions {
  readonly registry: Registry;
  readonly openHub: () => Hub;
  /** Absolute path of the folder that downloads go to; null: this process downloads nothing. */
  readonly downloadDir: string | null;
  readonly logger: Logger;
  readonly now: () => Date;
  /** How long a process that is not heard of keeps a download. */
  readonly leaseMs?: number;
  readonly progressMs?: number;
  readonly pollMs?: number;
  /** How often a download is taken up again before an outage of the Hub ends it. */
  readonly mostTries?: number;
}

export interface Downloader {
  /** There is something to do: now, not at the next look. */
  readonly wake: () => void;
  /** A download was cancelled: ends the work on it, where it is done here, and removes what is incomplete. */
  readonly stop: (download: DownloadRecord) => Promise<void>;
  /** Lets what is under way go; another process, or the next start, goes on where it was. */
  readonly close: () => Promise<void>;
}

/**
 * Fetches the downloads that are in the database, one at a time: they outlive restarts, and of several processes one works on each. A process that dies is
 * noticed by its lease; what it fetched stays, and whoever goes on asks the Hub for the rest.
 */
export function createDownloader({ registry, openHub, downloadDir, logger, now, leaseMs = 60_000, progressMs = 1_000, pollMs = 5_000, mostTries = 20 }: DownloaderOptions): Downloader {
  const closing = new AbortController();
  const running = new Map<DownloadId, AbortController>();
  let wakeUp: (() => void) | undefined;
  let woken = false;
  let done: Promise<unknown> = Promise.resolve();

  const wake = (): void => {
    woken = true;
    wakeUp?.();
  };
  const rest = (): Promise<void> =>
    new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        wakeUp = undefined;
        resolve();
      };
      const timer = setTimeout(end, pollMs);
      wakeUp = end;
      if (woken || closing.signal.aborted) end();
    });
  const lease = () => new Date(now().getTime() + leaseMs);

  const loop = async (root: string): Promise<void> => {
    while (!closing.signal.aborted) {
      woken = false;
      const download = await registry.downloads.claimDownload(now(), lease()).catch((err: unknown) => {
        logger.warn({ event: 'downloads_not_read', err });
        return null;
      });
      if (download === null) await rest();
      else await work(root, download).catch((err: unknown) => logger.error({ event: 'download_lost', downloadId: download.id, err }));
    }
  };

  const work = async (root: string, download: DownloadRecord): Promise<void> => {
    const ending = new AbortController();
    running.set(download.id, ending);
    const signal = AbortSignal.any([ending.signal, closing.signal]);
    const hub = openHub();
    const startedAt = now();
    const files = download.files.map((file) => ({ ...file }));
    const progress = () => ({ files, downloadedBytes: files.reduce((sum, { downloadedBytes }) => sum + downloadedBytes, 0) });
    let keeping: Promise<unknown> = Promise.resolve();
    const keep = setInterval(() => {
      keeping = registry.downloads
        .keepDownload(download.id, download.epoch, progress(), lease())
        .then((held) => (held ? undefined : ending.abort()))
        .catch((err: unknown) => logger.warn({ event: 'download_progress_lost', downloadId: download.id, err }));
    }, progressMs);
    try {
      for (const file of files) {
        if (file.sha256 !== null && file.downloadedBytes === file.bytes) continue;
        file.sha256 = await downloadFile(hub, download, { name: file.fileName, bytes: file.bytes, sha256: file.expectedSha256, blobId: file.expectedBlobId }, { root, folder: download.folder }, { signal, onProgress: (bytes) => void (file.downloadedBytes = bytes) });
      }
      clearInterval(keep);
      await keeping;
      const finished = await registry.downloads.finishDownload(download.id, download.epoch, { ...progress(), state: 'succeeded', error: null }, now());
      logger.info({ event: 'download', downloadId: download.id, outcome: finished ? 'succeeded' : 'taken over', files: files.length, bytes: download.bytes, durationMs: now().getTime() - startedAt.getTime() });
    } catch (error) {
      clearInterval(keep);
      await keeping;
      await settle(root, download, error, { ending: ending.signal.aborted, progress });
    } finally {
      clearInterval(keep);
      running.delete(download.id);
      await hub.close();
    }
  };

  const settle = async (root: string, download: DownloadRecord, error: unknown, { ending, progress }: { readonly ending: boolean; readonly progress: () => { files: DownloadRecord['files']; downloadedBytes: number } }): Promise<void> => {
    if (ending) {
      const latest = await registry.downloads.findDownload(download.id);
      if (latest?.state === 'cancelled') await removeIncomplete(root, download);
      return;
    }
    if (closing.signal.aborted) return registry.downloads.releaseDownload(download.id, download.epoch, progress());
    const outage = error instanceof AppError && error.code === 'service.unavailable' && download.epoch < mostTries;
    if (outage) {
      // Held a little longer, then free for the next look: the Hub may be back by then.
      const again = new Date(now().getTime() + Math.min((error.retryAfterSeconds ?? 30) * 1_000, 10 * 60_000));
      await registry.downloads.keepDownload(download.id, download.epoch, progress(), again);
      logger.warn({ event: 'download', downloadId: download.id, outcome: 'waiting', errorCode: error.code, attempt: download.epoch });
      return;
    }
    const told = error instanceof AppError ? error.publicMessage : 'Something went wrong on our side.';
    await registry.downloads.finishDownload(download.id, download.epoch, { ...progress(), state: 'failed', error: told }, now());
    logger.warn({ event: 'download', downloadId: download.id, outcome: 'failed', err: error });
  };

  if (downloadDir !== null) done = loop(downloadDir);
  return {
    wake,
    stop: async (download) => {
      const ending = running.get(download.id);
      if (ending !== undefined) ending.abort();
      else if (downloadDir !== null && download.state === 'cancelled') await removeIncomplete(downloadDir, download);
    },
    close: async () => {
      closing.abort();
      wake();
      await done;
    },
  };
}

async function removeIncomplete(root: string, { folder, files }: DownloadRecord): Promise<void> {
  for (const { fileName } of files) await rm(join(root, folder, `${fileName}.incomplete`), { force: true });
}
