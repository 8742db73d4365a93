import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import type { RegistryDeps } from '../deps.ts';
import { approveChangeRequest } from '../operations/answer-change-request.ts';

export const approveChangeRequestRoute =
  (deps: ChangeDeps & Pick<RegistryDeps, 'decider' | 'evaluation'>): Handler<typeof registryEndpoints.approveChangeRequest> =>
  ({ params, body, caller }) =>
    approveChangeRequest(deps, { ...body, id: params.id, caller });
