import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { changeWebhook } from '../operations/change-webhook.ts';
import type { ChangeWebhookDeps } from '../operations/change-webhook.ts';

export const changeWebhookRoute =
  (deps: ChangeWebhookDeps): Handler<typeof inferenceEndpoints.changeWebhook> =>
  ({ caller, params: { id }, body }) => changeWebhook(deps, { id, projectId: caller.projectId }, body);
