import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { cancelGroup } from '../operations/cancel-group.ts';
import type { CancelGroupDeps } from '../operations/cancel-group.ts';

export const cancelEvaluationJobsRoute =
  (deps: CancelGroupDeps): Handler<typeof inferenceEndpoints.cancelEvaluationJobs> =>
  async ({ params: { runId } }) => ({ cancelled: await cancelGroup(deps, runId) });
