import type { Webhook, WebhookDelivery, WebhookDeliveryDetail } from '@weighbridge/inference-contracts';
import type { StoredDelivery, StoredTry, StoredWebhook } from '@weighbridge/inference-data';

export const webhookView = (webhook: StoredWebhook): Webhook => ({
  ...webhook,
  disabledAt: webhook.disabledAt?.toISOString() ?? null,
  previousSecretUntil: webhook.previousSecretUntil?.toISOString() ?? null,
  createdAt: webhook.createdAt.toISOString(),
  updatedAt: webhook.updatedAt.toISOString(),
});

export const deliveryView = (delivery: StoredDelivery): WebhookDelivery => ({
  ...delivery,
  nextAttemptAt: delivery.nextAttemptAt?.toISOString() ?? null,
  createdAt: delivery.createdAt.toISOString(),
  finishedAt: delivery.finishedAt?.toISOString() ?? null,
});

export const deliveryDetail = (delivery: StoredDelivery & { readonly body: string; readonly tries: readonly StoredTry[] }): WebhookDeliveryDetail => ({
  ...deliveryView(delivery),
  payload: delivery.body,
  tries: delivery.tries.map((one) => ({ ...one, startedAt: one.startedAt.toISOString() })),
});
