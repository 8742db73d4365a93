import type { Job } from '@weighbridge/inference-contracts';
import type { JobStore } from '@weighbridge/inference-data';
import { AppError, errorCodes } from '@weighbridge/shared-domain';
import type { JobId, ProjectId } from '@weighbridge/shared-domain';
import { jobView } from '../job-view.ts';
import { followEnds } from './end-jobs.ts';
import type { EndJobsDeps } from './end-jobs.ts';

export type CancelJobDeps = EndJobsDeps & { readonly store: Pick<JobStore, 'cancelJobs' | 'findJob'> };

export const cancelledError = { code: 'job.cancelled', message: errorCodes['job.cancelled'] } as const;

/** Cancels what is not finished, in flight too; a finished job is answered as it is. `projectId` null: whosever it is. */
export async function cancelJob(deps: CancelJobDeps, { id, projectId }: { readonly id: JobId; readonly projectId: ProjectId | null }): Promise<Job> {
  const ended = await deps.store.cancelJobs([id], projectId, cancelledError);
  await followEnds(deps, ended);
  const job = await deps.store.findJob(id, projectId);
  if (job === null) throw new AppError('resource.not_found', `no job ${id} for ${projectId ?? 'the platform'}`);
  return jobView(job);
}
