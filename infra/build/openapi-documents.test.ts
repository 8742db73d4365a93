import { Validator } from '@seriousme/openapi-schema-validator';
import { costEndpoints } from '@weighbridge/cost-contracts';
import { evaluationEndpoints } from '@weighbridge/evaluation-contracts';
import { inferenceEndpoints } from '@weighbridge/inference-contracts';
import { registryEndpoints } from '@weighbridge/registry-contracts';
import { toOpenApi } from '@weighbridge/shared-contracts';
import type { Endpoint, EndpointTable } from '@weighbridge/shared-contracts';
import { describe, expect, test } from 'vitest';

const tables: Readonly<Record<string, EndpointTable>> = { registry: registryEndpoints, inference: inferenceEndpoints, evaluation: evaluationEndpoints, cost: costEndpoints };
const endpoints: readonly (readonly [string, Endpoint])[] = Object.entries(tables).flatMap(([scope, table]) => Object.entries(table).map(([name, endpoint]) => [`${scope} ${name}`, endpoint] as const));

describe.each(Object.entries(tables))('the OpenAPI document of %s', (scope, table) => {
  const document = toOpenApi(table, { title: scope, version: '0.0.0', description: scope, serverUrl: `/api/${scope}` });

  test('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();

    expect(await validator.validate(structuredClone(document))).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
    expect(() => validator.resolveRefs()).not.toThrow();
  });

  test('refers to nothing that is not in it', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference = '']) => reference);

    for (const reference of references) {
      const target = reference.replace('#/', '').split('/').reduce<unknown>((node, step) => (node as Record<string, unknown> | undefined)?.[step], document);
      expect(target, reference).toBeDefined();
    }
  });
});

describe('an endpoint', () => {
  test.each(endpoints)('%s declares the parameters of its path, a sentence, and no body where none may be', (_name, { method, path, params, body, summary }) => {
    expect(Object.keys(params?.shape ?? {}).toSorted()).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).toSorted());
    expect(summary.length).toBeGreaterThan(3);
    // MLflow's clients send one along with DELETE.
    if (method === 'get' || (method === 'delete' && !path.startsWith('/api/2.0/mlflow/'))) expect(body).toBeUndefined();
  });

  test('is at one address alone', () => {
    for (const table of Object.values(tables)) {
      const addresses = Object.values(table).map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`);
      expect(addresses.filter((address, index) => addresses.indexOf(address) !== index)).toEqual([]);
    }
  });

  test('is open to nobody without a key', () => {
    expect(endpoints.filter(([, { role }]) => role === 'public').map(([name]) => name)).toEqual([]);
  });
});
