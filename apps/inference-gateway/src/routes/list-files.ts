import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { FileStore } from '@weighbridge/inference-data';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { fileObject, openAiPage } from '../batches/batch-view.ts';
import { requesterOf } from '../requester.ts';

export const listFilesRoute =
  ({ files }: { readonly files: Pick<FileStore, 'listFiles'> }): Handler<typeof inferenceEndpoints.listFiles> =>
  async ({ caller, header, query: { purpose, after, limit } }) => {
    const found = await files.listFiles({ projectId: requesterOf(caller, header).projectId, purpose, before: after, limit: limit + 1 });
    return openAiPage(found.map(fileObject), limit);
  };
