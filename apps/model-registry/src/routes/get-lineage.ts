import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';
import { readLineage } from '../operations/read-lineage.ts';

export const getLineageRoute =
  (deps: Pick<RegistryDeps, 'registry'>): Handler<typeof registryEndpoints.getLineage> =>
  ({ params }) =>
    readLineage(deps, { model: params.name, version: params.version });
