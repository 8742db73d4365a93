import { decide } from '@weighbridge/registry-domain';
import { sha256Hex } from '@weighbridge/shared-adapters/secrets';
import { canonicalJson } from '@weighbridge/shared-domain';
import type { JudgedDecision } from '../admission/check-license.ts';
import type { RegistryIndex, SnapshotUseCase, SnapshotVersion } from './registry-index.ts';

export type Judge = (registry: RegistryIndex, ref: string, useCase: SnapshotUseCase) => JudgedDecision;

/** Decides once per snapshot, version and use case. A newer snapshot is another index, so that nothing old is remembered past it. */
export function createJudge(): Judge {
  const remembered = new WeakMap<RegistryIndex, Map<string, JudgedDecision>>();
  return (registry, ref, useCase) => {
    let decisions = remembered.get(registry);
    if (decisions === undefined) remembered.set(registry, (decisions = new Map()));
    const key = `${ref} ${useCase.id}`;
    const known = decisions.get(key);
    if (known !== undefined) return known;
    const decision = judge(registry, ref, useCase);
    decisions.set(key, decision);
    return decision;
  };
}

function judge(registry: RegistryIndex, ref: string, useCase: SnapshotUseCase): JudgedDecision {
  const root = registry.findVersion(ref);
  if (root === undefined) {
    const message = `${ref} is not registered, so nobody can tell what its licence allows.`;
    const reason = { code: 'unknown-license', license: null, clause: null, version: ref, via: null, message };
    return { decision: 'review', reasons: [reason], obligations: [], inputsDigest: sha256Hex(canonicalJson({ ref, useCase: useCase.facts })) };
  }
  const decision = decide({ root, find: registry.findVersion, useCase: useCase.facts });
  return { ...decision, inputsDigest: sha256Hex(canonicalJson({ lineage: lineageOf(registry, root), useCase: useCase.facts })) };
}

/** The version and everything that it was made from, in a fixed order. */
function lineageOf(registry: RegistryIndex, root: SnapshotVersion): SnapshotVersion[] {
  const found = new Map<string, SnapshotVersion>([[root.ref, root]]);
  for (const version of found.values()) {
    for (const { ref } of version.baseModels) {
      const base = found.has(ref) ? undefined : registry.findVersion(ref);
      if (base !== undefined) found.set(ref, base);
    }
  }
  return [...found.values()].toSorted((a, b) => (a.ref < b.ref ? -1 : 1));
}
