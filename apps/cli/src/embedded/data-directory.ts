import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { newKeyToken } from '@weighbridge/shared-adapters/secrets';
import { z } from 'zod';
import { Failure } from '../failure.ts';

const Secrets = z.object({
  secretKey: z.string().min(32),
  adminKey: z.string().startsWith('wb_'),
  /** False until a start has come far enough to show the key that it made. */
  adminKeyShown: z.boolean().default(true),
  databasePasswords: z.object({ admin: z.string(), registry: z.string(), inference: z.string(), evaluation: z.string(), cost: z.string(), queue: z.string() }),
});
export type Secrets = z.infer<typeof Secrets>;

const Running = z.object({ pid: z.int(), origin: z.string() });
type Running = z.infer<typeof Running>;

/** The folder of an embedded installation: database, secrets, logs, and a note of who runs it. */
export interface DataDirectory {
  readonly path: string;
  readonly postgresPath: string;
  readonly logsPath: string;
  readonly secrets: Secrets;
  /** True until some start was ready: the admin key is then shown, this once. */
  readonly fresh: boolean;
  /** Everything is ready on this origin, and the admin key about to be shown. */
  readonly noteRunning: (origin: string) => void;
  readonly release: () => void;
}

const runningFile = 'running.json';
const secretsFile = 'secrets.json';

/** The platform that runs on this folder now, if one does. */
export function findRunning(path: string): (Running & { readonly adminKey: string }) | null {
  const file = join(resolve(path), runningFile);
  if (!existsSync(file)) return null;
  const note = Running.safeParse(readJson(file));
  if (!note.success || !isAlive(note.data.pid)) return null;
  return { ...note.data, adminKey: readSecrets(resolve(path)).adminKey };
}

/** Takes a folder for this process, making it where it is not there. Refuses one that another process uses or that is damaged. */
export function openDataDirectory(given: string, adminKeyFromEnvironment: string | undefined): DataDirectory {
  const path = resolve(given);
  try {
    // Others must pass through it: as root, PostgreSQL runs under a user of its own.
    mkdirSync(path, { recursive: true, mode: 0o755 });
    if (process.getuid?.() === 0) chmodSync(path, 0o755);
    mkdirSync(join(path, 'logs'), { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new Failure(`the data directory ${path} cannot be made: ${(cause as Error).message}`, { cause });
  }
  takeLock(path);
  const isNew = !existsSync(join(path, secretsFile));
  if (isNew && readdirSync(path).includes('postgres')) {
    releaseLock(path);
    throw new Failure(`the data directory ${path} is damaged: it has a database but no ${secretsFile}. Restore that file from a backup, or move the directory away to begin anew.`);
  }
  try {
    const secrets = isNew ? makeSecrets(path, adminKeyFromEnvironment) : readSecrets(path);
    return {
      path,
      postgresPath: join(path, 'postgres'),
      logsPath: join(path, 'logs'),
      secrets: adminKeyFromEnvironment === undefined ? secrets : { ...secrets, adminKey: adminKeyFromEnvironment },
      fresh: !secrets.adminKeyShown,
      noteRunning: (origin) => {
        writePrivately(join(path, runningFile), { pid: process.pid, origin });
        if (!secrets.adminKeyShown) writePrivately(join(path, secretsFile), { ...secrets, adminKeyShown: true });
      },
      release: () => releaseLock(path),
    };
  } catch (error) {
    releaseLock(path);
    throw error;
  }
}

function takeLock(path: string): void {
  const lock = join(path, 'lock');
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const handle = openSync(lock, 'wx', 0o600);
      writeFileSync(handle, String(process.pid));
      closeSync(handle);
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw new Failure(`the data directory ${path} cannot be used: ${(error as Error).message}`, { cause: error });
      const owner = Number(readFileSync(lock, 'utf8'));
      if (isAlive(owner)) throw new Failure(`the data directory ${path} is in use by process ${owner}: stop that platform first, or set WEIGHBRIDGE_DATA_DIR to another folder.`);
      rmSync(lock, { force: true });
    }
  }
}

function releaseLock(path: string): void {
  rmSync(join(path, runningFile), { force: true });
  rmSync(join(path, 'lock'), { force: true });
}

function makeSecrets(path: string, adminKey: string | undefined): Secrets {
  const password = () => randomBytes(24).toString('base64url');
  const secrets: Secrets = {
    secretKey: randomBytes(32).toString('base64'),
    adminKey: adminKey ?? newKeyToken().token,
    adminKeyShown: false,
    databasePasswords: { admin: password(), registry: password(), inference: password(), evaluation: password(), cost: password(), queue: password() },
  };
  writePrivately(join(path, secretsFile), secrets);
  return secrets;
}

function readSecrets(path: string): Secrets {
  const parsed = Secrets.safeParse(readJson(join(path, secretsFile)));
  if (!parsed.success) throw new Failure(`the data directory ${path} is damaged: ${secretsFile} cannot be read. Restore it from a backup, or move the directory away to begin anew.`);
  return parsed.data;
}

/** Written beside and renamed, so that a crash leaves the old file or the new one, never half of one. */
function writePrivately(file: string, value: unknown): void {
  writeFileSync(`${file}.new`, JSON.stringify(value, null, 2), { mode: 0o600 });
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
