import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { WebhookDeliveryStore } from '@weighbridge/inference-data';
import { projectFilter } from '@weighbridge/shared-adapters/auth';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { toPage } from '@weighbridge/shared-contracts';
import { deliveryView } from '../webhook-view.ts';

export const listWebhookDeliveriesRoute =
  ({ deliveries }: { readonly deliveries: Pick<WebhookDeliveryStore, 'listDeliveries'> }): Handler<typeof inferenceEndpoints.listWebhookDeliveries> =>
  async ({ caller, query: { project, status, subjectId, limit, cursor } }) => {
    const rows = await deliveries.listDeliveries({ projectId: projectFilter(caller, project), status, subjectId, before: cursor, limit: limit + 1 });
    return toPage(rows.map(deliveryView), limit, ({ id }) => id);
  };
