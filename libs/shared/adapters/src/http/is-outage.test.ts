import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { isOutage } from './is-outage.ts';

const coded = (code: string, message = 'x') => Object.assign(new Error(message), { code });

describe('isOutage', () => {
  test.each([
    ['a refused connection', coded('ECONNREFUSED'), true],
    ['a server that goes down', coded('57P01'), true],
    ['a server that starts', coded('57P03'), true],
    ['no connection left', coded('53300'), true],
    ['a connection lost in the middle', coded('08006'), true],
    ['a connection that the pool lost', new Error('Connection terminated unexpectedly'), true],
    ['one of two addresses refused', new AggregateError([coded('ECONNREFUSED'), coded('EACCES')]), true],
    ['a cause behind it', new Error('x', { cause: new Error('y', { cause: coded('P1001') }) }), true],
    ['a cancelled statement', coded('57014'), false],
    ['a violated constraint', coded('23505'), false],
    ['a mistake of ours', new TypeError('x is not a function'), false],
    ['no error', 'Connection terminated', false],
  ])('%s', (_what, thrown, expected) => {
    expect(isOutage(thrown)).toBe(expected);
  });

  test('knows what pg says of a server that hangs up, and of one that is not there', async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const pool = new pg.Pool({ host: '127.0.0.1', port, user: 'x' });
    const failure = () => pool.query('select 1').then(() => undefined, (error: unknown) => error);

    const hungUp = await failure();
    server.close();
    await once(server, 'close');
    const gone = await failure();
    await pool.end();

    expect([hungUp, gone].map((error) => isOutage(error))).toEqual([true, true]);
  });
});
