import type { AuthorizationAnswer, CedarValueJson, Expr, PolicyJson } from '@cedar-policy/cedar-wasm/nodejs';
import { CedarTrap, withCedar } from './cedar.ts';
import type { CedarInstance } from './cedar.ts';
import { readStatements } from './read-policy.ts';
import { findRelevantFacts } from './relevant-facts.ts';
import type { PolicyStatement, StatementEffect } from './read-policy.ts';

export type PolicyValue = string | number | boolean | readonly string[];

export interface PolicyEntity {
  readonly type: string;
  readonly id: string;
  /** What is not known is left out: a statement that needs it is then neither true nor false. */
  readonly attributes: Readonly<Record<string, PolicyValue>>;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface PolicyQuestion {
  readonly principal: PolicyEntity;
  readonly action: string;
  readonly resource: PolicyEntity;
  readonly context: Readonly<Record<string, PolicyValue>>;
}

export interface EvaluatedFinding {
  /** Name of the policy. */
  readonly policy: string;
  readonly effect: StatementEffect;
  /** What the statement says; null: nothing. */
  readonly message: string | null;
  /** Attributes that are not known and would settle it; empty: it is settled. The effect is then `review`. */
  readonly missing: readonly string[];
}

export interface PolicyEngine {
  /** What each policy has against it; empty: nothing. Synchronous; a question that no statement can tell from an earlier one costs microseconds. */
  readonly evaluate: (question: PolicyQuestion) => readonly EvaluatedFinding[];
}

export interface PolicyEngineInput {
  /** Texts that `readPolicy` found no fault in, by whatever release. They are not held against the schema again. */
  readonly policies: readonly { readonly name: string; readonly text: string }[];
}

const mostRemembered = 20_000;

/** A policy without any `permit` allows what it does not forbid; one with a `permit` forbids what none permits, as Cedar has it. */
export function createPolicyEngine({ policies }: PolicyEngineInput): PolicyEngine {
  const documents = policies.map(({ name, text }, index) => readDocument(name, text, index));
  const statements = new Map(documents.flatMap(({ statements: own }) => own.map((statement) => [statement.id, statement] as const)));
  const set = { staticPolicies: Object.fromEntries([...statements].map(([id, { json }]) => [id, asForbid(json)])) };
  const owner = {};
  const evaluateAll = (question: PolicyQuestion): ReadonlyMap<string, Truth> => {
    if (statements.size === 0) return new Map();
    try {
      return withCedar((instance) => judge(instance, preparsed(instance, owner, set), statements, question));
    } catch (error) {
      if (!(error instanceof CedarTrap)) throw error;
      return new Map([...statements.keys()].map((id) => [id, { missing: [error.message] }]));
    }
  };

  const relevantFacts = findRelevantFacts([...statements.values()].map(({ json }) => json));
  const remembered = new Map<string, readonly EvaluatedFinding[]>();
  return {
    evaluate: (question) => {
      if (documents.length === 0) return [];
      const key = relevantFacts(question);
      let findings = remembered.get(key);
      if (findings === undefined) {
        const truths = evaluateAll(question);
        findings = documents.flatMap((document) => findingsOf(document, truths));
        if (remembered.size >= mostRemembered) remembered.clear();
        remembered.set(key, findings);
      }
      return findings;
    },
  };
}

/** True, false, or what is missing to tell. */
type Truth = true | false | { readonly missing: readonly string[] };

interface Statement extends PolicyStatement {
  readonly id: string;
  readonly conjuncts: readonly PolicyJson[];
}

interface Document {
  readonly name: string;
  readonly statements: readonly Statement[];
  /** It was stored by a release that could read it, and cannot be read by this one. */
  readonly isUnreadable: boolean;
}

function readDocument(name: string, text: string, index: number): Document {
  const { faults, statements } = readStatements(text);
  return { name, isUnreadable: faults.length > 0, statements: statements.map((statement, at) => ({ ...statement, id: `${index}.${at}`, conjuncts: conjunctsOf(statement.json) })) };
}

/** Of the answer only those that decided are listed: as `forbid`, all that are true do. */
const asForbid = (json: PolicyJson): PolicyJson => ({ ...json, effect: 'forbid', annotations: {} });

/** The statement taken apart: it is false if one of these is, whatever else is not known. */
function conjunctsOf(json: PolicyJson): PolicyJson[] {
  const parts = json.conditions.flatMap(({ kind, body }) => (kind === 'when' ? operands('&&', body) : operands('||', body).map((operand): Expr => ({ '!': { arg: operand } }))));
  return parts.map((body) => ({ ...asForbid(json), conditions: [{ kind: 'when', body }] }));
}

function operands(operator: '&&' | '||', expression: Expr): Expr[] {
  const joined = (expression as Partial<Record<'&&' | '||', { left: Expr; right: Expr }>>)[operator];
  return joined === undefined ? [expression] : [...operands(operator, joined.left), ...operands(operator, joined.right)];
}

const mostPreparsed = 16;
let preparsedLast = 0;

/** The name under which the engine keeps this set; parsed anew when others have taken its place, or the instance is a new one. The engine forgets no name, so few are used in turn. */
function preparsed({ cedar, owners }: CedarInstance, owner: object, set: { staticPolicies: Record<string, PolicyJson> }): string {
  for (const [name, by] of owners) if (by === owner) return name;
  const name = `set-${(preparsedLast = (preparsedLast + 1) % mostPreparsed)}`;
  const answer = cedar.preparsePolicySet(name, set);
  if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('; '));
  owners.set(name, owner);
  return name;
}

function judge({ cedar }: CedarInstance, setName: string, statements: ReadonlyMap<string, Statement>, question: PolicyQuestion): Map<string, Truth> {
  const call = callOf(question);
  const { satisfied, failed } = outcome(cedar.statefulIsAuthorized({ ...call, preparsedPolicySetId: setName, validateRequest: false }));
  const truths = new Map<string, Truth>();
  for (const [id, { conjuncts }] of statements) {
    const missing = failed.get(id);
    if (missing === undefined) truths.set(id, satisfied.has(id));
    else if (conjuncts.length < 2) truths.set(id, { missing });
    else {
      const parts = outcome(cedar.isAuthorized({ ...call, policies: { staticPolicies: Object.fromEntries(conjuncts.map((json, at) => [`${at}`, json])) }, validateRequest: false }));
      const isFalse = conjuncts.some((_, at) => !parts.satisfied.has(`${at}`) && !parts.failed.has(`${at}`));
      truths.set(id, isFalse ? false : { missing: [...new Set([...parts.failed.values()].flat())] });
    }
  }
  return truths;
}

const callOf = ({ principal, action, resource, context }: PolicyQuestion) => ({
  principal: { type: principal.type, id: principal.id },
  action: { type: 'Action', id: action },
  resource: { type: resource.type, id: resource.id },
  context: context as Record<string, CedarValueJson>,
  entities: [principal, resource].map(({ type, id, attributes, tags = {} }) => ({ uid: { type, id }, attrs: attributes as Record<string, CedarValueJson>, tags: { ...tags }, parents: [] })),
});

const missingAttribute = /does not have the (?:attribute|tag) `([^`]+)`/;

function outcome(answer: AuthorizationAnswer): { satisfied: ReadonlySet<string>; failed: ReadonlyMap<string, readonly string[]> } {
  if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('; '));
  const { reason, errors } = answer.response.diagnostics;
  return { satisfied: new Set(reason), failed: new Map(errors.map(({ policyId, error: { message } }) => [policyId, [missingAttribute.exec(message)?.[1] ?? message]])) };
}

function findingsOf({ name, statements, isUnreadable }: Document, truths: ReadonlyMap<string, Truth>): EvaluatedFinding[] {
  if (isUnreadable) return [{ policy: name, effect: 'review', message: 'It cannot be read by this release.', missing: [] }];
  const findings: EvaluatedFinding[] = [];
  for (const { statement, id, effect, message } of statements) {
    const truth = truths.get(id);
    if (statement === 'permit' || truth === false || truth === undefined) continue;
    findings.push(truth === true ? { policy: name, effect, message, missing: [] } : { policy: name, effect: 'review', message, missing: truth.missing });
  }
  const permits = statements.filter(({ statement }) => statement === 'permit');
  if (permits.length === 0 || permits.some(({ id }) => truths.get(id) === true)) return findings;
  const missing = [...new Set(permits.flatMap(({ id }) => missingOf(truths.get(id))))];
  const message = permits.find((permit) => permit.message !== null)?.message ?? null;
  const effect = missing.length > 0 || permits.every((permit) => permit.effect === 'review') ? 'review' : 'deny';
  return [...findings, { policy: name, effect, message, missing }];
}

const missingOf = (truth: Truth | undefined): readonly string[] => (typeof truth === 'object' ? truth.missing : []);
