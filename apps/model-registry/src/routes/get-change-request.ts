import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';
import { describeChangeRequest } from '../operations/describe-change-request.ts';

export const getChangeRequestRoute =
  (deps: Pick<RegistryDeps, 'registry' | 'decider' | 'now'>): Handler<typeof registryEndpoints.getChangeRequest> =>
  ({ params, caller }) =>
    describeChangeRequest(deps, { id: params.id, caller });
