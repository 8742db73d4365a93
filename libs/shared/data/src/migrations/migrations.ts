import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { DiffTarget } from '@prisma/schema-engine-wasm';
import { withAdvisoryLock } from '../advisory-lock.ts';
import { sqlName } from '../database-url.ts';
import { migrationLock, readMigrations } from './migration-files.ts';
import { noFilters, withSchemaEngine } from './schema-engine.ts';

export interface MigrationTarget {
  /** Admin's URL of the database. For comparing, any database of a server will do: a temporary one is made beside it. */
  readonly adminUrl: string;
  /** Name of the schema, and of the role that owns it. */
  readonly scope: string;
  /** Folder of migrations in Prisma's layout. */
  readonly migrationsDir: string;
}

export interface SchemaComparison extends MigrationTarget {
  /** Path of `schema.prisma`. */
  readonly schemaPath: string;
}

/** What migrations make belongs to the service's role. */
const asOwner = (adminUrl: string, scope: string) => ({ adminUrl, schema: scope, actAs: scope });

/**
 * Applies, in order, the migrations that the database lacks; answers their names. Two processes may start at once: the second
 * waits. A migration that fails is rolled back whole, and nothing is applied any more until it is resolved.
 */
export function applyMigrations({ adminUrl, scope, migrationsDir }: MigrationTarget): Promise<readonly string[]> {
  return withAdvisoryLock(adminUrl, 'weighbridge.migrations', () =>
    withSchemaEngine(asOwner(adminUrl, scope), async (engine) => {
      const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: await readMigrations(migrationsDir), filters: noFilters });
      return appliedMigrationNames;
    }),
  );
}

/** SQL that leads from the migrations to the schema; undefined when they agree. Runs the migrations in a temporary database. */
export async function checkDrift({ adminUrl, scope, migrationsDir, schemaPath }: SchemaComparison): Promise<string | undefined> {
  // Even without a single migration: from `empty`, the engine would have the role of the service create the schema itself.
  const from: DiffTarget = { tag: 'migrations', ...(await readMigrations(migrationsDir)) };
  const to: DiffTarget = { tag: 'schemaDatamodel', files: [{ path: basename(schemaPath), content: await readFile(schemaPath, 'utf8') }] };
  const { exitCode, stdout } = await withSchemaEngine({ adminUrl, schema: scope }, (engine) => engine.diff({ from, to, script: true, exitCode: true, filters: noFilters }));
  return exitCode === 0 ? undefined : (stdout ?? '');
}

/**
 * Writes what the schema has and the migrations lack as a new migration; answers the path of its SQL, or undefined when they
 * agree. Nothing warns of lost data: read the SQL.
 */
export async function newMigration(options: SchemaComparison & { readonly name: string; readonly at: Date }): Promise<string | undefined> {
  const script = await checkDrift(options);
  if (script === undefined) return undefined;
  const stamp = options.at.toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const folder = join(options.migrationsDir, `${stamp}_${sqlName(options.name)}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(options.migrationsDir, 'migration_lock.toml'), migrationLock);
  const path = join(folder, 'migration.sql');
  await writeFile(path, script);
  return path;
}

export interface MigrationStatus {
  /** On disk, not in the database. */
  readonly unapplied: readonly string[];
  /** Applied, and changed on disk since. */
  readonly edited: readonly string[];
  /** Failed and rolled back; blocks every later one until resolved. */
  readonly failed: readonly string[];
  /** In the database, not on disk: applied by a newer release. */
  readonly unknown: readonly string[];
}

export async function migrationStatus({ adminUrl, scope, migrationsDir }: MigrationTarget): Promise<MigrationStatus> {
  const migrationsList = await readMigrations(migrationsDir);
  const { history, editedMigrationNames, failedMigrationNames } = await withSchemaEngine(asOwner(adminUrl, scope), (engine) =>
    engine.diagnoseMigrationHistory({ migrationsList, optInToShadowDatabase: false, filters: noFilters }),
  );
  return {
    unapplied: history !== null && 'unappliedMigrationNames' in history ? history.unappliedMigrationNames : [],
    unknown: history !== null && 'unpersistedMigrationNames' in history ? history.unpersistedMigrationNames : [],
    edited: editedMigrationNames,
    failed: failedMigrationNames,
  };
}

/** Lets migrations go on after a failed one: `rolled-back` tries it again at the next deploy, `applied` counts it as done by hand. */
export async function resolveMigration({ adminUrl, scope, migrationsDir, name, as }: MigrationTarget & { readonly name: string; readonly as: 'applied' | 'rolled-back' }): Promise<void> {
  const migrationsList = await readMigrations(migrationsDir);
  await withSchemaEngine<unknown>(asOwner(adminUrl, scope), (engine) =>
    as === 'applied' ? engine.markMigrationApplied({ migrationName: name, migrationsList }) : engine.markMigrationRolledBack({ migrationName: name }),
  );
}
