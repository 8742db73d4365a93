import { describe, expect, test } from 'vitest';
import { applyPolicies } from './apply-policies.ts';
import type { Decision } from '../decision/decision.ts';
import { preparePolicies } from './decide-policies.ts';
import type { EvaluatedPolicy, EvaluatePolicies } from './decide-policies.ts';
import { catalogueBook } from '../licenses/license-book.ts';
import type { LineageVersion } from '../lineage/lineage.ts';
import type { Placement, PolicyQuestion } from './policy-question.ts';
import type { PolicyFinding } from './policy.ts';

const granted: Decision = { decision: 'allow_with_obligations', reasons: [{ code: 'granted', license: 'MIT', clause: null, version: 'a@1', via: null, message: 'm' }], obligations: [] };
const denied: Decision = { ...granted, decision: 'deny', reasons: granted.reasons.map((reason) => ({ ...reason, code: 'limit:users' })) };
const [deny, review]: PolicyFinding[] = [
  { policy: 'no', effect: 'deny', message: 'No.' },
  { policy: 'ask', effect: 'review', message: 'Ask.' },
] as const;

describe('applyPolicies', () => {
  test.each([
    { licence: 'allow_with_obligations', findings: [], outcome: 'allow_with_obligations', codes: ['granted'] },
    { licence: 'allow_with_obligations', findings: [review], outcome: 'review', codes: ['policy'] },
    { licence: 'allow_with_obligations', findings: [review, deny], outcome: 'deny', codes: ['policy', 'policy'] },
    { licence: 'deny', findings: [review], outcome: 'deny', codes: ['limit:users', 'policy'] },
    { licence: 'deny', findings: [], outcome: 'deny', codes: ['limit:users'] },
  ])('$licence and $findings.length findings: $outcome, and the worst is read first', ({ licence, findings, outcome, codes }) => {
    const { decision, reasons } = applyPolicies(licence === 'deny' ? denied : granted, findings as PolicyFinding[], 'a@1');

    expect({ decision, codes: reasons.map(({ code }) => code) }).toEqual({ decision: outcome, codes });
  });

  test('a reason names the policy, and no licence', () => {
    expect(applyPolicies(granted, [deny as PolicyFinding], 'a@1').reasons[0]).toEqual({ code: 'policy', policy: 'no', license: null, clause: null, version: 'a@1', via: null, message: 'Policy "no": No.' });
  });
});

const version = (ref: string, more: Partial<LineageVersion> = {}): LineageVersion => ({ ref, publisher: 'Acme', license: 'MIT', baseModels: [], ...more });
const lineage = [version('a@1', { license: 'Apache-2.0', baseModels: [{ ref: 'llama@1', relation: 'finetune' }] }), version('llama@1', { publisher: 'Meta', license: 'LicenseRef-Llama-3.1' }), version('x@1', { license: null }), version('mit@1'), version('either@1', { license: 'MIT OR LicenseRef-Llama-3.1' }), version('both@1', { license: 'MIT AND LicenseRef-Llama-3.1' })];
const find = (ref: string) => lineage.find((candidate) => candidate.ref === ref);
const use = { id: null, name: null, project: null, labels: {}, facts: { purposes: ['chat'], commercial: null, monthlyActiveUsers: 5, annualRevenueUsd: null, regions: [], distribution: 'internal', trainOnOutputs: false } } as const;

function ask(ref: string, evaluate: EvaluatePolicies, placements: readonly Placement[] = []) {
  const root = find(ref);
  if (root === undefined) throw new Error(ref);
  return preparePolicies({ root, find, licenses: catalogueBook, evaluate })({ decision: granted, use: { ...use, facts: { ...use.facts, purposes: ['chat'], regions: [] } }, placements });
}

describe('the question', () => {
  const questionOf = (ref: string, placements: readonly Placement[] = []) => {
    const questions: PolicyQuestion[] = [];
    ask(ref, (question) => (questions.push(question), []), placements);
    return questions;
  };

  test('has the licences that reach the version through its lineage', () => {
    expect(questionOf('a@1')[0]?.resource.attributes).toMatchObject({ model: 'a', version: '1', publisher: 'Acme', publishers: ['Acme', 'Meta'], licenseFamilies: expect.arrayContaining(['Llama']), osiApproved: false });
    expect(questionOf('mit@1')[0]?.resource.attributes).toMatchObject({ licenses: ['MIT'], osiApproved: true });
    expect(questionOf('either@1')[0]?.resource.attributes).toMatchObject({ licenses: ['MIT', 'LicenseRef-Llama-3.1'], osiApproved: true });
    expect(questionOf('both@1')[0]?.resource.attributes).toMatchObject({ osiApproved: false });
  });

  test('leaves out what nobody knows', () => {
    expect(Object.keys(questionOf('x@1')[0]?.resource.attributes ?? {})).toEqual(['model', 'version', 'publisher', 'publishers']);
    expect(Object.keys(questionOf('a@1')[0]?.principal.attributes ?? {})).toEqual(['purposes', 'conditions', 'regions', 'distribution', 'trainOnOutputs', 'monthlyActiveUsers']);
    expect(questionOf('a@1')[0]?.context).toEqual({ decision: 'allow_with_obligations' });
  });

  test('is asked once for each place, a country of the EU being in it', () => {
    const placements = [{ hostedIn: 'DE', backendKind: 'openai' }, { hostedIn: 'DE', backendKind: 'openai' }, { hostedIn: 'US', backendKind: 'openai' }, { hostedIn: null, backendKind: 'llama-cpp' }];

    expect(questionOf('a@1', placements).map(({ context }) => [context['hostedIn'], context['hostedInEu'], context['backendKind']])).toEqual([[undefined, undefined, 'llama-cpp'], ['DE', true, 'openai'], ['US', false, 'openai']]);
  });
});

const euOnly: EvaluatePolicies = ({ context }): EvaluatedPolicy[] =>
  context['hostedInEu'] === true ? [] : [{ policy: 'eu-only', effect: context['hostedInEu'] === undefined ? 'review' : 'deny', message: 'Only in the EU.', missing: context['hostedInEu'] === undefined ? ['hostedInEu'] : [] }];
const [eu, us, nowhere]: Placement[] = [
  { hostedIn: 'EU', backendKind: 'openai' },
  { hostedIn: 'US', backendKind: 'openai' },
  { hostedIn: null, backendKind: 'openai' },
] as const;

describe('the decision over several places', () => {
  test.each([
    { at: 'nowhere yet', placements: [], decision: 'review', message: 'Policy "eu-only": Only in the EU. It is not known where it is hosted; that would settle it.' },
    { at: 'the US', placements: [us], decision: 'deny', message: 'Policy "eu-only": Only in the EU.' },
    { at: 'the EU', placements: [eu], decision: 'allow_with_obligations', message: 'm' },
    { at: 'both', placements: [us, eu], decision: 'allow_with_obligations', message: 'm' },
    { at: 'the US and an unknown place', placements: [us, nowhere], decision: 'review', message: 'Policy "eu-only": Only in the EU. It is not known where it is hosted; that would settle it.' },
  ])('hosted in $at: $decision', ({ placements, decision, message }) => {
    const judged = ask('a@1', euOnly, placements as Placement[]);

    expect([judged.decision, judged.reasons[0]?.message]).toEqual([decision, message]);
  });

  test('says of each place what it comes to, and why some are left out', () => {
    const judged = ask('a@1', euOnly, [us, eu, nowhere] as Placement[]);

    expect(Object.fromEntries(judged.placements ?? [])).toEqual({ 'EU openai': 'allow_with_obligations', 'US openai': 'deny', '? openai': 'review' });
    expect(judged.reasons.map(({ message }) => message)).toContain('Policy "eu-only": Only in the EU. What runs in US (openai) is left out for this use.');
  });

  test('a review names the fact that would settle it', () => {
    expect(ask('a@1', euOnly).reasons[0]).toMatchObject({ settledBy: 'hostedIn of a@1' });
  });
});
