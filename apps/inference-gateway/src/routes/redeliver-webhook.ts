import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { redeliverWebhook } from '../operations/redeliver-webhook.ts';
import type { RedeliverWebhookDeps } from '../operations/redeliver-webhook.ts';

export const redeliverWebhookRoute =
  (deps: RedeliverWebhookDeps): Handler<typeof inferenceEndpoints.redeliverWebhook> =>
  ({ caller, params: { id } }) => redeliverWebhook(deps, { id, projectId: caller.projectId });
