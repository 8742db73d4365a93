import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { receiptOf } from '../job-view.ts';
import { findJob } from '../operations/find-job.ts';
import type { FindJobDeps } from '../operations/find-job.ts';

export const getReceiptRoute =
  (deps: FindJobDeps): Handler<typeof inferenceEndpoints.getReceipt> =>
  async ({ caller, params: { id } }) => receiptOf(await findJob(deps, { id, projectId: caller.projectId }));
