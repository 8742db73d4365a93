import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import { transferModel } from '../operations/transfer-model.ts';

export const transferModelRoute =
  (deps: ChangeDeps): Handler<typeof registryEndpoints.transferModel> =>
  ({ params, body, caller }) =>
    transferModel(deps, { model: params.name, owner: body.owner, caller });
