import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { jobIdOfResponse, storedResponse } from '../doors/stored-response.ts';
import { cancelJob } from '../operations/cancel-job.ts';
import type { CancelJobDeps } from '../operations/cancel-job.ts';

export const cancelResponseRoute =
  (deps: CancelJobDeps): Handler<typeof inferenceEndpoints.cancelResponse> =>
  async ({ caller, params: { id } }) => storedResponse(await cancelJob(deps, { id: jobIdOfResponse(id), projectId: caller.projectId }));
