import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import { setAlias } from '../operations/set-alias.ts';

export const setAliasRoute =
  (deps: ChangeDeps): Handler<typeof registryEndpoints.setAlias> =>
  ({ params, body, caller }) =>
    setAlias(deps, { model: params.name, alias: params.alias, version: body.version, caller });
