import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import { createKey } from '../operations/create-key.ts';

export const createKeyRoute =
  (deps: ChangeDeps): Handler<typeof registryEndpoints.createKey> =>
  ({ params, body, caller }) =>
    createKey(deps, { ...body, project: params.id, caller });
