import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { BatchStore } from '@weighbridge/inference-data';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { AppError } from '@weighbridge/shared-domain';
import { batchObject } from '../batches/batch-view.ts';
import { requesterOf } from '../requester.ts';

export const getBatchRoute =
  ({ batches }: { readonly batches: Pick<BatchStore, 'findBatch'> }): Handler<typeof inferenceEndpoints.getBatch> =>
  async ({ caller, header, params: { id } }) => {
    const { projectId } = requesterOf(caller, header);
    const batch = await batches.findBatch(id, projectId);
    if (batch === null) throw new AppError('resource.not_found', `no batch ${id} in ${projectId}`, { detail: `There is no batch "${id}".` });
    return batchObject(batch);
  };
