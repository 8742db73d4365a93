import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { FileStore } from '@weighbridge/inference-data';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { fileObject } from '../batches/batch-view.ts';
import { findFile } from '../operations/find-file.ts';
import { requesterOf } from '../requester.ts';

export const getFileRoute =
  (deps: { readonly files: Pick<FileStore, 'findFile'> }): Handler<typeof inferenceEndpoints.getFile> =>
  async ({ caller, header, params }) => fileObject(await findFile(deps, { id: params.id, projectId: requesterOf(caller, header).projectId }));
