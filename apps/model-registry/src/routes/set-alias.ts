import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import { setAlias } from '../operations/change-alias.ts';

export const setAliasRoute =
  (deps: ChangeDeps): Handler<typeof registryEndpoints.setAlias> =>
  ({ params, body, caller }) =>
    setAlias(deps, { ...body, model: params.name, alias: params.alias, caller });
