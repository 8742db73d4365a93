import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { AppError, errorCodes } from '@weighbridge/shared-domain';
import type { ErrorCode } from '@weighbridge/shared-domain';
import { defineEndpoints } from '@weighbridge/shared-contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { httpStatus } from './problem.ts';
import { startTestHttpApp, testKeyIds, testProject, testTokens } from './test-http-app.ts';
import type { TestHttpApp } from './test-http-app.ts';

const Thing = z.object({ name: z.string(), size: z.int() });

const endpoints = defineEndpoints({
  ping: { method: 'get', path: '/v1/ping', role: 'public', summary: 'Anyone', response: z.object({ caller: z.string() }) },
  listThings: { method: 'get', path: '/v1/things', role: 'viewer', summary: 'List', query: z.object({ limit: z.coerce.number().int().max(10).default(5), tag: z.string().optional() }), response: z.object({ limit: z.int() }) },
  makeThing: { method: 'post', path: '/v1/things', role: 'editor', summary: 'Make', body: z.strictObject({ name: z.string().min(1), size: z.int(), inner: z.strictObject({ a: z.int() }).optional() }), response: Thing, status: 201, maxBodyBytes: 1_000 },
  readThing: { method: 'get', path: '/v1/things/{name}', role: 'viewer', summary: 'Read', params: z.object({ name: z.string().max(20) }), response: Thing },
  dropThing: { method: 'delete', path: '/v1/things/{name}', role: 'admin', summary: 'Drop', params: z.object({ name: z.string() }), response: z.undefined(), status: 204 },
  importThings: { method: 'post', path: '/v1/things:import', role: 'editor', summary: 'Import', body: z.object({ rows: z.string() }), bodyFormats: ['text/csv'], response: z.object({ rows: z.string() }) },
  tellServices: { method: 'get', path: '/internal/v1/facts', role: 'service', summary: 'Services only', response: z.object({ ok: z.boolean() }) },
  fail: { method: 'get', path: '/v1/fail/{code}', role: 'public', summary: 'Fail', params: z.object({ code: z.string() }), response: z.object({}) },
  stream: { method: 'get', path: '/v1/stream/{how}', role: 'public', summary: 'Stream', params: z.object({ how: z.string() }), response: z.string(), reply: 'raw' },
});

let app: TestHttpApp;
const waiting: { signal: AbortSignal; finish: () => void }[] = [];
let onWaiting = () => {};

beforeAll(async () => {
  app = await startTestHttpApp({
    endpoints,
    bodyReaders: { 'text/csv': (bytes) => ({ rows: bytes.toString() }) },
    handlers: {
      ping: ({ caller }) => ({ caller: caller.kind }),
      listThings: ({ query }) => ({ limit: query.limit }),
      makeThing: ({ body, setHeader, note }) => {
        setHeader('x-made', body.name);
        note({ thing: body.size });
        return { name: body.name, size: body.size, secret: 'not in the schema' };
      },
      readThing: ({ params }) => ({ name: params.name, size: params.name === 'wrong' ? ('big' as unknown as number) : 1 }),
      dropThing: () => undefined,
      importThings: ({ body }) => body,
      tellServices: () => ({ ok: true }),
      fail: ({ params, setHeader }) => {
        setHeader('x-kept', 'yes');
        if (params.code === 'surprise') throw new Error('password=hunter2');
        throw new AppError(params.code as ErrorCode, 'for the operator', { detail: 'for the user', retryAfterSeconds: 1.2 });
      },
      stream: async ({ params, res, signal }) => {
        if (params.how === 'before') throw new AppError('model.not_found', 'before a byte was sent');
        res.writeHead(200, { 'content-type': 'text/plain' });
        res.write('first');
        if (params.how === 'after') throw new Error('after the headers');
        if (params.how === 'wait') {
          await new Promise<void>((finish) => {
            waiting.push({ signal, finish });
            onWaiting();
          });
        }
        res.end(' last');
      },
    },
  });
});
afterAll(() => app.close(0));

interface Call {
  readonly method?: string;
  readonly token?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

async function call(path: string, { method = 'GET', token, headers = {}, body }: Call = {}) {
  const response = await fetch(app.url + path, { method, headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers }, ...(body === undefined ? {} : { body }) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) as Record<string, unknown> };
}

const post = (body: string, more: Call = {}) => call('/v1/things', { method: 'POST', token: testTokens.editor, body, ...more });

describe('answers', () => {
  test('a declared status, only declared fields, and nothing to be cached or sniffed', async () => {
    const { status, headers, json } = await post('{"name":"a","size":3}');

    expect([status, json()]).toEqual([201, { name: 'a', size: 3 }]);
    expect(headers.get('x-made')).toBe('a');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('etag')).toBeNull();
  });

  test('204 has no body', async () => {
    expect(await call('/v1/things/a', { method: 'DELETE', token: testTokens.admin })).toMatchObject({ status: 204, text: '' });
  });

  test('an answer that its schema does not allow is our fault, and is not sent', async () => {
    const { status, json, text } = await call('/v1/things/wrong', { token: testTokens.viewer });

    expect([status, json()['code']]).toEqual([500, 'service.internal']);
    expect(text).not.toContain('big');
  });

  test('parameters arrive decoded, query values converted and with their defaults', async () => {
    expect((await call('/v1/things/a%2Fb%20c', { token: testTokens.viewer })).json()).toEqual({ name: 'a/b c', size: 1 });
    expect((await call('/v1/things', { token: testTokens.viewer })).json()).toEqual({ limit: 5 });
    expect((await call('/v1/things?limit=7', { token: testTokens.viewer })).json()).toEqual({ limit: 7 });
  });

  test('a path may hold a colon, and a body one of the other declared formats', async () => {
    const { status, json } = await call('/v1/things:import', { method: 'POST', token: testTokens.editor, headers: { 'content-type': 'Text/CSV; charset=utf-8' }, body: 'a,b' });

    expect([status, json()]).toEqual([200, { rows: 'a,b' }]);
  });
});

describe('refusals', () => {
  test.each(Object.entries(httpStatus))('%s is answered with %i', async (code, expected) => {
    const { status, headers, json } = await call(`/v1/fail/${code}`);

    expect(status).toBe(expected);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(headers.get('retry-after')).toBe('2');
    expect(headers.get('x-kept')).toBe('yes');
    expect(json()).toEqual({ type: `urn:weighbridge:problem:${code}`, title: errorCodes[code as ErrorCode], status: expected, detail: 'for the user', code, requestId: headers.get('x-request-id'), retryAfterSeconds: 1.2 });
  });

  test('what nobody expected is 500 and says nothing', async () => {
    const { status, text, json } = await call('/v1/fail/surprise');

    expect([status, json()['code']]).toEqual([500, 'service.internal']);
    expect(text).not.toContain('hunter2');
  });

  test.each([
    ['not JSON', '{"name":'],
    ['empty', ''],
  ])('a body that is %s is 400', async (_what, body) => {
    const { status, json } = await post(body);

    expect([status, json()['code']]).toEqual([400, 'request.malformed']);
  });

  test.each(['/v1/things?tag=a%00', '/v1/things/a%00b'])('a NUL in the URL, which no table takes, is 400: %s', async (path) => {
    const { status, json } = await call(path, { token: testTokens.viewer });

    expect([status, json()['code']]).toEqual([400, 'request.malformed']);
  });

  test('every faulty field is listed at once, unknown ones too', async () => {
    const { status, json } = await post('{"name":"","size":"big","inner":{"a":1,"b":2},"more":true,"__proto__":{"x":1}}');

    expect([status, json()['code']]).toEqual([400, 'request.invalid']);
    expect((json()['errors'] as { pointer: string }[]).map(({ pointer }) => pointer).toSorted()).toEqual(['/body/__proto__', '/body/inner/b', '/body/more', '/body/name', '/body/size']);
  });

  test.each([
    ['/v1/things?limit=11', '/query/limit'],
    ['/v1/things?tag=a&tag=b', '/query/tag'],
    ['/v1/things/a-name-that-is-longer-than-20', '/params/name'],
  ])('GET %s is 400 with the pointer %s', async (path, pointer) => {
    const { status, json } = await call(path, { token: testTokens.viewer });

    expect([status, json()['errors']]).toEqual([400, [expect.objectContaining({ pointer })]]);
  });

  test.each([
    ['no key', {}, 'auth.missing_key'],
    ['another scheme', { authorization: `Basic ${testTokens.admin}` }, 'auth.missing_key'],
    ['an empty key', { authorization: 'Bearer ' }, 'auth.missing_key'],
    ['two keys in one', { authorization: `Bearer ${testTokens.admin} ${testTokens.admin}` }, 'auth.missing_key'],
    ['an unknown key', { authorization: 'Bearer wb_unknown' }, 'auth.invalid_key'],
    ['an unknown service token', { authorization: 'Bearer wbs_unknown' }, 'auth.invalid_key'],
    ['an expired key', { authorization: `Bearer ${testTokens.expired}` }, 'auth.expired_key'],
    ['an unknown x-api-key', { 'x-api-key': 'wb_unknown' }, 'auth.invalid_key'],
  ])('%s is 401', async (_what, headers, code) => {
    const { status, json } = await call('/v1/things', { headers });

    expect([status, json()['code']]).toEqual([401, code]);
  });

  test.each([
    ['authorization', `bearer ${testTokens.viewer}`],
    ['x-api-key', testTokens.viewer],
    ['api-key', testTokens.viewer],
  ])('a key may come in %s', async (header, value) => {
    expect((await call('/v1/things', { headers: { [header]: value } })).status).toBe(200);
  });

  test('a role that is too weak is 403 and says which is needed; a stronger one will do', async () => {
    const weak = await post('{"name":"a","size":1}', { token: testTokens.runner });

    expect([weak.status, weak.json()['code']]).toEqual([403, 'auth.forbidden']);
    expect(weak.json()['detail']).toMatch(/"editor".*"runner"/);
    expect((await post('{"name":"a","size":1}', { token: testTokens.admin })).status).toBe(201);
  });

  test('who may not call is told so before the body is looked at', async () => {
    expect((await post('not json', { token: testTokens.viewer })).status).toBe(403);
    expect((await call('/v1/things', { method: 'POST', body: 'not json' })).status).toBe(401);
  });

  test('an endpoint for services takes their token and no key, not even an administrator’s', async () => {
    expect((await call('/internal/v1/facts', { token: testTokens.service })).status).toBe(200);
    expect((await call('/internal/v1/facts', { token: testTokens.admin })).status).toBe(403);
    expect((await call('/internal/v1/facts')).status).toBe(401);
  });

  test('an endpoint for anyone does not look at keys', async () => {
    expect((await call('/v1/ping', { token: 'wb_unknown' })).json()).toEqual({ caller: 'public' });
  });

  test.each(['/v1/nothing', '/', '/v1/things/a/b'])('%s does not exist: 404', async (path) => {
    const { status, headers, json } = await call(path, { method: 'POST', body: 'x' });

    expect(status).toBe(404);
    expect(json()).toMatchObject({ code: 'resource.not_found', requestId: headers.get('x-request-id') });
  });

  test('a path with bad percent-encoding is 400, with the request id that was given', async () => {
    const { status, headers, json } = await call('/v1/things/%zz', { token: testTokens.viewer, headers: { 'x-request-id': 'mine-1' } });

    expect([status, json()['code'], json()['requestId'], headers.get('x-request-id')]).toEqual([400, 'request.malformed', 'mine-1', 'mine-1']);
  });
});

describe('bodies over the limit', () => {
  test('are refused by their declared length, before they are sent', async () => {
    const request = httpRequest(`${app.url}/v1/things`, { method: 'POST', headers: { authorization: `Bearer ${testTokens.editor}`, 'content-length': 5_000_000 } });
    request.on('error', () => {});
    request.flushHeaders();
    const [response] = (await once(request, 'response')) as [IncomingMessage];

    expect(response.statusCode).toBe(413);
    request.destroy();
  });

  test('are refused while they stream in, whatever length they claim', async () => {
    const request = httpRequest(`${app.url}/v1/things`, { method: 'POST', headers: { authorization: `Bearer ${testTokens.editor}`, 'transfer-encoding': 'chunked' } });
    request.on('error', () => {});
    request.write('x'.repeat(900));
    request.write('x'.repeat(900));
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const text = Buffer.concat(await response.toArray()).toString();

    expect([response.statusCode, (JSON.parse(text) as { code: string }).code]).toEqual([413, 'request.too_large']);
    expect(response.headers.connection).toBe('close');
    request.destroy();
  });

  test('are refused so that who sends them all the same hears of it', async () => {
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
    socket.write(`POST /v1/things HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${testTokens.editor}\r\ncontent-length: 32000000\r\n\r\n`);
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject).write(Buffer.alloc(32_000_000), () => resolve());
    });

    expect(Buffer.concat(await socket.toArray()).toString()).toMatch(/^HTTP\/1.1 413 .*request\.too_large/s);
  });

  test('at the limit are read', async () => {
    const body = JSON.stringify({ name: 'n'.repeat(1_000 - '{"name":"","size":1}'.length), size: 1 });

    expect(body).toHaveLength(1_000);
    expect((await post(body)).status).toBe(201);
  });

  test('a client that goes away while it sends leaves its one line in the log', async () => {
    const socket = connect(app.port, '127.0.0.1');
    socket.write(`POST /v1/things HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${testTokens.editor}\r\nx-request-id: gone-away\r\ncontent-length: 100\r\n\r\n{`);
    await once(socket, 'connect');
    socket.end();

    expect(await app.log.line((line) => line['requestId'] === 'gone-away')).toMatchObject({ event: 'http_request', endpoint: 'makeThing', errorCode: 'request.malformed' });
  });
});

describe('raw answers', () => {
  test('write what they like', async () => {
    expect(await call('/v1/stream/plain')).toMatchObject({ status: 200, text: 'first last' });
  });

  test('that fail before the first byte are a problem like any other', async () => {
    const { status, json } = await call('/v1/stream/before');

    expect([status, json()['code']]).toEqual([404, 'model.not_found']);
  });

  test('that fail later are cut, so that no client takes them for whole', async () => {
    const cut = call('/v1/stream/after', { headers: { 'x-request-id': 'cut-1' } });

    await expect(cut).rejects.toThrow(TypeError);
    expect(await app.log.line((line) => line['requestId'] === 'cut-1')).toMatchObject({ errorCode: 'service.internal' });
    expect((await call('/v1/ping')).status).toBe(200);
  });

  test('learn from the signal that the client went away', async () => {
    const gone = new AbortController();
    const started = new Promise<void>((resolve) => (onWaiting = resolve));
    const cancelled = fetch(`${app.url}/v1/stream/wait`, { signal: gone.signal }).then((response) => response.text());
    await started;
    const { signal, finish } = waiting.pop()!;
    expect(signal.aborted).toBe(false);

    gone.abort();
    await expect(cancelled).rejects.toThrow('aborted');
    if (!signal.aborted) await once(signal, 'abort');
    finish();

    expect(signal.reason).toBeInstanceOf(AppError);
  });
});

describe('request ids', () => {
  test.each(['abc', 'A.b_c-1', 'x'.repeat(100)])('a sane one is kept: %s', async (id) => {
    expect((await call('/v1/ping', { headers: { 'x-request-id': id } })).headers.get('x-request-id')).toBe(id);
  });

  test.each(['with space', 'semi;colon', '<b>', 'x'.repeat(101), ''])('another is replaced: %s', async (id) => {
    expect((await call('/v1/ping', { headers: { 'x-request-id': id } })).headers.get('x-request-id')).toMatch(/^req_[0-9a-f]{32}$/);
  });
});

describe('the log', () => {
  test('has one line a request, with ids and what the handler noted', async () => {
    await post('{"name":"a","size":41}', { headers: { 'x-request-id': 'logged-1' } });

    const line = await app.log.line(({ requestId }) => requestId === 'logged-1');
    expect(line).toMatchObject({ event: 'http_request', endpoint: 'makeThing', status: 201, durationMs: expect.any(Number), keyId: testKeyIds.editor, projectId: testProject, thing: 41 });
    expect(app.log.lines.filter(({ requestId }) => requestId === 'logged-1')).toHaveLength(1);
  });

  test('tells the operator what the user is not told', async () => {
    await call('/v1/fail/surprise', { headers: { 'x-request-id': 'logged-2' } });

    expect(await app.log.line(({ requestId }) => requestId === 'logged-2')).toMatchObject({ status: 500, errorCode: 'service.internal', err: { message: expect.stringContaining('hunter2') } });
  });

  test('never holds a body, a header or a key', async () => {
    await post('{"name":"my-prompt","size":1}', { headers: { 'x-request-id': 'logged-3', cookie: 'my-cookie' } });
    await post('{"name":"my-prompt', { headers: { 'x-request-id': 'logged-4' } });
    await post('{"name":"my-prompt","my-field":1}', { headers: { 'x-request-id': 'logged-5' } });
    await call('/v1/things', { token: 'wb_my-unknown-key', headers: { 'x-request-id': 'logged-6' } });
    await app.log.line(({ requestId }) => requestId === 'logged-6');

    for (const content of ['my-prompt', 'my-cookie', 'my-field', 'my-unknown-key', ...Object.values(testTokens)]) expect(app.log.text()).not.toContain(content);
  });
});
