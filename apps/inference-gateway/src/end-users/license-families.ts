import { allFamilies, effectiveLicenses } from '@weighbridge/registry-domain';
import type { RegistryIndex } from '../facts/registry-index.ts';

export type FamiliesOf = (registry: RegistryIndex, ref: string) => readonly string[];

/** The licence families whose terms reach a version through its lineage, and all together; found out once per snapshot and version. */
export function createFamiliesOf(): FamiliesOf {
  const remembered = new WeakMap<RegistryIndex, Map<string, readonly string[]>>();
  return (registry, ref) => {
    let known = remembered.get(registry);
    if (known === undefined) remembered.set(registry, (known = new Map()));
    let families = known.get(ref);
    if (families === undefined) {
      const root = registry.findVersion(ref);
      const entries = root === undefined ? [] : effectiveLicenses(root, registry.findVersion, registry.licenses).entries;
      known.set(ref, (families = [allFamilies, ...new Set(entries.map(({ family }) => family))]));
    }
    return families;
  };
}
