import type { RegistrySnapshot } from '@weighbridge/registry-contracts';
import { snapshotView } from '../api-views.ts';
import type { RegistryDeps } from '../deps.ts';

type SnapshotDeps = Pick<RegistryDeps, 'registry' | 'now'>;

/** Read anew only when the revision has grown. An approval that has expired since carries its end, which is what counts. */
export function createSnapshotReader({ registry, now }: SnapshotDeps): () => Promise<RegistrySnapshot> {
  let newest: RegistrySnapshot | undefined;
  let reading: Promise<RegistrySnapshot> | undefined;
  const read = async () => {
    newest = snapshotView(await registry.snapshot(now()));
    return newest;
  };
  return async () => {
    const revision = await registry.revision();
    if (newest !== undefined && newest.revision >= revision) return newest;
    // One that began before this revision may show an older one; a reader asks again soon.
    reading ??= read().finally(() => (reading = undefined));
    const snapshot = await reading;
    return snapshot.revision >= revision ? snapshot : read();
  };
}
