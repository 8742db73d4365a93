import type { BatchObject, BatchRequest } from '@weighbridge/inference-contracts';
import type { BatchStore, FileStore } from '@weighbridge/inference-data';
import type { Logger } from '@weighbridge/shared-adapters/logging';
import { AppError, FileId } from '@weighbridge/shared-domain';
import type { BatchId } from '@weighbridge/shared-domain';
import { resolveUseCase } from '../admission/resolve-use-case.ts';
import { batchObject } from '../batches/batch-view.ts';
import type { RegistryIndex } from '../facts/registry-index.ts';
import type { Requester } from './admit.ts';

export interface CreateBatchDeps {
  readonly batches: Pick<BatchStore, 'createBatch' | 'findBatch'>;
  readonly files: Pick<FileStore, 'findFile'>;
  readonly registry: () => RegistryIndex;
  readonly wakeBatches: (batchIds: readonly BatchId[]) => Promise<void>;
  readonly logger: Logger;
  readonly now: () => Date;
}

export interface CreateBatchInput {
  readonly id: BatchId;
  readonly requester: Requester;
  readonly namedUseCase: string | undefined;
  readonly request: BatchRequest;
}

const windowMs = 24 * 3_600_000;

/** Stores the batch; its lines are read, admitted and run afterwards, each through the one admission. */
export async function createBatch(deps: CreateBatchDeps, { id, requester, namedUseCase, request }: CreateBatchInput): Promise<BatchObject> {
  const { projectId, keyId, useCaseId } = requester;
  const useCase = resolveUseCase(deps.registry(), { projectId, named: namedUseCase, ofKey: useCaseId });
  const fileId = FileId.safeParse(request.input_file_id);
  const file = fileId.success ? await deps.files.findFile(fileId.data, projectId) : null;
  if (file === null || file.purpose !== 'batch') {
    throw new AppError('request.invalid', `no input file ${request.input_file_id} in ${projectId}`, {
      detail: `There is no file "${request.input_file_id}" with the purpose "batch".`,
      faults: [{ pointer: '/body/input_file_id', message: 'is not a file with the purpose "batch"' }],
    });
  }
  await deps.batches.createBatch({
    id,
    projectId,
    keyId,
    useCaseId: useCase.id,
    endpoint: request.endpoint,
    inputFileId: file.id,
    completionWindow: request.completion_window,
    metadata: request.metadata ?? null,
    expiresAt: new Date(deps.now().getTime() + windowMs),
  });
  // The batch is stored; without this wake-up housekeeping finds it.
  await deps.wakeBatches([id]).catch((error: unknown) => deps.logger.warn({ event: 'batch_not_woken', batchId: id, err: error }));
  const batch = await deps.batches.findBatch(id, projectId);
  if (batch === null) throw new AppError('service.internal', `batch ${id} is gone`);
  return batchObject(batch);
}
