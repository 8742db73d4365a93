import { decisionInputs, prepareDecision } from '@weighbridge/registry-domain';
import type { UseCaseFacts } from '@weighbridge/registry-domain';
import { sha256Hex } from '@weighbridge/shared-adapters/secrets';
import { canonicalJson } from '@weighbridge/shared-domain';
import type { JudgedDecision } from '../admission/check-license.ts';
import type { RegistryIndex, SnapshotUseCase } from './registry-index.ts';

export type Judge = (registry: RegistryIndex, ref: string, useCase: SnapshotUseCase) => JudgedDecision;

/** What is known of one version in one snapshot: its lineage, read once, and what was decided on it. */
interface Docket {
  readonly decide: (useCase: UseCaseFacts) => JudgedDecision;
  /** By the id of the use case. */
  readonly decided: Map<string, JudgedDecision>;
}

/** Decides once per snapshot, version and use case. A newer snapshot is another index, so that nothing old is remembered past it. */
export function createJudge(): Judge {
  const remembered = new WeakMap<RegistryIndex, Map<string, Docket>>();
  return (registry, ref, useCase) => {
    let dockets = remembered.get(registry);
    if (dockets === undefined) remembered.set(registry, (dockets = new Map()));
    let docket = dockets.get(ref);
    if (docket === undefined) dockets.set(ref, (docket = { decide: judgeOf(registry, ref), decided: new Map() }));
    let decision = docket.decided.get(useCase.id);
    if (decision === undefined) docket.decided.set(useCase.id, (decision = docket.decide(useCase.facts)));
    return decision;
  };
}

/** The digest is made as the registry makes it, so that a receipt leads to the decision that the registry keeps. */
function judgeOf(registry: RegistryIndex, ref: string): Docket['decide'] {
  const root = registry.findVersion(ref);
  if (root === undefined) {
    const message = `${ref} is not registered, so nobody can tell what its licence allows.`;
    const reason = { code: 'unknown-license', license: null, clause: null, version: ref, via: null, message } as const;
    return (useCase) => ({ decision: 'review', reasons: [reason], obligations: [], inputsDigest: sha256Hex(canonicalJson({ ref, useCase })) });
  }
  const question = { root, find: registry.findVersion, licenses: registry.licenses, counted: registry.counted };
  const decide = prepareDecision(question);
  return (useCase) => ({ ...decide(useCase), inputsDigest: sha256Hex(canonicalJson(decisionInputs({ ...question, useCase }))) });
}
