import type { PolicyJson } from '@cedar-policy/cedar-wasm/nodejs';
import type { PolicyQuestion, PolicyValue } from './policy-engine.ts';

/** Gives a text that is equal for two questions if no statement can tell them apart. */
export type RelevantFacts = (question: PolicyQuestion) => string;

/** Finds what the statements look at: most look at a handful of facts, so that a great many questions are the same one to them. */
export function findRelevantFacts(statements: readonly PolicyJson[]): RelevantFacts {
  const attributes = new Set<string>();
  let looksAtTags = false;
  // `principal is UseCase in UseCase::"a"` looks at the type and at who it is.
  let looksAtIds = statements.some(({ principal, resource }) => [principal, resource].some((scope) => scope.op !== 'All' && (scope.op !== 'is' || 'in' in scope)));
  let looksAtWholeContext = false;
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === 'Var' && value === 'context') looksAtWholeContext = true;
      if ((key === '.' || key === 'has') && isAttributeOfContext(value)) {
        for (const attribute of [value.attr].flat()) attributes.add(String(attribute));
        continue;
      }
      if (key === '__entity') looksAtIds = true;
      if (key === 'getTag' || key === 'hasTag') looksAtTags = true;
      if (key === 'attr') for (const attribute of [value].flat()) attributes.add(String(attribute));
      walk(value);
    }
  };
  for (const { conditions } of statements) walk(conditions);
  const names = [...attributes].toSorted();
  const valuesOf = (values: Readonly<Record<string, PolicyValue>>) => names.map((name) => values[name] ?? null);
  return ({ principal, action, resource, context }) =>
    JSON.stringify([
      action,
      principal.type,
      resource.type,
      valuesOf(principal.attributes),
      valuesOf(resource.attributes),
      valuesOf(context),
      looksAtTags ? [Object.entries(principal.tags ?? {}), Object.entries(resource.tags ?? {})] : null,
      looksAtIds ? [principal.id, resource.id] : null,
      looksAtWholeContext ? Object.entries(context).toSorted(([a], [b]) => (a < b ? -1 : 1)) : null,
    ]);
}

/** `context.hostedIn`, `context has hostedIn`: one of its attributes, and not the record as a whole. */
const isAttributeOfContext = (node: unknown): node is { readonly attr: string | readonly string[] } =>
  typeof node === 'object' && node !== null && 'attr' in node && 'left' in node && typeof node.left === 'object' && node.left !== null && 'Var' in node.left && node.left.Var === 'context';
