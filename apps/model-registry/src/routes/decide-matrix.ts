import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';
import { decideMatrix } from '../operations/decide-matrix.ts';

export const decideMatrixRoute =
  (deps: Pick<RegistryDeps, 'registry' | 'licenses' | 'policies' | 'counted' | 'now'>): Handler<typeof registryEndpoints.decideMatrix> =>
  ({ body, caller }) =>
    decideMatrix(deps, { ...body, caller });
