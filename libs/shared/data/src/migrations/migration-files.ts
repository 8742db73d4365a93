import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { MigrationList } from '@prisma/schema-engine-wasm';

const scriptName = 'migration.sql';
const lockFileName = 'migration_lock.toml';

/** What `migration_lock.toml` of a new folder says; without it the engine refuses to compare. */
export const migrationLock = 'provider = "postgresql"\n';

/** Reads a folder of migrations in Prisma's layout, in the order of their names. A folder that does not exist holds none. */
export async function readMigrations(migrationsDir: string): Promise<MigrationList> {
  const names = (await readdir(migrationsDir, { withFileTypes: true }).catch(noneIfMissing)).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return {
    baseDir: migrationsDir,
    lockfile: { path: lockFileName, content: migrationLock },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.toSorted().map(async (path) => ({
        path,
        migrationFile: { path: scriptName, content: { tag: 'ok' as const, value: await readFile(join(migrationsDir, path, scriptName), 'utf8') } },
      })),
    ),
  };
}

function noneIfMissing(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
