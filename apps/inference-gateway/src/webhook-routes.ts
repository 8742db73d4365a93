import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { WebhookDeliveryStore, WebhookStore } from '@weighbridge/inference-data';
import type { Handlers } from '@weighbridge/shared-adapters/http';
import type { WebhookSecrets } from './operations/webhook-secrets.ts';
import { changeWebhookRoute } from './routes/change-webhook.ts';
import { createWebhookRoute } from './routes/create-webhook.ts';
import { deleteWebhookRoute } from './routes/delete-webhook.ts';
import { getWebhookDeliveryRoute } from './routes/get-webhook-delivery.ts';
import { getWebhookRoute } from './routes/get-webhook.ts';
import { listDeliveriesOfWebhookRoute } from './routes/list-deliveries-of-webhook.ts';
import { listWebhookDeliveriesRoute } from './routes/list-webhook-deliveries.ts';
import { listWebhooksRoute } from './routes/list-webhooks.ts';
import { redeliverWebhookRoute } from './routes/redeliver-webhook.ts';
import { rotateCallbackSecretRoute } from './routes/rotate-callback-secret.ts';
import { rotateWebhookSecretRoute } from './routes/rotate-webhook-secret.ts';
import { testWebhookRoute } from './routes/test-webhook.ts';

export interface WebhookRouteDeps {
  readonly webhooks: WebhookStore;
  readonly deliveries: WebhookDeliveryStore;
  readonly webhookSecrets: WebhookSecrets;
}

type WebhookHandler =
  | 'createWebhook'
  | 'listWebhooks'
  | 'rotateCallbackSecret'
  | 'getWebhook'
  | 'changeWebhook'
  | 'deleteWebhook'
  | 'rotateWebhookSecret'
  | 'testWebhook'
  | 'listDeliveriesOfWebhook'
  | 'listWebhookDeliveries'
  | 'getWebhookDelivery'
  | 'redeliverWebhook';

export const webhookRoutes = (deps: WebhookRouteDeps): Pick<Handlers<typeof inferenceEndpoints>, WebhookHandler> => ({
  createWebhook: createWebhookRoute(deps),
  listWebhooks: listWebhooksRoute(deps),
  rotateCallbackSecret: rotateCallbackSecretRoute(deps),
  getWebhook: getWebhookRoute(deps),
  changeWebhook: changeWebhookRoute(deps),
  deleteWebhook: deleteWebhookRoute(deps),
  rotateWebhookSecret: rotateWebhookSecretRoute(deps),
  testWebhook: testWebhookRoute(deps),
  listDeliveriesOfWebhook: listDeliveriesOfWebhookRoute(deps),
  listWebhookDeliveries: listWebhookDeliveriesRoute(deps),
  getWebhookDelivery: getWebhookDeliveryRoute(deps),
  redeliverWebhook: redeliverWebhookRoute(deps),
});
