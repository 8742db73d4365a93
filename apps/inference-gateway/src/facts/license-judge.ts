import { decisionInputs, policyInputs, prepareDecision, preparePolicies } from '@weighbridge/registry-domain';
import type { EvaluatePolicies, PolicySource } from '@weighbridge/registry-domain';
import { createPolicyEngine } from '@weighbridge/shared-adapters/policy';
import { sha256Hex } from '@weighbridge/shared-adapters/secrets';
import { canonicalJson } from '@weighbridge/shared-domain';
import type { JudgedDecision } from '../admission/check-license.ts';
import type { RegistryIndex, SnapshotUseCase } from './registry-index.ts';

export type Judge = (registry: RegistryIndex, ref: string, useCase: SnapshotUseCase) => JudgedDecision;

/** What is known of one version in one snapshot: its lineage, read once, and what was decided on it. */
interface Docket {
  readonly decide: (useCase: SnapshotUseCase) => JudgedDecision;
  /** By the id of the use case. */
  readonly decided: Map<string, JudgedDecision>;
}

/** Decides once per snapshot, version and use case. A newer snapshot is another index, so that nothing old is remembered past it. */
export function createJudge(): Judge {
  const remembered = new WeakMap<RegistryIndex, Map<string, Docket>>();
  const compile = createCompiler();
  return (registry, ref, useCase) => {
    let dockets = remembered.get(registry);
    if (dockets === undefined) remembered.set(registry, (dockets = new Map()));
    let docket = dockets.get(ref);
    if (docket === undefined) dockets.set(ref, (docket = { decide: judgeOf(registry, ref, compile), decided: new Map() }));
    let decision = docket.decided.get(useCase.id);
    if (decision === undefined) docket.decided.set(useCase.id, (decision = docket.decide(useCase)));
    return decision;
  };
}

type CompilePolicies = (policies: readonly PolicySource[]) => EvaluatePolicies;

/** Policies change more seldom than the rest of the registry: they are compiled anew only when one of them has. */
function createCompiler(): CompilePolicies {
  let kept: { readonly edition: string; readonly evaluate: EvaluatePolicies } | undefined;
  return (policies) => {
    const edition = policies.map(({ name, revision }) => `${name} ${revision}`).join('\n');
    if (kept?.edition !== edition) kept = { edition, evaluate: createPolicyEngine({ policies }).evaluate };
    return kept.evaluate;
  };
}

/** The digest is made as the registry makes it, so that a receipt leads to the decision that the registry keeps. */
function judgeOf(registry: RegistryIndex, ref: string, compile: CompilePolicies): Docket['decide'] {
  const root = registry.findVersion(ref);
  if (root === undefined) {
    const message = `${ref} is not registered, so nobody can tell what its licence allows.`;
    const reason = { code: 'unknown-license', license: null, clause: null, version: ref, via: null, message } as const;
    return ({ facts }) => ({ decision: 'review', reasons: [reason], obligations: [], inputsDigest: sha256Hex(canonicalJson({ ref, useCase: facts })) });
  }
  const question = { root, find: registry.findVersion, licenses: registry.licenses, counted: registry.counted };
  const decide = prepareDecision(question);
  const inputsOf = (useCase: SnapshotUseCase) => decisionInputs({ ...question, useCase: useCase.facts });
  const { policies } = registry;
  if (policies.length === 0) return (useCase) => ({ ...decide(useCase.facts), inputsDigest: sha256Hex(canonicalJson(inputsOf(useCase))) });

  const judge = preparePolicies({ ...question, evaluate: compile(policies) });
  const placements = registry.deploymentsOf(ref).flatMap(({ status, hostedIn, backend }) => (status === 'active' ? [{ hostedIn, backendKind: backend.kind }] : []));
  return (useCase) => {
    const use = { id: useCase.id, name: useCase.name, project: registry.findProject(useCase.projectId)?.name ?? null, labels: useCase.labels ?? {}, facts: useCase.facts };
    const inputs = { ...(inputsOf(useCase) as object), organisation: policyInputs(policies, use, placements) };
    return { ...judge({ decision: decide(useCase.facts), use, placements }), inputsDigest: sha256Hex(canonicalJson(inputs)) };
  };
}
