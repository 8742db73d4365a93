import type { WebhookStore } from '@weighbridge/inference-data';
import { newId } from '@weighbridge/shared-adapters/ids';
import type { ProjectId } from '@weighbridge/shared-domain';
import { checkedUrl } from './webhook-secrets.ts';
import type { WebhookSecrets } from './webhook-secrets.ts';

export interface AcceptCallbackDeps {
  readonly webhooks: Pick<WebhookStore, 'ensureCallbacks'>;
  readonly webhookSecrets: WebhookSecrets;
}

/** Says whether a job of the project may name this callback URL, and sees to it that the project has a secret to sign with. Throws `request.invalid`. */
export type AcceptCallback = (projectId: ProjectId, url: string) => Promise<void>;

export function createAcceptCallback({ webhooks, webhookSecrets }: AcceptCallbackDeps): AcceptCallback {
  // Secrets for callbacks are never deleted, so what was there once still is.
  const known = new Set<ProjectId>();
  return async (projectId, url) => {
    await checkedUrl(webhookSecrets, '/body/callbackUrl', url);
    if (known.has(projectId)) return;
    await webhooks.ensureCallbacks(projectId, newId('webhook'), webhookSecrets.make().sealed);
    known.add(projectId);
  };
}
