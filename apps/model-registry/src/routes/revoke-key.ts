import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import { revokeKey } from '../operations/revoke-key.ts';

export const revokeKeyRoute =
  (deps: ChangeDeps): Handler<typeof registryEndpoints.revokeKey> =>
  async ({ params, caller }) => {
    await revokeKey(deps, { id: params.id, caller });
    return undefined;
  };
