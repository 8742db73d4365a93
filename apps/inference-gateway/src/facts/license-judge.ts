import { decide, lineageClosure } from '@weighbridge/registry-domain';
import { sha256Hex } from '@weighbridge/shared-adapters/secrets';
import { canonicalJson } from '@weighbridge/shared-domain';
import type { JudgedDecision } from '../admission/check-license.ts';
import type { RegistryIndex, SnapshotUseCase } from './registry-index.ts';

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
  const { versions } = lineageClosure(root, registry.findVersion);
  return { ...decision, inputsDigest: sha256Hex(canonicalJson({ lineage: versions, useCase: useCase.facts })) };
}
