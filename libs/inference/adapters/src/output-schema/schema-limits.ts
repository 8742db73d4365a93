/** What a schema of a request may be; more is refused before the call. OpenAI allows 10 levels and 5,000 properties. */
export const schemaLimits = { chars: 128 * 1024, depth: 48, nodes: 20_000, patternChars: 500 } as const;

/** Why a schema is not compiled, in words for the client; null: it may be. Only references within the schema are followed, so nothing is ever fetched. */
export function schemaFault(schema: unknown): string | null {
  if (typeof schema === 'boolean') return null;
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return 'it must be an object';
  if (JSON.stringify(schema).length > schemaLimits.chars) return `it is longer than ${schemaLimits.chars} characters`;
  let nodes = 0;
  // A stack of our own: what is nested too deep must not end in a full call stack.
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: schema, depth: 1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    nodes += 1;
    if (nodes > schemaLimits.nodes) return `it has more than ${schemaLimits.nodes} parts`;
    if (next.depth > schemaLimits.depth) return `it is nested deeper than ${schemaLimits.depth} levels`;
    if (typeof next.value !== 'object' || next.value === null) continue;
    for (const [key, value] of Object.entries(next.value)) {
      if ((key === '$ref' || key === '$dynamicRef') && typeof value === 'string' && !value.startsWith('#')) return 'its references may only point into itself (#/…)';
      if (key === '$async') return '$async is not part of JSON Schema';
      if (key === 'pattern' && typeof value === 'string' && value.length > schemaLimits.patternChars) return `a pattern is longer than ${schemaLimits.patternChars} characters`;
      open.push({ value, depth: next.depth + 1 });
    }
  }
  return null;
}
