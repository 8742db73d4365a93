import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';
import { listEndUsers } from '../operations/list-end-users.ts';

export const listEndUsersRoute =
  (deps: Pick<RegistryDeps, 'registry' | 'licenses' | 'now'>): Handler<typeof registryEndpoints.listEndUsers> =>
  ({ query, caller }) =>
    listEndUsers(deps, { caller, months: query.months });
