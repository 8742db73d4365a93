import type { StoredWebhook, WebhookStore } from '@weighbridge/inference-data';
import { AppError } from '@weighbridge/shared-domain';
import type { ProjectId, WebhookId } from '@weighbridge/shared-domain';

export interface WebhookOf {
  readonly id: WebhookId;
  /** Null: whosever it is. */
  readonly projectId: ProjectId | null;
}

export const noWebhook = ({ id, projectId }: WebhookOf): AppError => new AppError('resource.not_found', `no webhook ${id} for ${projectId ?? 'the platform'}`);

/** Throws `resource.not_found`, also for another project's. */
export async function findWebhook({ webhooks }: { readonly webhooks: Pick<WebhookStore, 'findWebhook'> }, of: WebhookOf): Promise<StoredWebhook> {
  const webhook = await webhooks.findWebhook(of.id, of.projectId);
  if (webhook === null) throw noWebhook(of);
  return webhook;
}
