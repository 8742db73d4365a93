import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { listFinishedJobs } from '../operations/list-finished-jobs.ts';
import type { ListFinishedJobsDeps } from '../operations/list-finished-jobs.ts';

export const listFinishedEvaluationJobsRoute =
  (deps: ListFinishedJobsDeps & { readonly closing: AbortSignal }): Handler<typeof inferenceEndpoints.listFinishedEvaluationJobs> =>
  ({ query, signal }) => listFinishedJobs(deps, { ...query, signal: AbortSignal.any([signal, deps.closing]) });
