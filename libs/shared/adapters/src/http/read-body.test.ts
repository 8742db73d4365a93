import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultMaxBodyBytes, parseJsonBody, readBody } from './read-body.ts';

const server = createServer();
let url = '';

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const nextRequest = async () => (await once(server, 'request')) as [IncomingMessage, ServerResponse];

describe('readBody', () => {
  test('puts the chunks together, whatever their borders', async () => {
    const arrived = nextRequest();
    const sent = httpRequest(url, { method: 'POST' });
    sent.write(Buffer.from('ü').subarray(0, 1));
    sent.end(Buffer.from('ü').subarray(1));
    const [request, response] = await arrived;

    expect((await readBody(request)).toString()).toBe('ü');
    response.end();
  });

  test('refuses one byte more than the limit', async () => {
    const arrived = nextRequest();
    httpRequest(url, { method: 'POST', headers: { 'transfer-encoding': 'chunked' } }).end('x'.repeat(11));
    const [request, response] = await arrived;

    await expect(readBody(request, 10)).rejects.toMatchObject({ code: 'request.too_large', detail: 'The body may have at most 10 bytes here.' });
    response.end();
  });

  test('does not wait for a client that went away before anyone read', async () => {
    const arrived = nextRequest();
    const sent = httpRequest(url, { method: 'POST', headers: { 'content-length': 100 } });
    sent.on('error', () => {});
    sent.write('{');
    const [request] = await arrived;
    const closed = new Promise((resolve) => request.on('close', resolve));
    sent.destroy();
    await closed;

    await expect(readBody(request)).rejects.toMatchObject({ code: 'request.malformed' });
  });

  test('takes a mebibyte where nothing else is said', () => {
    expect(defaultMaxBodyBytes).toBe(1_048_576);
  });
});

describe('parseJsonBody', () => {
  test('reads JSON', () => {
    expect(parseJsonBody(Buffer.from('{"a":[1,"ü"]}'))).toEqual({ a: [1, 'ü'] });
  });

  test.each(['', '{', '{"a":1,}', 'undefined'])('refuses %j and says where it stumbled', (text) => {
    expect(() => parseJsonBody(Buffer.from(text))).toThrow(expect.objectContaining({ code: 'request.malformed', detail: expect.stringMatching(/JSON/) }));
  });

  test.each(['{"a":"\\u0000"}', '"\\ud83d"', `${'['.repeat(200_000)}${']'.repeat(200_000)}`])('refuses what no table and no stack could take', (text) => {
    expect(() => parseJsonBody(Buffer.from(text))).toThrow(expect.objectContaining({ code: 'request.malformed', detail: expect.stringMatching(/U\+0000|100 levels/) }));
  });
});
