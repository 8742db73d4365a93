import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startTestRedis } from './start-test-redis.ts';

async function send(url: string, command: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(`${command}\r\n`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return answer.toString().trim();
}

test('a write that was acknowledged outlives a crash', async () => {
  await using redis = await startTestRedis();
  expect(await send(redis.url, 'SET kept yes')).toBe('+OK');

  await redis.crash();
  await redis.restart();

  expect(await send(redis.url, 'GET kept')).toContain('yes');
  expect(await send(redis.url, 'CONFIG GET maxmemory-policy')).toContain('noeviction');
});
