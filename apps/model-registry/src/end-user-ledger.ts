import type { Registry } from '@weighbridge/registry-data';
import { countedUsersOf, nobodyCounted } from '@weighbridge/registry-domain';
import type { CountedUsers } from '@weighbridge/registry-domain';
import { monthsBefore } from '@weighbridge/shared-domain';

/** What decisions count with: of last month and this one, as it is in force since the registry last changed. As the snapshot gives it to the gateway. */
export function createUserCounter({ registry, now }: { readonly registry: Pick<Registry, 'revision' | 'endUsers'>; readonly now: () => Date }): () => Promise<CountedUsers> {
  let kept: { readonly revision: number; readonly counted: CountedUsers } = { revision: -1, counted: nobodyCounted };
  return async () => {
    const revision = await registry.revision();
    if (revision === kept.revision) return kept.counted;
    const counts = await registry.endUsers.listCounts(monthsBefore(now(), 1));
    kept = { revision, counted: countedUsersOf(counts.filter(({ inForce }) => inForce > 0).map(({ family, month, inForce }) => ({ family, month, users: inForce }))) };
    return kept.counted;
  };
}
