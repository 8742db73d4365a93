import type { WebhookDelivery } from '@weighbridge/inference-contracts';
import type { WebhookDeliveryStore, WebhookStore } from '@weighbridge/inference-data';
import { newId } from '@weighbridge/shared-adapters/ids';
import { deliveryView } from '../webhook-view.ts';
import { findWebhook } from './find-webhook.ts';
import type { WebhookOf } from './find-webhook.ts';
import { disabled, findDelivery } from './redeliver-webhook.ts';

export interface TestWebhookDeps {
  readonly webhooks: Pick<WebhookStore, 'findWebhook'>;
  readonly deliveries: Pick<WebhookDeliveryStore, 'addTest' | 'findDelivery'>;
}

/** Throws `resource.not_found`, and `resource.wrong_state` for a disabled webhook. */
export async function testWebhook(deps: TestWebhookDeps, of: WebhookOf): Promise<WebhookDelivery> {
  await findWebhook(deps, of);
  const id = await deps.deliveries.addTest(of.id, of.projectId, newId('webhookEvent'));
  if (id === null) throw disabled(of.id);
  return deliveryView(await findDelivery(deps, { id, projectId: of.projectId }));
}
