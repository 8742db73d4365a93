import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { JobStore } from '@weighbridge/inference-data';
import { projectFilter } from '@weighbridge/shared-adapters/auth';
import type { Handler } from '@weighbridge/shared-adapters/http';

export const summariseJobsRoute =
  ({ store }: { readonly store: Pick<JobStore, 'summariseJobs'> }): Handler<typeof inferenceEndpoints.summariseJobs> =>
  async ({ caller, query: { project } }) => {
    const { counts, ...summary } = await store.summariseJobs(projectFilter(caller, project));
    return { counts: { ...counts }, ...summary };
  };
