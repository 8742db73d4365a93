import type { Webhook, WebhookChange } from '@weighbridge/inference-contracts';
import type { WebhookStore } from '@weighbridge/inference-data';
import { webhookView } from '../webhook-view.ts';
import { noWebhook } from './find-webhook.ts';
import type { WebhookOf } from './find-webhook.ts';
import { checkedUrl } from './webhook-secrets.ts';
import type { WebhookSecrets } from './webhook-secrets.ts';

export interface ChangeWebhookDeps {
  readonly webhooks: Pick<WebhookStore, 'changeWebhook'>;
  readonly webhookSecrets: Pick<WebhookSecrets, 'assertUrl'>;
}

/** Throws `resource.not_found`, and `request.invalid` for a URL that may not be called. */
export async function changeWebhook({ webhooks, webhookSecrets }: ChangeWebhookDeps, of: WebhookOf, change: WebhookChange): Promise<Webhook> {
  if (change.url !== undefined) await checkedUrl(webhookSecrets, '/body/url', change.url);
  const webhook = await webhooks.changeWebhook(of.id, of.projectId, change);
  if (webhook === null) throw noWebhook(of);
  return webhookView(webhook);
}
