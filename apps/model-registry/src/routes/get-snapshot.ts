import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';
import { createSnapshotReader } from '../operations/read-snapshot.ts';

export const getSnapshotRoute = (deps: Pick<RegistryDeps, 'registry' | 'now'>): Handler<typeof registryEndpoints.getSnapshot> => {
  const readSnapshot = createSnapshotReader(deps);
  return () => readSnapshot();
};
