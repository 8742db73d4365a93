import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { registerVersion } from '../operations/register-version.ts';
import type { RegisterVersionDeps } from '../operations/register-version.ts';

export const registerVersionRoute =
  (deps: RegisterVersionDeps): Handler<typeof registryEndpoints.registerVersion> =>
  ({ params, body, caller, signal }) =>
    registerVersion(deps, { declared: { ...body, model: params.name }, caller, signal });
