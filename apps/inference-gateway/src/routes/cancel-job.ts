import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { cancelJob } from '../operations/cancel-job.ts';
import type { CancelJobDeps } from '../operations/cancel-job.ts';

export const cancelJobRoute =
  (deps: CancelJobDeps): Handler<typeof inferenceEndpoints.cancelJob> =>
  ({ caller, params: { id } }) => cancelJob(deps, { id, projectId: caller.projectId });
