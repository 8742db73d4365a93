import { applyPolicies, policyReason, worse } from './apply-policies.ts';
import type { Decision, DecisionOutcome } from '../decision/decision.ts';
import type { LicenseBook } from '../licenses/license-book.ts';
import type { FindVersion, LineageVersion } from '../lineage/lineage.ts';
import { contextOf, principalOf, resourceOf } from './policy-question.ts';
import type { Placement, PolicyQuestion, PolicyUse } from './policy-question.ts';
import { missingFacts } from './policy-schema.ts';
import type { PolicyFinding, PolicySource } from './policy.ts';

/** What the engine found; `missing` names the attributes that would settle it. */
export interface EvaluatedPolicy {
  readonly policy: string;
  readonly effect: 'deny' | 'review';
  readonly message: string | null;
  readonly missing: readonly string[];
}

/** Fills the port: an engine over the enabled policies. */
export type EvaluatePolicies = (question: PolicyQuestion) => readonly EvaluatedPolicy[];

export interface PolicedDecision extends Decision {
  /** What remains of it at each placement, by {@link placementKey}; a deployment that is `deny` here may not serve the use. Absent: there are no policies, and all may. */
  readonly placements?: ReadonlyMap<string, DecisionOutcome>;
}

export interface PolicyInput {
  /** Of the licences. */
  readonly decision: Decision;
  readonly use: PolicyUse;
  /** Of the active deployments; none: it is not deployed. */
  readonly placements: readonly Placement[];
}

/** What policies can tell of a place: deployments of one key are judged alike. */
export const placementKey = ({ hostedIn, backendKind }: Placement): string => `${hostedIn ?? '?'} ${backendKind}`;

/** Each once, in a fixed order. */
const distinctPlacements = (placements: readonly Placement[]): Placement[] =>
  [...new Map(placements.map(({ hostedIn, backendKind }) => [placementKey({ hostedIn, backendKind }), { hostedIn, backendKind }] as const))].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, placement]) => placement);

/**
 * Policies on one version, for many use cases. Each placement is asked about; the best of them is the decision, since requests go where they may:
 * denied only if every placement is. Without a deployment the place is not known, which a policy about places answers with `review`.
 */
export function preparePolicies({ root, find, licenses, evaluate }: { readonly root: LineageVersion; readonly find: FindVersion; readonly licenses: LicenseBook; readonly evaluate: EvaluatePolicies }): (input: PolicyInput) => PolicedDecision {
  const resource = resourceOf(root, find, licenses);
  return ({ decision, use, placements }) => {
    const principal = principalOf(use);
    const ask = (placement: Placement | null): Asked => {
      const findings = evaluate({ principal, action: 'use', resource, context: contextOf(placement, decision.decision) }).map((found) => toFinding(found, root.ref));
      return { placement, findings, outcome: findings.reduce<DecisionOutcome>((worst, { effect }) => worse(worst, effect), decision.decision) };
    };
    const asked = placements.length === 0 ? [ask(null)] : distinctPlacements(placements).map(ask);
    const best = asked.reduce((a, b) => (worse(a.outcome, b.outcome) === a.outcome ? b : a)).outcome;
    const [open, closed] = [asked.filter(({ outcome }) => outcome === best), asked.filter(({ outcome }) => outcome !== best)];
    const judged = applyPolicies(decision, distinctFindings(open), root.ref);
    return {
      ...judged,
      reasons: [...judged.reasons, ...closedReasons(closed, root.ref)],
      placements: new Map(asked.flatMap(({ placement, outcome }) => (placement === null ? [] : [[placementKey(placement), outcome] as const]))),
    };
  };
}

/** The part of a decision's inputs that policies add. A revision never changes, so that its number stands for its text. */
export const policyInputs = (policies: readonly PolicySource[], { id, name, project, labels }: PolicyUse, placements: readonly Placement[]) => ({
  policies: policies.map(({ name: policy, revision }) => `${policy} ${revision}`).toSorted(),
  use: { id, name, project, labels },
  placements: distinctPlacements(placements),
});

interface Asked {
  readonly placement: Placement | null;
  readonly findings: readonly PolicyFinding[];
  readonly outcome: DecisionOutcome;
}

function toFinding({ policy, effect, message, missing }: EvaluatedPolicy, ref: string): PolicyFinding {
  const said = message ?? 'it does not allow this use.';
  if (missing.length === 0) return { policy, effect, message: said };
  const words = [...new Set(missing.map((attribute) => missingFacts[attribute]?.words ?? attribute))];
  const [first] = missing;
  const of = first === undefined ? undefined : missingFacts[first]?.of;
  return {
    policy,
    effect: 'review',
    message: `${message ?? 'it may forbid this use.'} It is not known ${words.join(', nor ')}; that would settle it.`,
    settledBy: of === undefined || first === undefined ? null : of === 'use case' ? first : of === 'version' && first !== 'multimodal' && first !== 'releasedOn' ? `license of ${ref}` : `${first === 'hostedInEu' ? 'hostedIn' : first} of ${ref}`,
  };
}

/** Of the placements that the decision stands on; where there are several, each finding says for which it holds. */
function distinctFindings(open: readonly Asked[]): PolicyFinding[] {
  const found = new Map<string, { finding: PolicyFinding; places: string[] }>();
  for (const { placement, findings } of open)
    for (const finding of findings) {
      const key = JSON.stringify([finding.policy, finding.effect, finding.message]);
      const same = found.get(key) ?? { finding, places: [] };
      found.set(key, same);
      if (placement !== null) same.places.push(placeWords(placement));
    }
  return [...found.values()].map(({ finding, places }) => (open.length < 2 || places.length === open.length ? finding : { ...finding, message: `${finding.message} (For what runs ${[...new Set(places)].join(' or ')}.)` }));
}

/** Told, though they decide nothing: why some deployments stand still for this use. */
const closedReasons = (closed: readonly Asked[], ref: string) =>
  closed.flatMap(({ placement, findings }) => (placement === null ? [] : findings.map((finding) => policyReason({ ...finding, message: `${finding.message} What runs ${placeWords(placement)} is left out for this use.` }, ref))));

const placeWords = ({ hostedIn, backendKind }: Placement): string => `${hostedIn === null ? 'at a place that is not known' : `in ${hostedIn}`} (${backendKind})`;
