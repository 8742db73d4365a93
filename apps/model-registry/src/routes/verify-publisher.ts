import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import { verifyPublisher } from '../operations/verify-publisher.ts';

export const verifyPublisherRoute =
  (deps: ChangeDeps): Handler<typeof registryEndpoints.verifyPublisher> =>
  ({ params, body, caller }) =>
    verifyPublisher(deps, { caller, model: params.name, version: params.version, reason: body.reason });
