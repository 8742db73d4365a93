import { DecisionOutcome } from '../decision/decision.ts';
import type { Decision, DecisionReason } from '../decision/decision.ts';
import type { PolicyFinding } from './policy.ts';

const severity = (outcome: DecisionOutcome): number => DecisionOutcome.options.indexOf(outcome);

export const worse = (a: DecisionOutcome, b: DecisionOutcome): DecisionOutcome => (severity(a) >= severity(b) ? a : b);

/** What the organisation's policies say of a version, joined to what its licences say. The worst wins: a policy never allows what a licence does not. */
export function applyPolicies(decision: Decision, findings: readonly PolicyFinding[], version: string): Decision {
  if (findings.length === 0) return decision;
  const outcome = findings.reduce<DecisionOutcome>((worst, { effect }) => worse(worst, effect), decision.decision);
  const reasons = findings.toSorted((a, b) => severity(b.effect) - severity(a.effect)).map((finding) => policyReason(finding, version));
  if (outcome === decision.decision) return { ...decision, reasons: [...decision.reasons, ...reasons] };
  // What decides is read first, and nothing is granted any more.
  return { ...decision, decision: outcome, reasons: [...reasons, ...decision.reasons.filter(({ code }) => code !== 'granted')] };
}

export const policyReason = ({ policy, effect, message, settledBy = null }: PolicyFinding, version: string): DecisionReason => ({
  code: 'policy',
  license: null,
  clause: null,
  version,
  via: null,
  message: `Policy "${policy}": ${message}`,
  ...(effect === 'review' ? { settledBy } : {}),
  policy,
});
