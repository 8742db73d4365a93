import type { BatchObject } from '@weighbridge/inference-contracts';
import type { BatchStore } from '@weighbridge/inference-data';
import type { Logger } from '@weighbridge/shared-adapters/logging';
import { AppError } from '@weighbridge/shared-domain';
import type { BatchId, ProjectId } from '@weighbridge/shared-domain';
import { batchObject } from '../batches/batch-view.ts';

export interface CancelBatchDeps {
  readonly batches: Pick<BatchStore, 'findBatch' | 'moveBatch'>;
  readonly wakeBatches: (batchIds: readonly BatchId[]) => Promise<void>;
  readonly logger: Logger;
}

/** Begins the cancellation; what is finished is kept and written out. Throws `resource.wrong_state` once finalizing has begun. */
export async function cancelBatch({ batches, wakeBatches, logger }: CancelBatchDeps, { id, projectId }: { readonly id: BatchId; readonly projectId: ProjectId }): Promise<BatchObject> {
  const found = await batches.findBatch(id, projectId);
  if (found === null) throw new AppError('resource.not_found', `no batch ${id} in ${projectId}`, { detail: `There is no batch "${id}".` });
  const moved = await batches.moveBatch({ id, from: ['validating', 'in_progress'], to: 'cancelling' });
  const batch = await batches.findBatch(id, projectId);
  if (moved === null && batch?.status !== 'cancelling' && batch?.status !== 'cancelled') {
    throw new AppError('resource.wrong_state', `batch ${id} is ${found.status}`, { detail: `The batch is ${batch?.status ?? found.status} and cannot be cancelled any more.` });
  }
  await wakeBatches([id]).catch((error: unknown) => logger.warn({ event: 'batch_not_woken', batchId: id, err: error }));
  return batchObject(batch ?? found);
}
