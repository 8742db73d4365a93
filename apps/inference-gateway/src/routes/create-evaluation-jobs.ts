import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { createEvaluationJobs } from '../operations/create-evaluation-jobs.ts';
import type { CreateEvaluationJobsDeps } from '../operations/create-evaluation-jobs.ts';

export const createEvaluationJobsRoute =
  (deps: CreateEvaluationJobsDeps): Handler<typeof inferenceEndpoints.createEvaluationJobs> =>
  async ({ body, note }) => {
    const { accepted, refused } = await createEvaluationJobs(deps, body);
    note({ runId: body.runId, accepted, refused: refused.length });
    return { accepted, refused };
  };
