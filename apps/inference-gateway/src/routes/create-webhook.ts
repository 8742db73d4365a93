import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import { projectOf } from '@weighbridge/shared-adapters/auth';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { createWebhook } from '../operations/create-webhook.ts';
import type { CreateWebhookDeps } from '../operations/create-webhook.ts';

export const createWebhookRoute =
  (deps: CreateWebhookDeps): Handler<typeof inferenceEndpoints.createWebhook> =>
  ({ caller, query, body }) => createWebhook(deps, projectOf(caller, query.project), body);
