import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import { protectAlias } from '../operations/protect-alias.ts';

export const protectAliasRoute =
  (deps: ChangeDeps): Handler<typeof registryEndpoints.protectAlias> =>
  ({ params, body, caller }) =>
    protectAlias(deps, { ...body, model: params.name, alias: params.alias, caller });
