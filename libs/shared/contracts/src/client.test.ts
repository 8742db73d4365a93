import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createClient } from './client.ts';
import type { Client, ClientOptions } from './client.ts';
import { defineEndpoints } from './endpoint.ts';
import { ApiError } from './problem.ts';

const endpoints = defineEndpoints({
  readThing: { method: 'get', path: '/v1/things/{name}', role: 'viewer', summary: '', params: z.object({ name: z.string() }), response: z.object({ name: z.string(), at: z.iso.datetime() }) },
  listThings: {
    method: 'get',
    path: '/v1/things',
    role: 'viewer',
    summary: '',
    query: z.object({ limit: z.int().optional(), groupBy: z.array(z.string()).optional(), deep: z.boolean().optional(), after: z.string().nullish() }),
    response: z.object({ data: z.array(z.string()) }),
  },
  makeThing: { method: 'post', path: '/v1/things', role: 'editor', summary: '', body: z.object({ name: z.string() }), response: z.object({ name: z.string() }), status: 201 },
  dropThing: { method: 'delete', path: '/v1/things/{name}', role: 'editor', summary: '', params: z.object({ name: z.string() }), response: z.undefined(), status: 204 },
  exportThings: { method: 'get', path: '/v1/things.csv', role: 'viewer', summary: '', response: z.string(), reply: 'raw' },
});

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let seen: Seen;
let answer: (response: ServerResponse) => void;
const json = (status: number, body: unknown, headers: Record<string, string> = {}) => (response: ServerResponse) => void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

const server = createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray()).toString();
  seen = { method: request.method, url: request.url, headers: request.headers, body };
  answer(response);
  server.emit('arrived', response);
});
let baseUrl = '';
let client: Client<typeof endpoints>;
const clientWith = (more: Partial<ClientOptions>) => createClient(endpoints, { baseUrl, fetch, ...more });

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/things`;
  client = clientWith({ token: 'wb_key', headers: { 'x-from': 'tests' } });
});
afterAll(() => void server.close());
beforeEach(() => {
  answer = json(200, { data: [] });
});

const refusal = async (call: Promise<unknown>): Promise<ApiError> => {
  const error = await call.then(() => undefined, (reason: unknown) => reason);
  expect(error).toBeInstanceOf(ApiError);
  return error as ApiError;
};

describe('a call', () => {
  test('goes to the encoded path under the prefix, with the key', async () => {
    answer = json(200, { name: 'a/b', at: '2026-01-01T00:00:00Z', added: 'later' });

    const thing = await client.readThing({ params: { name: 'a/b c' } });

    expect(thing).toEqual({ name: 'a/b', at: '2026-01-01T00:00:00Z' });
    expect(seen).toMatchObject({ method: 'GET', url: '/api/things/v1/things/a%2Fb%20c', body: '', headers: { authorization: 'Bearer wb_key', accept: 'application/json', 'x-from': 'tests' } });
    expect(seen.headers['content-type']).toBeUndefined();
  });

  test('sends its body as JSON, and headers of its own over those of the client', async () => {
    answer = json(201, { name: 'ü' });

    expect(await client.makeThing({ body: { name: 'ü' } }, { headers: { 'x-from': 'this call', 'idempotency-key': 'k1' } })).toEqual({ name: 'ü' });
    expect(seen).toMatchObject({ method: 'POST', body: '{"name":"ü"}', headers: { 'content-type': 'application/json', 'x-from': 'this call', 'idempotency-key': 'k1' } });
  });

  test.each([
    [undefined, '/api/things/v1/things'],
    [{}, '/api/things/v1/things'],
    [{ limit: 5, deep: false }, '/api/things/v1/things?limit=5&deep=false'],
    [{ groupBy: ['project', 'tag:a&b'] }, '/api/things/v1/things?groupBy=project%2Ctag%3Aa%26b'],
    [{ limit: undefined, after: null }, '/api/things/v1/things'],
  ])('with the query %j asks %s', async (query, url) => {
    await client.listThings(query === undefined ? undefined : { query: query as { limit?: number } });

    expect(seen.url).toBe(url);
  });

  test('that is answered with 204 gives nothing', async () => {
    answer = (response) => void response.writeHead(204).end();

    expect(await client.dropThing({ params: { name: 'a' } })).toBeUndefined();
    expect(seen.method).toBe('DELETE');
  });

  test('to a raw endpoint gives the response itself', async () => {
    answer = (response) => void response.end('a,b\n');

    expect(await (await client.exportThings()).text()).toBe('a,b\n');
  });

  test('without a token sends none', async () => {
    await clientWith({}).listThings();

    expect(seen.headers.authorization).toBeUndefined();
  });

  test('refuses an answer that the endpoint does not declare', async () => {
    answer = json(200, { data: 'none' });

    await expect(client.listThings()).rejects.toBeInstanceOf(z.ZodError);
  });
});

describe('a refusal', () => {
  test('in problem details is thrown as they are', async () => {
    const problem = { type: 'urn:weighbridge:problem:license.denied', title: 'T', status: 403, detail: 'Not for that.', code: 'license.denied', requestId: 'req_1', reasons: [{ clause: '2' }] };
    answer = json(403, problem);

    const error = await refusal(client.listThings());

    expect(error).toMatchObject({ status: 403, code: 'license.denied', message: 'Not for that.' });
    expect(error.problem).toEqual(problem);
  });

  test('in OpenAI’s shape keeps its code and its words', async () => {
    answer = json(429, { error: { message: 'The budget is used up.', type: 'insufficient_quota', code: 'insufficient_quota', param: null, weighbridge: { code: 'budget.exceeded' } } }, { 'x-request-id': 'req_2' });

    expect((await refusal(client.listThings())).problem).toMatchObject({ status: 429, code: 'budget.exceeded', detail: 'The budget is used up.', requestId: 'req_2' });
  });

  test.each([
    ['a page of a proxy', 502, '<html>Bad gateway</html>'],
    ['nothing', 503, ''],
    ['JSON of another kind', 404, '{"message":"no"}'],
    ['a problem with a code that this client does not know', 418, '{"type":"x","title":"T","status":418,"detail":"D","code":"tea.pot","requestId":"r"}'],
  ])('as %s still tells status and beginning', async (_what, status, text) => {
    answer = (response) => void response.writeHead(status, { 'content-type': 'text/html' }).end(text);

    const error = await refusal(clientWith({}).listThings());

    expect(error).toMatchObject({ status, code: 'service.unavailable', message: `HTTP ${status}: ${text}` });
  });

  test('that is long is cut', async () => {
    answer = (response) => void response.writeHead(500).end('x'.repeat(10_000));

    expect((await refusal(client.listThings())).message.length).toBeLessThan(400);
  });
});

describe('a call that gets no answer', () => {
  const silent = () => {};

  test('ends after the time that the client allows', async () => {
    answer = silent;

    await expect(clientWith({ timeoutMs: 20 }).listThings()).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('ends when its caller has had enough, also where the client has a time limit', async () => {
    answer = silent;
    const enough = new AbortController();
    const call = clientWith({ timeoutMs: 60_000 }).listThings(undefined, { signal: enough.signal });
    const arrived = once(server, 'arrived');
    await arrived;

    enough.abort(new Error('enough'));

    await expect(call).rejects.toThrow('enough');
  });

  test('because nobody listens fails with the words of fetch', async () => {
    await expect(clientWith({ baseUrl: 'http://127.0.0.1:1' }).listThings()).rejects.toThrow(TypeError);
  });
});
