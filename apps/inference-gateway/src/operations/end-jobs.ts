import type { EndedJob } from '@weighbridge/inference-data';
import type { BudgetHolds } from '@weighbridge/shared-adapters/budget-holds';
import type { Logger } from '@weighbridge/shared-adapters/logging';
import type { BatchId, JobId, ProjectId } from '@weighbridge/shared-domain';
import type { InferenceQueue } from '../waiting/inference-queue.ts';

export interface EndJobsDeps {
  readonly holds: Pick<BudgetHolds, 'release'>;
  readonly queue: Pick<InferenceQueue, 'removeDurable'>;
  readonly publishCancel: (jobId: JobId) => Promise<void>;
  readonly publishChange: (projectId: ProjectId, jobId: JobId, status: string) => Promise<void>;
  readonly wakeBatches: (batchIds: readonly BatchId[]) => Promise<void>;
  readonly logger: Logger;
}

/**
 * What follows when the gateway has ended jobs in the database (cancelled, expired, refused): workers stop, messages go, holds of jobs that
 * were never started are freed, watchers and batches hear of it. None of it is needed for the end to hold, so a failure is only logged:
 * holds expire, messages find nothing to claim, and housekeeping wakes batches.
 */
export async function followEnds(deps: EndJobsDeps, ended: readonly EndedJob[]): Promise<void> {
  const follow = async (job: EndedJob) => {
    if (job.was === 'running') await deps.publishCancel(job.id);
    else if (job.pool !== null) {
      // The claim that might come first finds nothing, so nothing can start after this.
      await deps.holds.release(job.id);
      await deps.queue.removeDurable({ id: job.id, pool: job.pool, dispatch: job.dispatch });
    }
    await deps.publishChange(job.projectId, job.id, job.status);
  };
  const batchIds = [...new Set(ended.map(({ batchId }) => batchId).filter((id) => id !== null))];
  const results = await Promise.allSettled([...ended.map(follow), ...(batchIds.length === 0 ? [] : [deps.wakeBatches(batchIds)])]);
  for (const result of results) if (result.status === 'rejected') deps.logger.warn({ event: 'end_not_followed', err: result.reason });
}
