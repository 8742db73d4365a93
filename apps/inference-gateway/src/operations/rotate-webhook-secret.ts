import type { WebhookSecret } from '@weighbridge/inference-contracts';
import type { RotatedSecret, WebhookStore } from '@weighbridge/inference-data';
import { newId } from '@weighbridge/shared-adapters/ids';
import type { ProjectId } from '@weighbridge/shared-domain';
import { noWebhook } from './find-webhook.ts';
import type { WebhookOf } from './find-webhook.ts';
import { secretOverlapMs } from './webhook-secrets.ts';
import type { WebhookSecrets } from './webhook-secrets.ts';

export interface RotateWebhookSecretDeps {
  readonly webhooks: Pick<WebhookStore, 'rotateSecret' | 'rotateCallbacks'>;
  readonly webhookSecrets: WebhookSecrets;
}

/** Throws `resource.not_found`. */
export async function rotateWebhookSecret({ webhooks, webhookSecrets }: RotateWebhookSecretDeps, of: WebhookOf): Promise<WebhookSecret> {
  const { secret, sealed } = webhookSecrets.make();
  const rotated = await webhooks.rotateSecret(of.id, of.projectId, sealed, secretOverlapMs);
  if (rotated === null) throw noWebhook(of);
  return secretView(secret, rotated);
}

/** The secret that signs callbacks of the project's jobs: made, or made anew. */
export async function rotateCallbackSecret({ webhooks, webhookSecrets }: RotateWebhookSecretDeps, projectId: ProjectId): Promise<WebhookSecret> {
  const { secret, sealed } = webhookSecrets.make();
  return secretView(secret, await webhooks.rotateCallbacks(projectId, newId('webhook'), sealed, secretOverlapMs));
}

const secretView = (secret: string, { previousSecretUntil }: RotatedSecret): WebhookSecret => ({ secret, previousSecretUntil: previousSecretUntil?.toISOString() ?? null });
