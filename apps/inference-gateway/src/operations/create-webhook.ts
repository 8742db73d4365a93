import type { NewWebhook, Webhook } from '@weighbridge/inference-contracts';
import type { WebhookStore } from '@weighbridge/inference-data';
import { newId } from '@weighbridge/shared-adapters/ids';
import { AppError } from '@weighbridge/shared-domain';
import type { ProjectId } from '@weighbridge/shared-domain';
import { webhookView } from '../webhook-view.ts';
import type { WebhookSecrets } from './webhook-secrets.ts';
import { checkedUrl } from './webhook-secrets.ts';

export interface CreateWebhookDeps {
  readonly webhooks: Pick<WebhookStore, 'createWebhook'>;
  readonly webhookSecrets: WebhookSecrets;
}

/** Each end of a job is told to all of them. */
const mostPerProject = 20;

/** Throws `request.invalid` for a URL that may not be called. The secret is in this answer and in no other. */
export async function createWebhook({ webhooks, webhookSecrets }: CreateWebhookDeps, projectId: ProjectId, wanted: NewWebhook): Promise<Webhook & { readonly secret: string }> {
  await checkedUrl(webhookSecrets, '/body/url', wanted.url);
  const { secret, sealed } = webhookSecrets.make();
  const webhook = await webhooks.createWebhook({ id: newId('webhook'), projectId, url: wanted.url, events: wanted.events, description: wanted.description ?? null, secretSealed: sealed }, mostPerProject);
  if (webhook === null) throw new AppError('resource.wrong_state', `${projectId} has ${mostPerProject} webhooks`, { detail: `A project has at most ${mostPerProject} webhooks: delete one first.` });
  return { ...webhookView(webhook), secret };
}
