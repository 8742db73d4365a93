import type { z } from 'zod';
import type { Endpoint, EndpointTable } from './endpoint.ts';
import { createOpenApiSchemas } from './openapi-schemas.ts';
import type { OpenApiSchemas } from './openapi-schemas.ts';
import { Problem } from './problem.ts';

interface OpenApiInfo {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  /** Path that the public origin puts in front, e.g. `/api/registry`. */
  readonly serverUrl: string;
}

/** The OpenAPI 3.1 document of a table of endpoints. Internal (`service`) endpoints are left out. */
export function toOpenApi(endpoints: EndpointTable, info: OpenApiInfo): Record<string, unknown> {
  const schemas = createOpenApiSchemas();
  schemas.schemaOf(Problem, 'output');
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, endpoint] of Object.entries(endpoints)) {
    if (endpoint.role === 'service') continue;
    (paths[endpoint.path] ??= {})[endpoint.method] = operation(name, endpoint, schemas);
  }
  return {
    openapi: '3.1.0',
    info: { title: info.title, version: info.version, description: info.description, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: info.serverUrl }],
    paths,
    components: {
      schemas: schemas.components(),
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key, `wb_…`' } },
    },
  };
}

function operation(name: string, endpoint: Endpoint, schemas: OpenApiSchemas): Record<string, unknown> {
  const parameters = [...parametersOf(schemas, endpoint.params, 'path'), ...parametersOf(schemas, endpoint.query, 'query')];
  const status = String(endpoint.status ?? 200);
  const problem = { description: 'Refused', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
  return {
    operationId: name,
    summary: endpoint.summary,
    ...(endpoint.role === 'public' ? { security: [] } : { security: [{ key: [] }], 'x-weighbridge-role': endpoint.role }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(endpoint.body === undefined ? {} : { requestBody: { required: true, content: contentOf(schemas, endpoint.body, endpoint.bodyFormats) } }),
    responses: {
      [status]:
        status === '204' ? { description: 'Done' } : { description: 'Success', content: { 'application/json': { schema: schemas.schemaOf(endpoint.response, 'output') } } },
      ...(endpoint.role === 'public' ? {} : { '401': problem, '403': problem }),
      default: problem,
    },
  };
}

function contentOf(schemas: OpenApiSchemas, body: z.ZodType, formats: readonly string[] = []): Record<string, unknown> {
  const schema = schemas.schemaOf(body, 'input');
  return Object.fromEntries(['application/json', ...formats].map((format) => [format, { schema }]));
}

function parametersOf(schemas: OpenApiSchemas, schema: z.ZodObject | undefined, where: 'path' | 'query'): Record<string, unknown>[] {
  if (schema === undefined) return [];
  const json = schemas.schemaOf(schema, 'input') as { properties?: Record<string, unknown>; required?: string[] };
  return Object.entries(json.properties ?? {}).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || (json.required ?? []).includes(name),
    schema: property,
  }));
}
