import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { JobStore } from '@weighbridge/inference-data';
import { projectFilter } from '@weighbridge/shared-adapters/auth';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { toPage } from '@weighbridge/shared-contracts';
import { jobSummary } from '../job-view.ts';

export const listJobsRoute =
  ({ store }: { readonly store: Pick<JobStore, 'listJobs'> }): Handler<typeof inferenceEndpoints.listJobs> =>
  async ({ caller, query: { project, status, lane, useCaseId, limit, cursor } }) => {
    const jobs = await store.listJobs({ projectId: projectFilter(caller, project), status, lane, useCaseId, before: cursor, limit: limit + 1 });
    return toPage(jobs.map(jobSummary), limit, ({ id }) => id);
  };
