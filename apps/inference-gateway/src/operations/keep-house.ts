import type { BatchStore, FileStore, IdempotencyStore, JobStore, WebhookDeliveryStore } from '@weighbridge/inference-data';
import { errorCodes } from '@weighbridge/shared-domain';
import type { BatchAdvancer } from '../batches/batch-advancer.ts';
import type { InferenceQueue } from '../waiting/inference-queue.ts';
import { followEnds } from './end-jobs.ts';
import type { EndJobsDeps } from './end-jobs.ts';
import { reportEndUsers } from './report-end-users.ts';
import type { ReportEndUsersDeps } from './report-end-users.ts';

export type KeepHouseDeps = Omit<EndJobsDeps, 'queue'> & ReportEndUsersDeps & {
  readonly store: Pick<JobStore, 'requeueLost' | 'redispatch' | 'expireJobs'>;
  readonly batches: Pick<BatchStore, 'listOpenBatches'>;
  readonly files: Pick<FileStore, 'purgeFiles'>;
  readonly idempotency: Pick<IdempotencyStore, 'purge'>;
  readonly deliveries: Pick<WebhookDeliveryStore, 'buryOverdue' | 'purge'>;
  readonly advancer: BatchAdvancer;
  readonly queue: Pick<InferenceQueue, 'addDurable' | 'removeDurable'>;
  /** An admitted job that no worker has taken for this long is given to the queue again, which knows it or not. */
  readonly redispatchAfterMs: number;
};

export type HousekeepingTask = 'reconcile-jobs' | 'expire-jobs' | 'advance-batches' | 'purge-idempotency' | 'purge-webhooks' | 'report-end-users';

const pieceSize = 500;
/** One round is bounded, so that it ends before its message times out; the next one goes on. */
const mostPieces = 20;

/** How long the log of webhooks can be looked at, and given again from. */
const keepDeliveriesDays = 30;

async function inPieces(piece: () => Promise<number>): Promise<void> {
  for (let pieces = 0; pieces < mostPieces; pieces += 1) if ((await piece()) < pieceSize) return;
}

/** What keeps the promises when something was lost on the way: each task may run at any time, twice too. */
export const housekeepingTasks: Readonly<Record<HousekeepingTask, (deps: KeepHouseDeps) => Promise<void>>> = {
  /** P1: what the queue forgot or a worker left is queued again. */
  'reconcile-jobs': async (deps) => {
    for (const find of [() => deps.store.requeueLost(pieceSize), () => deps.store.redispatch(deps.redispatchAfterMs, pieceSize)]) {
      await inPieces(async () => {
        const jobs = await find();
        await deps.queue.addDurable(jobs);
        return jobs.length;
      });
    }
  },
  'expire-jobs': (deps) =>
    inPieces(async () => {
      const ended = await deps.store.expireJobs({ code: 'job.expired', message: errorCodes['job.expired'] }, pieceSize);
      await followEnds(deps, ended);
      return ended.length;
    }),
  'advance-batches': async (deps) => {
    for (const id of await deps.batches.listOpenBatches(pieceSize)) await deps.advancer.advance(id);
  },
  'purge-idempotency': async (deps) => {
    await inPieces(() => deps.idempotency.purge(pieceSize));
    await inPieces(() => deps.files.purgeFiles(pieceSize));
  },
  'purge-webhooks': async (deps) => {
    await inPieces(() => deps.deliveries.buryOverdue(pieceSize));
    await inPieces(() => deps.deliveries.purge(keepDeliveriesDays, pieceSize));
  },
  'report-end-users': reportEndUsers,
};
