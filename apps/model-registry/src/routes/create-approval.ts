import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import type { RegistryDeps } from '../deps.ts';
import { createApproval } from '../operations/create-approval.ts';

export const createApprovalRoute =
  (deps: ChangeDeps & Pick<RegistryDeps, 'decider'>): Handler<typeof registryEndpoints.createApproval> =>
  ({ body, caller }) =>
    createApproval(deps, { ...body, caller });
