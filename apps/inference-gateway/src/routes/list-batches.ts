import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { BatchStore } from '@weighbridge/inference-data';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { batchObject, openAiPage } from '../batches/batch-view.ts';
import { requesterOf } from '../requester.ts';

export const listBatchesRoute =
  ({ batches }: { readonly batches: Pick<BatchStore, 'listBatches'> }): Handler<typeof inferenceEndpoints.listBatches> =>
  async ({ caller, header, query: { after, limit } }) => {
    const found = await batches.listBatches(requesterOf(caller, header).projectId, after, limit + 1);
    return openAiPage(found.map(batchObject), limit);
  };
