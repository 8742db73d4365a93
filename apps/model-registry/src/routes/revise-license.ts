import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import { reviseLicense } from '../operations/revise-license.ts';

export const reviseLicenseRoute =
  (deps: ChangeDeps): Handler<typeof registryEndpoints.reviseLicense> =>
  ({ params, body, caller }) =>
    reviseLicense(deps, { ...body, id: params.id, caller });
