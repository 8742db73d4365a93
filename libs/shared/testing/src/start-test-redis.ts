import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '@weighbridge/shared-data/test-postgres';

const run = promisify(execFile);

export interface TestRedis extends AsyncDisposable {
  readonly url: string;
  /** Ends the server as a power cut would; what it acknowledged is in its file, up to the last second. */
  crash(): Promise<void>;
  /** Starts it again after `crash`, on the same port and data. */
  restart(): Promise<void>;
  /** Ends the server and deletes its data. */
  stop(): Promise<void>;
}

/** A Redis of its own on a free port of 127.0.0.1, set up as in production: append-only file, nothing evicted. */
export async function startTestRedis(): Promise<TestRedis> {
  const binary = await findRedis();
  const folder = await mkdtemp(join(tmpdir(), 'weighbridge-redis-'));
  const port = await freePort();
  let server = await startServer(binary, port, folder);
  const end = async (signal: NodeJS.Signals) => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, 'exit');
    server.kill(signal);
    await exited;
  };
  const stop = async () => {
    await end('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    crash: () => end('SIGKILL'),
    restart: async () => {
      server = await startServer(binary, port, folder);
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function startServer(binary: string, port: number, folder: string): Promise<ChildProcess> {
  const settings = { port: `${port}`, bind: '127.0.0.1', dir: folder, appendonly: 'yes', appendfsync: 'everysec', save: '', 'maxmemory-policy': 'noeviction' };
  const server = spawn(binary, Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]), { stdio: ['ignore', 'pipe', 'inherit'] });
  let log = '';
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
  server.stdout.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-4_000);
    if (log.includes('Ready to accept connections')) resolve();
  });
  server.once('error', reject);
  server.once('exit', () => reject(new Error(`Redis did not start: ${log}`)));
  await ready;
  return server;
}

let found: Promise<string> | undefined;

/** Path of redis-server; installs it where that needs no question: as root, on Debian. */
const findRedis = (): Promise<string> => (found ??= findOrInstall());

async function findOrInstall(): Promise<string> {
  const binary = process.env['REDIS_SERVER'] ?? 'redis-server';
  if (await works(binary)) return binary;
  if (process.getuid?.() === 0 && (await works('apt-get'))) {
    await run('apt-get', ['install', '-y', '-qq', 'redis-server'], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).catch(() => {});
    if (await works(binary)) return binary;
  }
  throw new Error('redis-server is missing: install it (apt-get install redis-server, or brew install redis), or name its path in REDIS_SERVER');
}

const works = (binary: string) => run(binary, ['--version']).then(
  () => true,
  () => false,
);
