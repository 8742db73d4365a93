import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { testWebhook } from '../operations/test-webhook.ts';
import type { TestWebhookDeps } from '../operations/test-webhook.ts';

export const testWebhookRoute =
  (deps: TestWebhookDeps): Handler<typeof inferenceEndpoints.testWebhook> =>
  ({ caller, params: { id } }) => testWebhook(deps, { id, projectId: caller.projectId });
