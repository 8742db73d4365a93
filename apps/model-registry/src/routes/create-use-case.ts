import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import { createUseCase } from '../operations/create-use-case.ts';

export const createUseCaseRoute =
  (deps: ChangeDeps): Handler<typeof registryEndpoints.createUseCase> =>
  ({ body, caller }) =>
    createUseCase(deps, { ...body, caller });
