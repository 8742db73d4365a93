import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { findDelivery } from '../operations/redeliver-webhook.ts';
import type { FindDeliveryDeps } from '../operations/redeliver-webhook.ts';
import { deliveryDetail } from '../webhook-view.ts';

export const getWebhookDeliveryRoute =
  (deps: FindDeliveryDeps): Handler<typeof inferenceEndpoints.getWebhookDelivery> =>
  async ({ caller, params: { id } }) => deliveryDetail(await findDelivery(deps, { id, projectId: caller.projectId }));
