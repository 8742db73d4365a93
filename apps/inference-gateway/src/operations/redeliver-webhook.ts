import type { WebhookDelivery } from '@weighbridge/inference-contracts';
import type { WebhookDeliveryStore, WebhookStore } from '@weighbridge/inference-data';
import { AppError } from '@weighbridge/shared-domain';
import type { ProjectId, WebhookDeliveryId } from '@weighbridge/shared-domain';
import { deliveryView } from '../webhook-view.ts';

export interface DeliveryOf {
  readonly id: WebhookDeliveryId;
  /** Null: whosever it is. */
  readonly projectId: ProjectId | null;
}

export interface FindDeliveryDeps {
  readonly deliveries: Pick<WebhookDeliveryStore, 'findDelivery'>;
}

/** Throws `resource.not_found`, also for another project's. */
export async function findDelivery({ deliveries }: FindDeliveryDeps, { id, projectId }: DeliveryOf) {
  const delivery = await deliveries.findDelivery(id, projectId);
  if (delivery === null) throw new AppError('resource.not_found', `no delivery ${id} for ${projectId ?? 'the platform'}`);
  return delivery;
}

export interface RedeliverWebhookDeps {
  readonly webhooks: Pick<WebhookStore, 'findWebhook'>;
  readonly deliveries: Pick<WebhookDeliveryStore, 'findDelivery' | 'redeliver'>;
}

/** Tells it again. Throws `resource.wrong_state` while the webhook is disabled. */
export async function redeliverWebhook(deps: RedeliverWebhookDeps, of: DeliveryOf): Promise<WebhookDelivery> {
  const { webhookId } = await findDelivery(deps, of);
  const webhook = webhookId === null ? null : await deps.webhooks.findWebhook(webhookId, of.projectId);
  if (webhook?.status === 'disabled') throw disabled(webhook.id);
  await deps.deliveries.redeliver(of.id);
  return deliveryView(await findDelivery(deps, of));
}

export const disabled = (webhookId: string): AppError =>
  new AppError('resource.wrong_state', `webhook ${webhookId} is disabled`, { detail: 'The webhook is disabled: make it active again first.' });
