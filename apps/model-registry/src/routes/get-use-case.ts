import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { useCaseView } from '../api-views.ts';
import type { RegistryDeps } from '../deps.ts';
import { requireUseCase } from '../refusals.ts';

export const getUseCaseRoute =
  (deps: Pick<RegistryDeps, 'registry'>): Handler<typeof registryEndpoints.getUseCase> =>
  async ({ params, caller }) =>
    useCaseView(await requireUseCase(deps.registry, caller, params.id));
