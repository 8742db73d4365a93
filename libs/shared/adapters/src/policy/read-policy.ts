import type { DetailedError, PolicyJson } from '@cedar-policy/cedar-wasm/nodejs';
import { CedarTrap, withCedar } from './cedar.ts';
import type { CedarInstance } from './cedar.ts';
import { findExcess } from './policy-bounds.ts';

export interface PolicyTextFault {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units, as editors count. */
  readonly column: number;
  readonly message: string;
}

/** `deny` unless the statement is annotated `@effect("review")`. */
export type StatementEffect = 'deny' | 'review';

export interface PolicyStatement {
  readonly statement: 'permit' | 'forbid';
  readonly effect: StatementEffect;
  /** What the annotation `@message("…")` says. */
  readonly message: string | null;
  readonly json: PolicyJson;
}

export interface ReadPolicy {
  /** Empty: it can be evaluated. */
  readonly faults: readonly PolicyTextFault[];
  /** It can be evaluated, but some of it can never apply. */
  readonly warnings: readonly PolicyTextFault[];
  /** In the order of the text; empty if there are faults. */
  readonly statements: readonly PolicyStatement[];
}

const annotationNames = new Set(['id', 'message', 'effect']);
const longestMessage = 500;

/**
 * Parses a text in Cedar and holds it against a schema, in Cedar's schema language. Attributes that may be missing are declared as required all the same:
 * they are then read without a guard. Never throws for what is in the text, and bounded in time for 20,000 characters.
 */
export function readPolicy(text: string, schema: string): ReadPolicy {
  return boundedly(text, ({ cedar }) => {
    const answer = cedar.validate({ schema, policies: { staticPolicies: text } });
    if (answer.type === 'failure') return { faults: answer.errors.map((error) => toFault(text, error)), warnings: [], statements: [] };
    const read = statementsOf(text, cedar);
    const faults = [...answer.validationErrors.map(({ error }) => toFault(text, error)), ...read.faults];
    const warnings = [...answer.validationWarnings.map(({ error }) => error), ...answer.otherWarnings].map((error) => toFault(text, error));
    return { faults, warnings, statements: faults.length > 0 ? [] : read.statements };
  });
}

/** As {@link readPolicy}, without a schema: for a text that was held against one before. */
export const readStatements = (text: string): ReadPolicy => boundedly(text, ({ cedar }) => ({ ...statementsOf(text, cedar), warnings: [] }));

function boundedly(text: string, read: (instance: CedarInstance) => ReadPolicy): ReadPolicy {
  const excess = findExcess(text, (offset, message) => faultAt(text, offset, message));
  if (excess.length > 0) return { faults: excess, warnings: [], statements: [] };
  try {
    return withCedar(read);
  } catch (error) {
    if (error instanceof CedarTrap) return { faults: [faultAt(text, 0, 'nests too deeply: make several statements of it')], warnings: [], statements: [] };
    throw error;
  }
}

function statementsOf(text: string, cedar: CedarInstance['cedar']): { faults: PolicyTextFault[]; statements: PolicyStatement[] } {
  const parts = cedar.policySetTextToParts(text);
  if (parts.type === 'failure') return { faults: parts.errors.map((error) => toFault(text, error)), statements: [] };
  if (parts.policies.length === 0) return { faults: [faultAt(text, 0, 'has no statement: write "forbid (principal, action, resource) when { … };"')], statements: [] };
  const read = (part: string): PolicyJson => {
    const json = cedar.policyToJson(part);
    if (json.type === 'failure') throw new CedarTrap('a statement that was parsed cannot be read');
    return json.json;
  };
  const faults: PolicyTextFault[] = [];
  const placed = parts.policies.map((part) => ({ part, offset: Math.max(text.indexOf(part), 0) })).toSorted((a, b) => a.offset - b.offset);
  const statements = placed.map(({ part, offset }): PolicyStatement => {
    const json = read(part);
    const annotations = json.annotations ?? {};
    for (const name of Object.keys(annotations)) if (!annotationNames.has(name)) faults.push(faultAt(text, offset, `there is no annotation "@${name}": there are @message("…") and @effect("deny" or "review")`));
    const effect = annotations['effect'] ?? 'deny';
    if (effect !== 'deny' && effect !== 'review') faults.push(faultAt(text, offset, '@effect must be "deny" or "review"'));
    const message = annotations['message']?.trim() ?? '';
    if (message.length > longestMessage) faults.push(faultAt(text, offset, `@message may have at most ${longestMessage} characters`));
    return { statement: json.effect, effect: effect === 'review' ? 'review' : 'deny', message: message === '' ? null : message, json };
  });
  return { faults, statements };
}

const prefixes = /^(failed to parse policies from string: |for policy `[^`]*`, )+/;

/** Locations of the engine are offsets in bytes of UTF-8. */
function toFault(text: string, { message, help, sourceLocations }: DetailedError): PolicyTextFault {
  const bytes = sourceLocations?.[0]?.start ?? 0;
  const plain = message === 'static policy set includes a template' ? 'a slot like ?principal makes a template of it, and templates are not used here' : message.replace(prefixes, '');
  const advice = (help ?? '').replace(prefixes, '');
  return faultAt(text, Buffer.from(text).subarray(0, bytes).toString().length, advice === '' ? plain : `${plain} (${advice})`);
}

function faultAt(text: string, offset: number, message: string): PolicyTextFault {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n'), message };
}
