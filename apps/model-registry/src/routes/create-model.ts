import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import { createModel } from '../operations/create-model.ts';

export const createModelRoute =
  (deps: ChangeDeps): Handler<typeof registryEndpoints.createModel> =>
  ({ body, caller }) =>
    createModel(deps, { ...body, caller });
