import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import { projectOf } from '@weighbridge/shared-adapters/auth';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { rotateCallbackSecret } from '../operations/rotate-webhook-secret.ts';
import type { RotateWebhookSecretDeps } from '../operations/rotate-webhook-secret.ts';

export const rotateCallbackSecretRoute =
  (deps: RotateWebhookSecretDeps): Handler<typeof inferenceEndpoints.rotateCallbackSecret> =>
  ({ caller, query }) => rotateCallbackSecret(deps, projectOf(caller, query.project));
