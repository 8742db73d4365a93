import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';
import { readLineage } from '../operations/read-lineage.ts';

export const getLineageRoute =
  (deps: Pick<RegistryDeps, 'registry' | 'licenses'>): Handler<typeof registryEndpoints.getLineage> =>
  ({ params, query }) =>
    readLineage(deps, { model: params.name, version: params.version, direction: query.direction, depth: query.depth });
