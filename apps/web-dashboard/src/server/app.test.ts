import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createMetrics } from '@weighbridge/shared-adapters/http';
import { silentLogger } from '@weighbridge/shared-adapters/logging';
import { listen } from '@weighbridge/shared-adapters/service';
import type { Listening } from '@weighbridge/shared-adapters/service';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createApp } from './app.ts';

/** The far end: what arrives is noted, and each test says what it answers. */
interface Upstream {
  readonly server: Server;
  readonly url: string;
  readonly requests: IncomingMessage[];
  answer: RequestListener;
}

const me = { keyId: null, role: 'admin', project: null, useCaseId: null };
const goodKey = 'wb_good';

let clientDir: string;
let registry: Upstream;
let gateway: Upstream;
let listening: Listening;
let origin: string;
let close: () => void;

const answerAsRegistry: RequestListener = (req, res) => {
  if (req.url === '/healthz') return void res.end('{}');
  const known = req.headers.authorization === `Bearer ${goodKey}`;
  const problem = { type: 'urn:weighbridge:problem:auth.invalid_key', title: 'no', status: 401, detail: 'The API key is not known here, or was revoked.', code: 'auth.invalid_key', requestId: 'r' };
  res.writeHead(known ? 200 : 401, { 'content-type': known ? 'application/json' : 'application/problem+json' }).end(JSON.stringify(known ? me : problem));
};

async function startUpstream(answer: RequestListener): Promise<Upstream> {
  const upstream: Omit<Upstream, 'url'> & { url: string } = { server: createServer((req, res) => (upstream.requests.push(req), upstream.answer(req, res))), url: '', requests: [], answer };
  await new Promise<void>((resolve) => upstream.server.listen(0, '127.0.0.1', resolve));
  upstream.url = `http://127.0.0.1:${(upstream.server.address() as AddressInfo).port}`;
  return upstream;
}

/** Somewhere nobody listens: a port that was free a moment ago. */
async function deadUrl(): Promise<string> {
  const probe = await startUpstream(() => undefined);
  await new Promise((resolve) => probe.server.close(resolve));
  return probe.url;
}

beforeAll(() => {
  clientDir = mkdtempSync(join(tmpdir(), 'weighbridge-client-'));
  mkdirSync(join(clientDir, 'assets'));
  writeFileSync(join(clientDir, 'index.html'), '<!doctype html><title>Weighbridge</title>');
  writeFileSync(join(clientDir, 'assets', 'app-1a2b.js'), 'export {};');
  writeFileSync(join(clientDir, 'assets', 'app-1a2b.js.gz'), gzipSync('export {};'));
});
afterAll(() => rmSync(clientDir, { recursive: true }));

beforeEach(async () => {
  registry = await startUpstream(answerAsRegistry);
  gateway = await startUpstream((_req, res) => void res.end('{"from":"gateway"}'));
  const dead = await deadUrl();
  const made = createApp({
    services: { registry: registry.url, gateway: gateway.url, evaluation: dead, cost: dead },
    secretKey: 'a test secret that is long enough, surely',
    clientDir,
    logger: silentLogger(),
    metrics: createMetrics('web-dashboard'),
    stopping: () => false,
    signInsPerMinute: 3,
  });
  close = made.close;
  listening = await listen(made.app, { port: 0 });
  origin = listening.url;
});
afterEach(async () => {
  await listening.close(0);
  close();
  for (const { server } of [registry, gateway]) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const fromThisSite = { 'x-weighbridge-browser': '1' };
const signIn = (key: string, headers: Record<string, string> = fromThisSite) => fetch(`${origin}/session`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ key }) });
const cookieOf = (response: Response): string => response.headers.getSetCookie()[0]?.split(';')[0] ?? '';

describe('signing in', () => {
  test('a key that the registry knows becomes a sealed cookie that scripts cannot read', async () => {
    const response = await signIn(goodKey);

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(me);
    const [cookie] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^weighbridge_session=/);
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Strict/i);
    expect(cookie).not.toMatch(/Secure/i);
    expect(cookie).not.toContain(goodKey);
  });

  test('by https the cookie is for https only', async () => {
    const response = await signIn(goodKey, { ...fromThisSite, 'x-forwarded-proto': 'https' });
    expect(response.headers.getSetCookie()[0]).toMatch(/Secure/i);
  });

  test.each([
    { what: 'an unknown key', key: 'wb_bad', status: 401, code: 'auth.invalid_key' },
    { what: 'a service token, which no person has', key: 'wbs_anything', status: 401, code: 'auth.invalid_key' },
    { what: 'a key that would break a header', key: 'wb_a b', status: 401, code: 'auth.invalid_key' },
    { what: 'an empty key', key: ' ', status: 400, code: 'request.invalid' },
    { what: 'something endless', key: 'x'.repeat(5_000), status: 413, code: 'request.too_large' },
  ])('$what: $status $code, and no cookie', async ({ key, status, code }) => {
    const response = await signIn(key);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ code, status });
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  test('after three failed tries in a minute every other is refused, right key or not; those that succeed do not count', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) expect((await signIn(goodKey)).status).toBe(200);
    for (let attempt = 0; attempt < 3; attempt += 1) await signIn('wb_bad');
    const response = await signIn(goodKey);
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('60');
  });

  test('from another site it is refused: no header, or another origin', async () => {
    expect((await signIn(goodKey, {})).status).toBe(403);
    expect((await signIn(goodKey, { ...fromThisSite, origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await signIn(goodKey, { ...fromThisSite, origin })).status).toBe(200);
  });

  test('who is signed in, and that nobody is', async () => {
    const cookie = cookieOf(await signIn(goodKey));
    const asked = async (headers: Record<string, string>) => (await fetch(`${origin}/session`, { headers })).json();

    expect(await asked({ cookie })).toEqual({ me });
    expect(await asked({})).toEqual({ me: null });
    expect(await asked({ cookie: 'weighbridge_session=forged' })).toEqual({ me: null });
  });

  test('a key that was revoked since ends the session', async () => {
    const cookie = cookieOf(await signIn(goodKey));
    registry.answer = (req, res) => answerAsRegistry(Object.assign(req, { headers: { ...req.headers, authorization: 'Bearer revoked' } }), res);

    const response = await fetch(`${origin}/session`, { headers: { cookie } });

    expect(await response.json()).toEqual({ me: null });
    expect(response.headers.getSetCookie()[0]).toMatch(/Max-Age=0/i);
  });

  test('signing out takes the cookie away', async () => {
    const cookie = cookieOf(await signIn(goodKey));
    const response = await fetch(`${origin}/session`, { method: 'DELETE', headers: { cookie, ...fromThisSite } });
    expect(response.status).toBe(204);
    expect(response.headers.getSetCookie()[0]).toMatch(/Max-Age=0/i);
  });

  test('a registry that is away is a bad gateway, not a wrong key', async () => {
    registry.answer = (req) => req.socket.destroy();
    const response = await signIn(goodKey);
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ code: 'service.unavailable', status: 502 });
  });
});

describe('what goes to the services', () => {
  test("a browser's cookie becomes its key, and goes no further", async () => {
    const cookie = cookieOf(await signIn(goodKey));

    const response = await fetch(`${origin}/api/inference/v1/jobs?limit=2`, { headers: { cookie: `${cookie}; other=1` } });

    expect(await response.json()).toEqual({ from: 'gateway' });
    const seen = gateway.requests[0];
    expect(seen?.url).toBe('/v1/jobs?limit=2');
    expect(seen?.headers.authorization).toBe(`Bearer ${goodKey}`);
    expect(seen?.headers.cookie).toBeUndefined();
    expect(seen?.headers['x-request-id']).toBe(response.headers.get('x-request-id'));
  });

  test('a key of its own is handed on untouched, whatever the cookie', async () => {
    const cookie = cookieOf(await signIn(goodKey));
    await fetch(`${origin}/api/inference/v1/jobs`, { method: 'POST', headers: { cookie, authorization: 'Bearer wb_mine' }, body: '{}' });
    expect(gateway.requests[0]?.headers.authorization).toBe('Bearer wb_mine');
  });

  test("OpenAI's door is for keys only: a cookie opens nothing there", async () => {
    const cookie = cookieOf(await signIn(goodKey));
    await fetch(`${origin}/v1/models`, { headers: { cookie } });
    expect(gateway.requests[0]?.url).toBe('/v1/models');
    expect(gateway.requests[0]?.headers.authorization).toBeUndefined();
    expect(gateway.requests[0]?.headers.cookie).toBeUndefined();
  });

  test.each([
    { what: 'no header of ours', headers: {} },
    { what: 'another origin', headers: { ...fromThisSite, origin: 'https://elsewhere.example' } },
  ])('a change by cookie with $what is refused and never sent', async ({ headers }) => {
    const cookie = cookieOf(await signIn(goodKey));
    const response = await fetch(`${origin}/api/inference/v1/jobs`, { method: 'POST', headers: { cookie, ...headers }, body: '{}' });
    expect(response.status).toBe(403);
    expect(gateway.requests).toEqual([]);
  });

  test('a change by cookie from this site goes through, body and all', async () => {
    const cookie = cookieOf(await signIn(goodKey));
    const received = new Promise<string>((resolve) => {
      gateway.answer = (req, res) => {
        let body = '';
        req.on('data', (chunk: Buffer) => (body += chunk.toString()));
        req.on('end', () => (resolve(body), res.writeHead(202).end('{}')));
      };
    });

    const response = await fetch(`${origin}/api/inference/v1/jobs`, { method: 'POST', headers: { cookie, origin, ...fromThisSite }, body: '{"a":1}' });

    expect(response.status).toBe(202);
    expect(await received).toBe('{"a":1}');
  });

  test.each([
    { path: '/api/cost/v1/usage', shape: { code: 'service.unavailable', status: 502 } },
    { path: '/api/evaluation/v1/runs', shape: { code: 'service.unavailable', status: 502 } },
  ])('$path with its service down: 502 problem details', async ({ path, shape }) => {
    const response = await fetch(origin + path);
    expect(response.status).toBe(502);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ ...shape, requestId: response.headers.get('x-request-id') });
  });

  test("OpenAI's door with the gateway down answers in OpenAI's shape", async () => {
    gateway.answer = (req) => req.socket.destroy();
    const response = await fetch(`${origin}/v1/chat/completions`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ error: { code: 'service.unavailable', message: expect.any(String), param: null } });
  });

  test("MLflow's door leads to the registry, for keys only, with the bodies that its clients send along with DELETE and PATCH", async () => {
    const cookie = cookieOf(await signIn(goodKey));
    const received: string[] = [];
    registry.answer = (req, res) => {
      let body = '';
      req.on('data', (chunk: Buffer) => (body += chunk.toString()));
      req.on('end', () => (received.push(`${req.method} ${req.url} ${req.headers.authorization} ${req.headers.cookie} ${body}`), res.end('{}')));
    };
    const path = '/api/2.0/mlflow/registered-models';

    await fetch(`${origin}${path}/search?max_results=5`, { headers: { cookie } });
    await fetch(`${origin}${path}/delete-tag`, { method: 'DELETE', headers: { authorization: 'Bearer wb_mine' }, body: '{"name":"a"}' });
    await fetch(`${origin}${path}/update`, { method: 'PATCH', body: '{"name":"b"}' });

    expect(received).toEqual([`GET ${path}/search?max_results=5 undefined undefined `, `DELETE ${path}/delete-tag Bearer wb_mine undefined {"name":"a"}`, `PATCH ${path}/update undefined undefined {"name":"b"}`]);
    expect(gateway.requests).toEqual([]);
  });

  test("MLflow's door with the registry down answers in MLflow's shape", async () => {
    registry.answer = (req) => req.socket.destroy();
    const response = await fetch(`${origin}/api/2.0/mlflow/registered-models/get?name=a`);
    expect([response.status, await response.json()]).toEqual([502, expect.objectContaining({ error_code: 'TEMPORARILY_UNAVAILABLE', message: expect.any(String) })]);
  });

  test('a stream arrives event by event, and ends upstream when its reader goes', async () => {
    const gone = new Promise<void>((resolve) => {
      gateway.answer = (_req, res) => {
        res.writeHead(200, { 'content-type': 'text/event-stream' });
        res.write('data: first\n\n');
        res.once('close', resolve);
      };
    });
    const reading = new AbortController();

    const response = await fetch(`${origin}/api/inference/v1/jobs/events`, { signal: reading.signal });
    const first = await response.body?.getReader().read();

    expect(new TextDecoder().decode(first?.value)).toBe('data: first\n\n');
    reading.abort();
    await gone;
  });
});

describe('the client', () => {
  test('a page has a policy under which no foreign or inline script runs', async () => {
    const response = await fetch(`${origin}/models/abacus`, { headers: { accept: 'text/html' } });

    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<title>Weighbridge</title>');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self'(;|$)/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(response.headers.get('x-powered-by')).toBeNull();
  });

  test('files with a digest in their name are kept for a year; one that is gone is 404, not the page', async () => {
    for (const encoding of ['gzip', 'identity']) {
      const found = await fetch(`${origin}/assets/app-1a2b.js`, { headers: { 'accept-encoding': encoding } });
      expect(found.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(found.headers.get('content-type')).toMatch(/^text\/javascript/);
      expect(found.headers.get('vary')).toBe('accept-encoding');
      expect(await found.text()).toBe('export {};');
    }
    const gone = await fetch(`${origin}/assets/app-old.js`, { headers: { accept: 'text/html' } });
    expect(gone.status).toBe(404);
    expect(await gone.json()).toMatchObject({ code: 'resource.not_found' });
  });

  test.each(['/api/nothing', '/api/registry2/v1/models', '/session/x'])('%s is not a page', async (path) => {
    expect((await fetch(origin + path, { headers: { accept: 'text/html' } })).status).toBe(404);
  });
});

describe('operations', () => {
  test('ready as long as people can sign in', async () => {
    expect((await fetch(`${origin}/healthz`)).status).toBe(200);
    expect((await fetch(`${origin}/readyz`)).status).toBe(200);
    registry.answer = (req) => req.socket.destroy();
    const response = await fetch(`${origin}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ status: 'failing', checks: { registry: 'failing' } });
  });

  test('metrics count by a few stable names, whatever paths people invent', async () => {
    await fetch(`${origin}/some/invented/path`, { headers: { accept: 'text/html' } });
    const metrics = await (await fetch(`${origin}/metrics`)).text();
    expect(metrics).toMatch(/duration_seconds_count\{[^}]*endpoint="page",method="get",status="200"/);
    expect(metrics).not.toContain('invented');
  });
});
