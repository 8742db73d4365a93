import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import { reportEndUsers } from '../operations/report-end-users.ts';

export const reportEndUsersRoute =
  (deps: ChangeDeps): Handler<typeof registryEndpoints.reportEndUsers> =>
  async ({ body, caller, logger }) => {
    for (const crossed of await reportEndUsers(deps, { ...body, caller })) logger.warn({ event: 'end_user_limit_crossed', ...crossed });
    return undefined;
  };
