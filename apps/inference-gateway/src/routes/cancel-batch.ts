import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { cancelBatch } from '../operations/cancel-batch.ts';
import type { CancelBatchDeps } from '../operations/cancel-batch.ts';
import { requesterOf } from '../requester.ts';

export const cancelBatchRoute =
  (deps: CancelBatchDeps): Handler<typeof inferenceEndpoints.cancelBatch> =>
  ({ caller, header, params: { id } }) => cancelBatch(deps, { id, projectId: requesterOf(caller, header).projectId });
