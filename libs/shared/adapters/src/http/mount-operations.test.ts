import { defineEndpoints } from '@weighbridge/shared-contracts';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createMetrics } from './create-http-app.ts';
import { startTestHttpApp } from './test-http-app.ts';
import type { TestHttpApp, TestHttpAppOptions } from './test-http-app.ts';

const endpoints = defineEndpoints({
  readThing: { method: 'get', path: '/v1/things/{name}', role: 'viewer', summary: 'Read a thing', params: z.object({ name: z.string() }), response: z.object({ name: z.string() }) },
  ping: { method: 'get', path: '/v1/ping', role: 'public', summary: 'Anyone', response: z.object({}) },
  tellServices: { method: 'get', path: '/internal/v1/facts', role: 'service', summary: 'Services only', response: z.object({}) },
});

let app: TestHttpApp;
const start = async (options: Partial<TestHttpAppOptions<typeof endpoints>> = {}) => {
  app = await startTestHttpApp({ endpoints, handlers: { readThing: ({ params }) => params, ping: () => ({}), tellServices: () => ({}) }, ...options });
};
afterEach(() => app.close(0));

const get = async (path: string) => {
  const response = await fetch(app.url + path, { redirect: 'manual' });
  return { status: response.status, headers: response.headers, text: await response.text() };
};
const getJson = async (path: string) => JSON.parse((await get(path)).text) as Record<string, unknown>;

describe('health', () => {
  test('is green while the process answers, whatever else is down', async () => {
    await start({ readiness: { database: () => Promise.reject(new Error('down')) }, stopping: () => true });

    expect(await get('/healthz')).toMatchObject({ status: 200, text: '{"status":"ok"}' });
  });
});

describe('readiness', () => {
  test('is green when every check passes', async () => {
    await start({ readiness: { database: () => Promise.resolve(), facts: () => true } });

    expect(await get('/readyz')).toMatchObject({ status: 200, text: JSON.stringify({ status: 'ok', checks: { database: 'ok', facts: 'ok' } }) });
  });

  test.each([
    ['rejects', () => Promise.reject(new Error('no route to 10.1.2.3'))],
    ['throws', () => { throw new Error('no route to 10.1.2.3'); }],
  ])('is red when a check %s; why is for the log only', async (_how, database) => {
    await start({ readiness: { database, queue: () => true } });

    const answer = await get('/readyz');

    expect(answer).toMatchObject({ status: 503, text: JSON.stringify({ status: 'failing', checks: { database: 'failing', queue: 'ok' } }) });
    expect(await app.log.line(({ event }) => event === 'not_ready')).toMatchObject({ check: 'database', err: { message: 'no route to 10.1.2.3' } });
  });

  test('is red from the first moment of a shutdown on', async () => {
    let stopping = false;
    await start({ readiness: { database: () => true }, stopping: () => stopping });
    expect((await get('/readyz')).status).toBe(200);

    stopping = true;

    expect(await get('/readyz')).toMatchObject({ status: 503, text: JSON.stringify({ status: 'stopping', checks: { database: 'ok' } }) });
  });
});

describe('metrics', () => {
  test('count requests by endpoint, method and status, never by path', async () => {
    await start({ metrics: createMetrics('test-service') });
    await get('/v1/ping');
    await get('/v1/things/my-name');

    const { headers, text } = await get('/metrics');

    expect(headers.get('content-type')).toContain('text/plain');
    expect(text).toMatch(/^weighbridge_http_request_duration_seconds_count\{service="test-service",endpoint="ping",method="get",status="200"\} 1$/m);
    expect(text).toMatch(/^weighbridge_http_request_duration_seconds_count\{service="test-service",endpoint="readThing",method="get",status="401"\} 1$/m);
    expect(text).toMatch(/^process_cpu_seconds_total\{service="test-service"\}/m);
    expect(text).not.toContain('my-name');
  });
});

describe('documentation', () => {
  test('is an OpenAPI document of the endpoints that users may call', async () => {
    await start();

    const document = await getJson('/openapi.json');

    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'test-service', version: '1.2.3' }, servers: [{ url: '/api/test' }] });
    expect(Object.keys(document['paths'] as object)).toEqual(['/v1/things/{name}', '/v1/ping']);
  });

  test('has a page of its own, found also behind a prefix', async () => {
    await start();

    expect((await get('/docs')).headers.get('location')).toBe('docs/');
    const { status, text } = await get('/docs/');
    expect([status, text]).toEqual([200, expect.stringContaining('swagger-ui')]);
    const parts = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, part]) => part ?? '');
    expect(parts.length).toBeGreaterThan(3);
    for (const part of parts) {
      expect(part).toMatch(/^\.\//);
      expect((await get(`/docs/${part.slice(2)}`)).status, part).toBe(200);
    }
  });

  test('loads nothing from another host, and may not', async () => {
    await start();

    const { headers } = await get('/docs/');

    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
    const script = (await get('/docs/swagger-ui-init.js')).text;
    expect(script).toContain('"validatorUrl": null');
    expect(script).toContain('/v1/things/{name}');
    expect(script).not.toContain('/internal/');
  });

  test('of two apps in one process does not mix', async () => {
    await start();
    const other = await startTestHttpApp({ endpoints: { ping: { ...endpoints.ping, path: '/v1/other' } }, handlers: { ping: () => ({}) } });

    expect((await get('/docs/swagger-ui-init.js')).text).not.toContain('/v1/other');
    await other.close(0);
  });
});
