import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineEndpoints } from './endpoint.ts';
import { toOpenApi } from './openapi.ts';

const Chain = z.object({ name: z.string().default('x'), get next() { return Chain.optional(); } });
const Tree = z.object({ name: z.string(), get children() { return z.array(Tree); } }).meta({ id: 'Tree' });
const Inner = z.object({ size: z.int().default(1) }).meta({ id: 'Inner' });
const Outer = z.object({ inner: Inner }).meta({ id: 'Outer' });
const Licence = z.object({ spdx: z.string() }).meta({ id: 'Licence' });

const endpoints = defineEndpoints({
  listThings: {
    method: 'get',
    path: '/v1/things',
    role: 'viewer',
    summary: 'List things',
    query: z.object({ limit: z.coerce.number().int().max(200).default(50), cursor: z.string().optional(), q: z.string() }),
    response: z.object({ data: z.array(Tree), licence: Licence }),
  },
  makeThing: { method: 'post', path: '/v1/things', role: 'editor', summary: 'Make a thing', body: z.strictObject({ name: z.string(), at: z.coerce.date().optional(), licence: Licence, size: z.string().transform(Number) }), bodyFormats: ['application/yaml'], response: Tree, status: 201 },
  dropThing: { method: 'delete', path: '/v1/things/{name}', role: 'admin', summary: 'Drop a thing', params: z.object({ name: z.string().max(20) }), response: z.undefined(), status: 204 },
  ping: { method: 'get', path: '/v1/ping', role: 'public', summary: 'Anyone', response: z.object({}) },
  link: { method: 'post', path: '/v1/chains', role: 'editor', summary: 'Link', body: Chain, response: Chain },
  linkMany: { method: 'post', path: '/v1/chains:many', role: 'editor', summary: 'Link many', body: z.object({ chain: Chain }), response: z.object({ data: z.array(Chain) }) },
  nest: { method: 'put', path: '/v1/nested', role: 'editor', summary: 'Nest', body: Outer, response: Outer },
  tellServices: { method: 'get', path: '/internal/v1/facts', role: 'service', summary: 'Services only', response: z.object({}) },
});

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required: boolean; readonly schema: unknown }[];
  readonly security: unknown;
  readonly requestBody?: { readonly required: boolean; readonly content: Record<string, { readonly schema: Record<string, unknown> }> };
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema: Record<string, unknown> }> }>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, unknown> };
}

const document = toOpenApi(endpoints, { title: 'things', version: '1', description: '', serverUrl: '/api/things' }) as unknown as Document;
const operation = (path: string, method: string): Operation => document.paths[path]?.[method] as Operation;

describe('toOpenApi', () => {
  test('has every endpoint that users may call, and no other', () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, { operationId }]) => `${method} ${path} ${operationId}`));

    expect(document.openapi).toBe('3.1.0');
    expect(operations).toEqual(['get /v1/things listThings', 'post /v1/things makeThing', 'delete /v1/things/{name} dropThing', 'get /v1/ping ping', 'post /v1/chains link', 'post /v1/chains:many linkMany', 'put /v1/nested nest']);
  });

  test('says where each parameter goes and whether it is needed', () => {
    expect(operation('/v1/things', 'get').parameters).toEqual([
      { name: 'limit', in: 'query', required: false, schema: expect.objectContaining({ type: 'integer', maximum: 200, default: 50 }) },
      { name: 'cursor', in: 'query', required: false, schema: { type: 'string' } },
      { name: 'q', in: 'query', required: true, schema: { type: 'string' } },
    ]);
    expect(operation('/v1/things/{name}', 'delete').parameters).toEqual([{ name: 'name', in: 'path', required: true, schema: { type: 'string', maxLength: 20 } }]);
  });

  test('describes a body as it is sent, in each format that is taken', () => {
    const { required, content } = operation('/v1/things', 'post').requestBody!;

    expect([required, Object.keys(content)]).toEqual([true, ['application/json', 'application/yaml']]);
    expect(content['application/json']?.schema).toMatchObject({ required: ['name', 'licence', 'size'], additionalProperties: false, properties: { size: { type: 'string' } } });
  });

  test('describes answers by their status, refusals as problem details', () => {
    const made = operation('/v1/things', 'post').responses;

    expect(Object.keys(made)).toEqual(['201', '401', '403', 'default']);
    expect(made['default']?.content).toEqual({ 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } });
    expect(operation('/v1/things/{name}', 'delete').responses['204']).toEqual({ description: 'Done' });
    expect(Object.keys(operation('/v1/ping', 'get').responses)).toEqual(['200', 'default']);
  });

  test('asks for a key everywhere but where anyone may call', () => {
    expect(operation('/v1/things', 'get').security).toEqual([{ key: [] }]);
    expect(operation('/v1/ping', 'get').security).toEqual([]);
  });

  test('keeps what is sent apart from what is got, where a schema of the same name differs', () => {
    const { content } = operation('/v1/chains', 'post').requestBody!;
    const resolve = (schema: Record<string, unknown> | undefined) => document.components.schemas[String(schema?.['$ref']).replace('#/components/schemas/', '')];

    const nested = operation('/v1/nested', 'put');
    const innerOf = (outer: unknown) => resolve((outer as { properties: { inner: Record<string, unknown> } }).properties.inner);

    expect(innerOf(resolve(nested.requestBody?.content['application/json']?.schema))).not.toHaveProperty('required');
    expect(innerOf(resolve(nested.responses['200']?.content?.['application/json']?.schema))).toMatchObject({ required: ['size'] });
    expect(resolve(content['application/json']?.schema)).not.toHaveProperty('required');
    expect(resolve(operation('/v1/chains', 'post').responses['200']?.content?.['application/json']?.schema)).toMatchObject({ required: ['name'] });
  });

  test('every reference leads to something, also those of named and recursive schemas', () => {
    const text = JSON.stringify(document);
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference ?? '');

    expect(references).toContain('#/components/schemas/Tree');
    for (const reference of references) {
      const target = reference.replace('#/', '').split('/').reduce<unknown>((node, step) => (node as Record<string, unknown> | undefined)?.[step], document);
      expect(target, reference).toBeDefined();
    }
    expect(text).not.toMatch(/\$defs|__schema/);
  });
});
