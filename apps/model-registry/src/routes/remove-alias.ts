import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import { setAlias } from '../operations/change-alias.ts';

export const removeAliasRoute =
  (deps: ChangeDeps): Handler<typeof registryEndpoints.removeAlias> =>
  ({ params, caller }) =>
    setAlias(deps, { model: params.name, alias: params.alias, version: null, caller });
