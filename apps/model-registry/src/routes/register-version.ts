import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import { registerVersion } from '../operations/register-version.ts';

export const registerVersionRoute =
  (deps: ChangeDeps): Handler<typeof registryEndpoints.registerVersion> =>
  ({ params, body, caller }) =>
    registerVersion(deps, { declared: { ...body, model: params.name }, caller });
