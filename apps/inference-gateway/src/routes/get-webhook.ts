import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { findWebhook } from '../operations/find-webhook.ts';
import { webhookView } from '../webhook-view.ts';

export const getWebhookRoute =
  (deps: Parameters<typeof findWebhook>[0]): Handler<typeof inferenceEndpoints.getWebhook> =>
  async ({ caller, params: { id } }) => webhookView(await findWebhook(deps, { id, projectId: caller.projectId }));
