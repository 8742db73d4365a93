import { z } from 'zod';

type Json = Record<string, unknown>;

/** JSON schemas of one OpenAPI document. Named and recursive ones are kept once, under `#/components/schemas`. */
export interface OpenApiSchemas {
  /** The schema as an operation uses it: inline, or a reference. `input` is what is sent, `output` what is got. */
  readonly schemaOf: (schema: z.ZodType, io: 'input' | 'output') => Json;
  readonly components: () => Json;
}

export function createOpenApiSchemas(): OpenApiSchemas {
  const components = new Map<string, { readonly source: string; readonly schema: Json }>();

  /** The same name may stand for two things: what is sent and what is got differ by defaults and conversions. */
  const nameFor = (wanted: string, source: string): string => {
    for (let count = 1; ; count += 1) {
      const name = count === 1 ? wanted : `${wanted}${count}`;
      const taken = components.get(name);
      if (taken === undefined || taken.source === source) return name;
    }
  };

  return {
    schemaOf: (schema, io) => {
      const { $schema: _, $defs = {}, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12', reused: 'inline' }) as Json & { $defs?: Record<string, Json> };
      // A schema that leads back to itself without a name of its own says `#`, which is the document here.
      const recursive = JSON.stringify(rest).includes('"$ref":"#"');
      const root = recursive ? { $ref: '#/$defs/Recursive' } : rest;
      const definitions = recursive ? { ...$defs, Recursive: rest } : $defs;
      const names = new Map<string, string>();
      for (const [id, definition] of Object.entries(definitions)) {
        const source = sourceOf(definition, definitions);
        const name = nameFor(id.replace(/^__schema\d+$/, 'Part'), source);
        names.set(`#/$defs/${id}`, `#/components/schemas/${name}`);
        components.set(name, { source, schema: definition });
      }
      if (recursive) names.set('#', names.get('#/$defs/Recursive') as string);
      for (const reference of names.values()) {
        const name = reference.slice('#/components/schemas/'.length);
        const entry = components.get(name);
        if (entry !== undefined) components.set(name, { ...entry, schema: redirect(entry.schema, names) });
      }
      return redirect(root, names);
    },
    components: () => Object.fromEntries([...components].map(([name, { schema }]) => [name, schema])),
  };
}

/** A definition with all that it leads to: only when those are the same too is it the same schema. */
function sourceOf(definition: Json, definitions: Readonly<Record<string, Json>>): string {
  const texts = new Map<string, string>();
  const follow = (text: string): void => {
    for (const [, id = ''] of text.matchAll(/"\$ref":"#\/\$defs\/([^"]+)"/g)) {
      if (texts.has(id) || definitions[id] === undefined) continue;
      texts.set(id, JSON.stringify(definitions[id]));
      follow(texts.get(id) as string);
    }
  };
  const own = JSON.stringify(definition);
  follow(own);
  return JSON.stringify([own, ...[...texts].toSorted(([a], [b]) => (a < b ? -1 : 1))]);
}

function redirect<T>(node: T, names: ReadonlyMap<string, string>): T {
  if (Array.isArray(node)) return node.map((item) => redirect<unknown>(item, names)) as T;
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, key === '$ref' && typeof value === 'string' ? (names.get(value) ?? value) : redirect(value, names)]),
  ) as T;
}
