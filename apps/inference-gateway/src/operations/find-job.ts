import type { JobStore, StoredJob } from '@weighbridge/inference-data';
import { AppError } from '@weighbridge/shared-domain';
import type { JobId, ProjectId } from '@weighbridge/shared-domain';

export interface FindJobDeps {
  readonly store: Pick<JobStore, 'findJob'>;
}

/** Throws `resource.not_found`, also for another project's job. `projectId` null: whosever it is. */
export async function findJob({ store }: FindJobDeps, { id, projectId }: { readonly id: JobId; readonly projectId: ProjectId | null }): Promise<StoredJob> {
  const job = await store.findJob(id, projectId);
  if (job === null) throw new AppError('resource.not_found', `no job ${id} for ${projectId ?? 'the platform'}`);
  return job;
}
