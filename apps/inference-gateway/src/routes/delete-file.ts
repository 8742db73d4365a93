import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { FileStore } from '@weighbridge/inference-data';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { noSuchFile } from '../operations/find-file.ts';
import { requesterOf } from '../requester.ts';

export const deleteFileRoute =
  ({ files }: { readonly files: Pick<FileStore, 'deleteFile'> }): Handler<typeof inferenceEndpoints.deleteFile> =>
  async ({ caller, header, params: { id } }) => {
    if (!(await files.deleteFile(id, requesterOf(caller, header).projectId))) throw noSuchFile(id);
    return { id, object: 'file', deleted: true };
  };
