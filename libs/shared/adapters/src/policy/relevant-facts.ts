import type { PolicyJson } from '@cedar-policy/cedar-wasm/nodejs';
import type { PolicyQuestion, PolicyValue } from './policy-engine.ts';

/** Gives a text that is equal for two questions if no statement can tell them apart. */
export type RelevantFacts = (question: PolicyQuestion) => string;

/** Finds what the statements look at: most look at a handful of facts, so that a great many questions are the same one to them. */
export function findRelevantFacts(statements: readonly PolicyJson[]): RelevantFacts {
  const attributes = new Set<string>();
  let looksAtTags = false;
  let looksAtIds = statements.some(({ principal, resource }) => [principal, resource].some(({ op }) => op !== 'All' && op !== 'is'));
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
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
    ]);
}
