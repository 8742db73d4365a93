import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import { createPlatformKey } from '../operations/create-platform-key.ts';

export const createPlatformKeyRoute =
  (deps: ChangeDeps): Handler<typeof registryEndpoints.createPlatformKey> =>
  ({ body, caller }) =>
    createPlatformKey(deps, { ...body, caller });
