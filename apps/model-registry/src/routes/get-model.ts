import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';
import { describeModel } from '../operations/describe-model.ts';

export const getModelRoute =
  (deps: Pick<RegistryDeps, 'registry'>): Handler<typeof registryEndpoints.getModel> =>
  ({ params, caller }) =>
    describeModel(deps.registry, params.name, caller);
