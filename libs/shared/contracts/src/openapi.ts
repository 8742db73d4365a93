import { z } from 'zod';
import type { Endpoint, EndpointTable } from './endpoint.ts';
import { Problem } from './problem.ts';

interface OpenApiInfo {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  /** Path that the public origin puts in front, e.g. `/api/registry`. */
  readonly serverUrl: string;
}

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12', reused: 'inline' });
  return rest;
};

/** The OpenAPI 3.1 document of a table of endpoints. Internal (`service`) endpoints are left out. */
export function toOpenApi(endpoints: EndpointTable, info: OpenApiInfo): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, endpoint] of Object.entries(endpoints)) {
    if (endpoint.role === 'service') continue;
    (paths[endpoint.path] ??= {})[endpoint.method] = operation(name, endpoint);
  }
  return {
    openapi: '3.1.0',
    info: { title: info.title, version: info.version, description: info.description, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: info.serverUrl }],
    paths,
    components: {
      schemas: { Problem: schemaOf(Problem, 'output') },
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key, `wb_…`' } },
    },
  };
}

function operation(name: string, endpoint: Endpoint): Record<string, unknown> {
  const parameters = [...parametersOf(endpoint.params, 'path'), ...parametersOf(endpoint.query, 'query')];
  const status = String(endpoint.status ?? 200);
  const problem = { description: 'Refused', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
  return {
    operationId: name,
    summary: endpoint.summary,
    ...(endpoint.role === 'public' ? { security: [] } : { security: [{ key: [] }], 'x-weighbridge-role': endpoint.role }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(endpoint.body === undefined ? {} : { requestBody: { required: true, content: contentOf(endpoint.body, endpoint.bodyFormats) } }),
    responses: {
      [status]:
        status === '204' ? { description: 'Done' } : { description: 'Success', content: { 'application/json': { schema: schemaOf(endpoint.response, 'output') } } },
      ...(endpoint.role === 'public' ? {} : { '401': problem, '403': problem }),
      default: problem,
    },
  };
}

function contentOf(body: z.ZodType, formats: readonly string[] = []): Record<string, unknown> {
  const schema = schemaOf(body, 'input');
  return Object.fromEntries(['application/json', ...formats].map((format) => [format, { schema }]));
}

function parametersOf(schema: z.ZodObject | undefined, where: 'path' | 'query'): Record<string, unknown>[] {
  if (schema === undefined) return [];
  const json = schemaOf(schema, 'input') as { properties?: Record<string, unknown>; required?: string[] };
  return Object.entries(json.properties ?? {}).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || (json.required ?? []).includes(name),
    schema: property,
  }));
}
