import { DeliveryStatus } from '@weighbridge/inference-domain';
import { defineEndpoints, pageOf, pageQuery } from '@weighbridge/shared-contracts';
import { ProjectId, WebhookDeliveryId, WebhookId } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { NewWebhook, Webhook, WebhookChange, WebhookDelivery, WebhookDeliveryDetail, WebhookSecret } from './webhook.ts';

const params = z.object({ id: WebhookId });
const deliveryParams = z.object({ id: WebhookDeliveryId });
/** For keys of the platform, which belong to no project. */
const project = ProjectId.optional();

/** Whom a project tells of events, and the log of what was told. */
export const webhookEndpoints = defineEndpoints({
  createWebhook: {
    method: 'post',
    path: '/v1/webhooks',
    role: 'admin',
    summary: 'Tells a URL of events of the project; the secret is shown this once',
    query: z.object({ project }),
    body: NewWebhook,
    response: Webhook.extend({ secret: z.string() }),
    status: 201,
  },
  listWebhooks: { method: 'get', path: '/v1/webhooks', role: 'viewer', summary: 'The webhooks of the project, newest first', query: z.object({ ...pageQuery, project }), response: pageOf(Webhook) },
  /** Before the paths with an id. */
  rotateCallbackSecret: {
    method: 'post',
    path: '/v1/webhooks/callbacks/rotation',
    role: 'admin',
    summary: 'Gives a new secret for the callbacks of jobs (callbackUrl), and shows it this once; the old one signs too for 24 hours',
    query: z.object({ project }),
    response: WebhookSecret,
  },
  getWebhook: { method: 'get', path: '/v1/webhooks/{id}', role: 'viewer', summary: 'A webhook', params, response: Webhook },
  changeWebhook: { method: 'patch', path: '/v1/webhooks/{id}', role: 'admin', summary: 'Changes URL, events or description of a webhook, disables it or makes it active again', params, body: WebhookChange, response: Webhook },
  deleteWebhook: { method: 'delete', path: '/v1/webhooks/{id}', role: 'admin', summary: 'Deletes a webhook and the log of its deliveries', params, response: z.object({ id: WebhookId, deleted: z.literal(true) }) },
  rotateWebhookSecret: { method: 'post', path: '/v1/webhooks/{id}/rotation', role: 'admin', summary: 'Gives a new secret, and shows it this once; the old one signs too for 24 hours', params, response: WebhookSecret },
  testWebhook: { method: 'post', path: '/v1/webhooks/{id}/test', role: 'admin', summary: 'Sends an event of the type webhook.test', params, response: WebhookDelivery, status: 202 },
  listDeliveriesOfWebhook: {
    method: 'get',
    path: '/v1/webhooks/{id}/deliveries',
    role: 'viewer',
    summary: 'What was told to a webhook, or will be, newest first',
    params,
    query: z.object({ ...pageQuery, status: DeliveryStatus.optional() }),
    response: pageOf(WebhookDelivery),
  },
  listWebhookDeliveries: {
    method: 'get',
    path: '/v1/webhook-deliveries',
    role: 'viewer',
    summary: 'The deliveries of a project, callbacks of jobs too, newest first',
    query: z.object({ ...pageQuery, project, status: DeliveryStatus.optional(), subjectId: z.string().max(100).optional() }),
    response: pageOf(WebhookDelivery),
  },
  getWebhookDelivery: { method: 'get', path: '/v1/webhook-deliveries/{id}', role: 'viewer', summary: 'A delivery with its tries', params: deliveryParams, response: WebhookDeliveryDetail },
  redeliverWebhook: {
    method: 'post',
    path: '/v1/webhook-deliveries/{id}/redelivery',
    role: 'editor',
    summary: 'Tells it again, now, with the same webhook-id; a dead delivery begins a new day of tries',
    params: deliveryParams,
    response: WebhookDelivery,
    status: 202,
  },
});
