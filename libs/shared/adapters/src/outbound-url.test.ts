import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '@weighbridge/shared-domain';
import { describe, expect, test } from 'vitest';
import { Pool } from 'undici';
import { assertOutboundUrl, guardedLookup, refusalOfAddress } from './outbound-url.ts';

const names: Readonly<Record<string, readonly string[]>> = {
  'public.example': ['93.184.216.34', '2606:2800:220:1::1'],
  'inside.example': ['10.0.0.7'],
  'mixed.example': ['93.184.216.34', '169.254.169.254'],
  'empty.example': [],
};
const resolve = async (hostname: string): Promise<readonly LookupAddress[]> => {
  const addresses = names[hostname];
  if (addresses === undefined) throw new Error('ENOTFOUND');
  return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
};

const outcome = async (url: string, allowPrivate: boolean): Promise<string> => {
  try {
    await assertOutboundUrl(url, { allowPrivate, resolve });
    return 'allowed';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.code;
  }
};

describe('which addresses may be called', () => {
  test.each([
    ['93.184.216.34', true, true],
    ['2606:2800:220:1::1', true, true],
    ['::ffff:93.184.216.34', true, true],
    ['127.0.0.1', false, true],
    ['10.1.2.3', false, true],
    ['172.16.0.1', false, true],
    ['192.168.1.1', false, true],
    ['100.64.0.1', false, true],
    ['::1', false, true],
    ['fd12::1', false, true],
    ['::ffff:10.0.0.1', false, true],
    ['64:ff9b::a00:1', false, true],
    ['169.254.169.254', false, false],
    ['::ffff:169.254.169.254', false, false],
    ['64:ff9b::a9fe:a9fe', false, false],
    ['fe80::1', false, false],
    ['fe80::1%eth0', false, false],
    ['fd00:ec2::254', false, false],
    ['100.100.100.200', false, false],
    ['0.0.0.0', false, false],
    ['::', false, false],
    ['224.0.0.1', false, false],
    ['255.255.255.255', false, false],
    ['192.0.0.192', false, false],
    ['2002:7f00:1::', false, false],
    ['not an address', false, false],
  ])('%s: public policy %s, private policy %s', (address, publicly, privately) => {
    expect(refusalOfAddress(address, false) === null).toBe(publicly);
    expect(refusalOfAddress(address, true) === null).toBe(privately);
  });
});

describe('which URLs may be called', () => {
  test.each([
    ['https://public.example/v1', 'allowed', 'allowed'],
    ['http://inside.example/v1', 'request.invalid', 'allowed'],
    ['http://mixed.example/v1', 'request.invalid', 'request.invalid'],
    ['http://empty.example/', 'request.invalid', 'request.invalid'],
    ['http://unknown.example/', 'request.invalid', 'request.invalid'],
    ['http://127.0.0.1:8000/v1', 'request.invalid', 'allowed'],
    ['http://[::1]:8000/v1', 'request.invalid', 'allowed'],
    // Other spellings of 127.0.0.1 and 169.254.169.254, which the URL parser makes plain.
    ['http://2130706433/', 'request.invalid', 'allowed'],
    ['http://0x7f.1/', 'request.invalid', 'allowed'],
    ['http://0251.0376.0251.0376/', 'request.invalid', 'request.invalid'],
    ['http://[::ffff:a9fe:a9fe]/', 'request.invalid', 'request.invalid'],
    ['http://169.254.169.254/latest/meta-data', 'request.invalid', 'request.invalid'],
    ['https://user:secret@public.example/', 'request.invalid', 'request.invalid'],
    ['file:///etc/passwd', 'request.invalid', 'request.invalid'],
    ['gopher://public.example/', 'request.invalid', 'request.invalid'],
    ['no url', 'request.invalid', 'request.invalid'],
  ])('%s: public policy %s, private policy %s', async (url, publicly, privately) => {
    expect(await outcome(url, false)).toBe(publicly);
    expect(await outcome(url, true)).toBe(privately);
  });

  test('a refusal names the host and never the address behind it', async () => {
    const error: unknown = await assertOutboundUrl('http://inside.example/', { allowPrivate: false, resolve }).catch((reason: unknown) => reason);

    expect(String((error as AppError).publicMessage)).toContain('inside.example');
    expect(String((error as AppError).publicMessage)).not.toContain('10.0.0.7');
  });
});

describe('guardedLookup', () => {
  test('a name that changes its answer after the check is not called', async () => {
    let calls = 0;
    const server = createServer((_request, response) => {
      calls += 1;
      response.end('ok');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const origin = `http://rebinding.example:${(server.address() as AddressInfo).port}`;
    const answers = [[{ address: '93.184.216.34', family: 4 }], [{ address: '127.0.0.1', family: 4 }]];
    const policy = { allowPrivate: false, resolve: async () => answers.shift() ?? [] };

    await assertOutboundUrl(origin, policy);
    const pool = new Pool(origin, { connect: { lookup: guardedLookup(policy) } });
    const failure: unknown = await pool.request({ path: '/', method: 'GET' }).catch((reason: unknown) => reason);

    expect(String(failure)).toContain('private address');
    expect(calls).toBe(0);
    await pool.destroy();
    server.close();
  });

  test('a name of an allowed address is called', async () => {
    const server = createServer((_request, response) => response.end('ok'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const policy = { allowPrivate: true, resolve: async () => [{ address: '127.0.0.1', family: 4 }] };
    const pool = new Pool(`http://model-server.example:${(server.address() as AddressInfo).port}`, { connect: { lookup: guardedLookup(policy) } });

    const { statusCode, body } = await pool.request({ path: '/', method: 'GET' });

    expect([statusCode, await body.text()]).toEqual([200, 'ok']);
    await pool.destroy();
    server.closeAllConnections();
    server.close();
  });
});
