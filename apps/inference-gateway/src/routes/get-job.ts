import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { jobView } from '../job-view.ts';
import { findJob } from '../operations/find-job.ts';
import type { FindJobDeps } from '../operations/find-job.ts';

export const getJobRoute =
  (deps: FindJobDeps): Handler<typeof inferenceEndpoints.getJob> =>
  async ({ caller, params: { id } }) => jobView(await findJob(deps, { id, projectId: caller.projectId }));
