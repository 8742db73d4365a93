import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { rotateWebhookSecret } from '../operations/rotate-webhook-secret.ts';
import type { RotateWebhookSecretDeps } from '../operations/rotate-webhook-secret.ts';

export const rotateWebhookSecretRoute =
  (deps: RotateWebhookSecretDeps): Handler<typeof inferenceEndpoints.rotateWebhookSecret> =>
  ({ caller, params: { id } }) => rotateWebhookSecret(deps, { id, projectId: caller.projectId });
