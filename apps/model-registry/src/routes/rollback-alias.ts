import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import { rollBackAlias } from '../operations/roll-back-alias.ts';

export const rollbackAliasRoute =
  (deps: ChangeDeps): Handler<typeof registryEndpoints.rollbackAlias> =>
  ({ params, body, caller }) =>
    rollBackAlias(deps, { ...body, model: params.name, alias: params.alias, caller });
