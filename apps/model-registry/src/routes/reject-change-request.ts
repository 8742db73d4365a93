import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import { rejectChangeRequest } from '../operations/answer-change-request.ts';

export const rejectChangeRequestRoute =
  (deps: ChangeDeps): Handler<typeof registryEndpoints.rejectChangeRequest> =>
  ({ params, body, caller }) =>
    rejectChangeRequest(deps, { ...body, id: params.id, caller });
