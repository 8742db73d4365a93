import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import { revokeApproval } from '../operations/revoke-approval.ts';

export const revokeApprovalRoute =
  (deps: ChangeDeps): Handler<typeof registryEndpoints.revokeApproval> =>
  async ({ params, query, caller }) => {
    await revokeApproval(deps, { id: params.id, ...(query.reason !== undefined && { reason: query.reason }), caller });
    return undefined;
  };
