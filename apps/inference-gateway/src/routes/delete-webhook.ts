import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { WebhookStore } from '@weighbridge/inference-data';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { noWebhook } from '../operations/find-webhook.ts';

export const deleteWebhookRoute =
  ({ webhooks }: { readonly webhooks: Pick<WebhookStore, 'deleteWebhook'> }): Handler<typeof inferenceEndpoints.deleteWebhook> =>
  async ({ caller: { projectId }, params: { id } }) => {
    if (!(await webhooks.deleteWebhook(id, projectId))) throw noWebhook({ id, projectId });
    return { id, deleted: true };
  };
