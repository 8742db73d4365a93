import { fork, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, RequestListener } from 'node:http';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { captureLog } from './http/test-http-app.ts';
import { createLifecycle, listen } from './service.ts';

const program = fileURLToPath(new URL('test-service-process.ts', import.meta.url));

function watch(child: ChildProcess) {
  const output = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => {
    output.stdout += chunk.toString();
    child.emit('output');
  });
  child.stderr?.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  // Not `close`: it never comes once a channel was disconnected from this side.
  const ended = Promise.all([once(child, 'exit') as Promise<[number | null]>, child.stdout && once(child.stdout, 'end'), child.stderr && once(child.stderr, 'end')]);
  return {
    child,
    output,
    said: async (text: string) => {
      while (!output.stdout.includes(text)) await once(child, 'output', { signal: AbortSignal.timeout(10_000) });
    },
    ended: async () => ({ code: (await ended)[0][0], ...output }),
  };
}

const run = (...args: string[]) => watch(spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args]));
const plainLines = (text: string) => text.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
const events = (text: string) => text.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>);

describe('a service process', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('closes what it opened in reverse on %s, also past one that fails, and exits 0', async (signal) => {
    const service = run('runs');
    await service.said('started, stopping false');

    service.child.kill(signal);

    const { code, stdout, stderr } = await service.ended();
    expect([code, stderr]).toEqual([0, '']);
    expect(plainLines(stdout)).toEqual(['started, stopping false', 'closed last, stopping true', 'closed first']);
    expect(events(stdout)).toEqual([
      expect.objectContaining({ event: 'stopping', reason: signal, service: 'test-service', level: 'info' }),
      expect.objectContaining({ event: 'close_failed', what: 'faulty', level: 'error' }),
      expect.objectContaining({ event: 'stopped' }),
    ]);
  });

  test('closes what it opened although a package of it has an exit hook that ends the process when nobody else listens', async () => {
    const service = run('has-exit-hook');
    await service.said('started');

    service.child.kill('SIGTERM');

    const { code, stdout } = await service.ended();
    expect([code, plainLines(stdout)]).toEqual([0, ['started', 'closed last']]);
  });

  test('ends when the launcher that holds its channel is gone', async () => {
    const service = watch(fork(program, ['runs'], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [] }));
    await service.said('started');

    service.child.disconnect();

    const { code, stdout } = await service.ended();
    expect([code, events(stdout)[0]?.['reason']]).toEqual([0, 'launcher gone']);
  });

  test('that cannot start prints one line, closes what it opened, and exits 1', async () => {
    expect(await run('fails').ended()).toEqual({ code: 1, stderr: 'test-service: cannot start: no route to the database\n', stdout: 'closed opened\n' });
  });

  test('that cannot start and cannot close either still exits', async () => {
    expect(await run('fails-and-hangs').ended()).toMatchObject({ code: 1, stderr: 'test-service: cannot start: no route to the database\n' });
  });

  test('says what it could not reach, also when several addresses were tried', async () => {
    expect((await run('refused').ended()).stderr).toBe('test-service: cannot start: connect ECONNREFUSED ::1:5432; connect ECONNREFUSED 127.0.0.1:5432\n');
  });

  test('told to stop while it starts does so without complaint', async () => {
    const service = run('never-starts');
    await service.said('starting');

    service.child.kill('SIGTERM');

    const { code, stdout, stderr } = await service.ended();
    expect([code, stderr, plainLines(stdout)]).toEqual([0, '', ['starting', 'closed opened']]);
  });

  test('that hangs in its shutdown is ended after its time, with exit code 1', async () => {
    const service = run('hangs');
    await service.said('started');

    service.child.kill('SIGTERM');

    expect((await service.ended()).code).toBe(1);
  });

  test('outlives a rejection that nobody caught, and logs it', async () => {
    const service = run('rejects');
    await service.said('started');
    service.child.kill('SIGTERM');

    const { code, stdout } = await service.ended();
    expect(code).toBe(0);
    expect(events(stdout)[0]).toMatchObject({ event: 'unhandled_rejection', err: { message: 'nobody caught this' } });
  });

  test('with bad settings prints one line a fault and exits 1', async () => {
    const { code, stderr } = await run('settings', 'eighty').ended();

    expect([code, stderr.split('\n').map((line) => line.split(': ').slice(0, 2).join(': '))]).toEqual([1, ['test-service: PORT', 'test-service: DATABASE_URL', '']]);
  });
});

describe('createLifecycle', () => {
  test('stops once, however often it is asked to', async () => {
    const life = createLifecycle(captureLog().logger);
    let closed = 0;
    life.onClose('it', () => void (closed += 1));

    await Promise.all([life.stop(), life.stop()]);

    expect([closed, life.stopping()]).toEqual([1, true]);
  });
});

describe('listen', () => {
  /** A server whose requests wait until they are let go. */
  async function slowServer() {
    const inFlight: (() => void)[] = [];
    const onRequest: RequestListener = (request, response) => {
      if (request.url === '/slow') inFlight.push(() => response.end('done'));
      else response.end('ok');
      listening.server.emit('arrived');
    };
    const listening = await listen(onRequest, { port: 0 });
    return { listening, inFlight };
  }
  const get = async (url: string, agent: Agent) => {
    const request = httpRequest(url, { agent }).end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return Buffer.concat(await response.toArray()).toString();
  };

  test('takes a free port for 0 and says which', async () => {
    const { listening } = await slowServer();

    expect(listening.port).toBeGreaterThan(0);
    expect(await (await fetch(listening.url)).text()).toBe('ok');
    await listening.close();
  });

  test('rejects for a port that is taken', async () => {
    const taken = await listen(() => {}, { port: 0 });

    await expect(listen(() => {}, { port: taken.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await taken.close();
  });

  test('close lets requests in flight end, takes no new ones, and does not wait for idle connections', async () => {
    const { listening, inFlight } = await slowServer();
    const agent = new Agent({ keepAlive: true });
    expect(await get(listening.url, agent)).toBe('ok');
    const arrived = once(listening.server, 'arrived');
    const slow = get(`${listening.url}/slow`, agent);
    await arrived;

    const closed = listening.close(60_000);
    await expect(get(listening.url, new Agent())).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    inFlight.pop()?.();

    expect(await slow).toBe('done');
    await closed;
    agent.destroy();
  });

  test('close cuts what is not done by its limit', async () => {
    const { listening } = await slowServer();
    const arrived = once(listening.server, 'arrived');
    const slow = get(`${listening.url}/slow`, new Agent());
    slow.catch(() => {});
    await arrived;

    await listening.close(1);

    await expect(slow).rejects.toThrow();
  });

  test('does not keep a process from ending once closed', async () => {
    const { listening } = await slowServer();
    await listening.close();

    const again = createServer().listen(listening.port, '127.0.0.1');
    await once(again, 'listening');
    again.close();
  });
});
