import type { DownloadId } from '@weighbridge/shared-domain';
import type { Download } from '../generated/client.ts';
import { DownloadRecord } from '../records.ts';
import type { PageRequest } from '../records.ts';
import { json } from './session.ts';
import type { Session } from './session.ts';

/** What whoever works on a download may write. */
export type DownloadProgress = Pick<DownloadRecord, 'files' | 'downloadedBytes'>;

export interface DownloadRepository {
  /** Fails on a second unfinished one for the same folder. */
  readonly addDownload: (download: DownloadRecord) => Promise<void>;
  readonly findDownload: (id: DownloadId) => Promise<DownloadRecord | null>;
  readonly findUnfinishedDownload: (folder: string) => Promise<DownloadRecord | null>;
  /** Newest first. Gives one more than the limit if there are more. */
  readonly listDownloads: (page: PageRequest) => Promise<DownloadRecord[]>;
  /** Takes the oldest unfinished one that nobody holds, until `leaseUntil`; its epoch is then one higher. Null: there is none. */
  readonly claimDownload: (at: Date, leaseUntil: Date) => Promise<DownloadRecord | null>;
  /** Writes how far it is and holds it longer. False: it was cancelled, or somebody else took it. */
  readonly keepDownload: (id: DownloadId, epoch: number, progress: DownloadProgress, leaseUntil: Date) => Promise<boolean>;
  /** Lets it go unfinished, for whoever claims it next. */
  readonly releaseDownload: (id: DownloadId, epoch: number, progress: DownloadProgress) => Promise<void>;
  /** The last state, written once. False: it was finished already, or somebody else took it. */
  readonly finishDownload: (id: DownloadId, epoch: number, end: DownloadProgress & Pick<DownloadRecord, 'error'> & { readonly state: 'succeeded' | 'failed' }, at: Date) => Promise<boolean>;
  /** Gives the record as it then is; null: there is none. One that was finished stays as it is. */
  readonly cancelDownload: (id: DownloadId, at: Date) => Promise<DownloadRecord | null>;
}

const fromRow = ({ bytes, downloadedBytes, leaseUntil: _, ...row }: Download): DownloadRecord => DownloadRecord.parse({ ...row, bytes: Number(bytes), downloadedBytes: Number(downloadedBytes) });

export const createDownloadRepository = (session: Session): DownloadRepository => {
  const findDownload = async (id: DownloadId) => {
    const row = await session.download.findUnique({ where: { id } });
    return row === null ? null : fromRow(row);
  };
  const write = async (id: DownloadId, epoch: number, data: Parameters<Session['download']['updateMany']>[0]['data']) => (await session.download.updateMany({ where: { id, epoch, finishedAt: null }, data })).count === 1;
  const columns = ({ files, downloadedBytes }: DownloadProgress) => ({ files: json(files), downloadedBytes: BigInt(downloadedBytes) });

  return {
    addDownload: async ({ files, bytes, downloadedBytes, ...download }) => void (await session.download.create({ data: { ...download, files: json(files), bytes: BigInt(bytes), downloadedBytes: BigInt(downloadedBytes) } })),
    findDownload,
    findUnfinishedDownload: async (folder) => {
      const row = await session.download.findFirst({ where: { folder, finishedAt: null } });
      return row === null ? null : fromRow(row);
    },
    listDownloads: async ({ limit, after }) => (await session.download.findMany({ where: after === undefined ? {} : { id: { lt: after } }, orderBy: { id: 'desc' }, take: limit + 1 })).map(fromRow),
    claimDownload: async (at, leaseUntil) => {
      const rows = await session.$queryRaw<{ id: DownloadId }[]>`
        update download set epoch = epoch + 1, state = 'running', lease_until = ${leaseUntil}
        where id = (select id from download where finished_at is null and (lease_until is null or lease_until <= ${at}) order by id limit 1 for update skip locked)
        returning id
      `;
      return rows[0] === undefined ? null : findDownload(rows[0].id);
    },
    keepDownload: (id, epoch, progress, leaseUntil) => write(id, epoch, { ...columns(progress), leaseUntil }),
    releaseDownload: async (id, epoch, progress) => void (await write(id, epoch, { ...columns(progress), leaseUntil: null })),
    finishDownload: (id, epoch, { state, error, ...progress }, at) => write(id, epoch, { ...columns(progress), state, error, finishedAt: at, leaseUntil: null }),
    cancelDownload: async (id, at) => {
      await session.download.updateMany({ where: { id, finishedAt: null }, data: { state: 'cancelled', finishedAt: at, leaseUntil: null } });
      return findDownload(id);
    },
  };
};
