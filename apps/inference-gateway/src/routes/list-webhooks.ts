import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { WebhookStore } from '@weighbridge/inference-data';
import { projectFilter } from '@weighbridge/shared-adapters/auth';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { toPage } from '@weighbridge/shared-contracts';
import { webhookView } from '../webhook-view.ts';

export const listWebhooksRoute =
  ({ webhooks }: { readonly webhooks: Pick<WebhookStore, 'listWebhooks'> }): Handler<typeof inferenceEndpoints.listWebhooks> =>
  async ({ caller, query: { project, limit, cursor } }) => toPage((await webhooks.listWebhooks(projectFilter(caller, project), cursor, limit + 1)).map(webhookView), limit, ({ id }) => id);
