import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { WebhookDeliveryStore, WebhookStore } from '@weighbridge/inference-data';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { toPage } from '@weighbridge/shared-contracts';
import { findWebhook } from '../operations/find-webhook.ts';
import { deliveryView } from '../webhook-view.ts';

export interface ListDeliveriesDeps {
  readonly webhooks: Pick<WebhookStore, 'findWebhook'>;
  readonly deliveries: Pick<WebhookDeliveryStore, 'listDeliveries'>;
}

export const listDeliveriesOfWebhookRoute =
  (deps: ListDeliveriesDeps): Handler<typeof inferenceEndpoints.listDeliveriesOfWebhook> =>
  async ({ caller: { projectId }, params: { id }, query: { status, limit, cursor } }) => {
    await findWebhook(deps, { id, projectId });
    const rows = await deps.deliveries.listDeliveries({ projectId, webhookId: id, status, before: cursor, limit: limit + 1 });
    return toPage(rows.map(deliveryView), limit, (row) => row.id);
  };
