import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import { withdrawChangeRequest } from '../operations/answer-change-request.ts';

export const withdrawChangeRequestRoute =
  (deps: ChangeDeps): Handler<typeof registryEndpoints.withdrawChangeRequest> =>
  async ({ params, caller }) => {
    await withdrawChangeRequest(deps, { id: params.id, caller });
    return undefined;
  };
