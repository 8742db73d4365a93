export { newWebhookSecret, signWebhook } from './sign-webhook.ts';
export type { SignedHeaders } from './sign-webhook.ts';
export { assertWebhookUrl, createWebhookClient } from './webhook-client.ts';
export type { WebhookCall, WebhookClient, WebhookClientOptions, WebhookReply } from './webhook-client.ts';
