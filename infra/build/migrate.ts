// Migrations of all scopes. `deploy` and `status` need DATABASE_ADMIN_URL; `new` and `check` start a PostgreSQL of their own without it.
import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrateQueueHome } from '@weighbridge/shared-adapters/queue';
import { checkDrift, dataScopes, databaseUrl, deployDatabase, migrationStatus, newMigration, queueSchema, resolveMigration } from '@weighbridge/shared-data';
import type { DataScope } from '@weighbridge/shared-data';

const usage = `usage: node infra/build/migrate.ts <verb>
  deploy                       makes database, roles and schemas, and applies what is missing
  new <scope> <name>           writes what schema.prisma has and the migrations lack
  check                        fails when a schema has changes that no migration has
  status                       fails when something is unapplied, edited or failed
  resolve <scope> <migration> applied|rolled-back
                               lets deploys go on after a failed migration
scopes: ${dataScopes.join(', ')}
environment: DATABASE_ADMIN_URL, DATABASE_NAME (default weighbridge), <SCOPE>_DB_PASSWORD for deploy;
QUEUE_DB_PASSWORD gives the shared queue schema a login of its own
`;

class UsageError extends Error {}

/** The bundle carries a copy of `prisma` of each scope beside itself; in the checkout it is in the scope's library. */
const bundled = existsSync(new URL('prisma', import.meta.url));
const pathOf = (scope: string, name: string) => fileURLToPath(new URL(bundled ? `prisma/${scope}/${name}` : `../../libs/${scope}/data/prisma/${name}`, import.meta.url));
const filesOf = (scope: string) => ({ scope, migrationsDir: pathOf(scope, 'migrations'), schemaPath: pathOf(scope, 'schema.prisma') });
const say = (line: string) => process.stdout.write(`${line}\n`);

function fromEnv(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new UsageError(`${name} is not set`);
  return value;
}

const databaseName = () => process.env['DATABASE_NAME'] ?? 'weighbridge';
const deployedUrl = () => databaseUrl(fromEnv('DATABASE_ADMIN_URL'), { database: databaseName() });

function scopeFrom(argument: string | undefined): DataScope {
  const scope = dataScopes.find((known) => known === argument);
  if (scope === undefined) throw new UsageError(`"${argument ?? ''}" is not a scope`);
  return scope;
}

function wordFrom(argument: string | undefined, what: string): string {
  if (argument === undefined) throw new UsageError(`${what} is missing`);
  return argument;
}

/** Comparing needs a server, but nothing that is on it. */
async function withAnyServer(work: (adminUrl: string) => Promise<void>): Promise<void> {
  const adminUrl = process.env['DATABASE_ADMIN_URL'];
  if (adminUrl !== undefined && adminUrl !== '') return work(adminUrl);
  const { startTestPostgres } = await import('@weighbridge/shared-testing');
  const server = await startTestPostgres();
  try {
    await work(server.adminUrl);
  } finally {
    await server.stop();
  }
}

const verbs: Record<string, (args: readonly string[]) => Promise<void>> = {
  async deploy() {
    const { applied } = await deployDatabase({
      adminUrl: fromEnv('DATABASE_ADMIN_URL'),
      database: databaseName(),
      services: [...dataScopes, ...(process.env['QUEUE_DB_PASSWORD'] ? [queueSchema] : [])].map((name) => ({ name, password: fromEnv(`${name.toUpperCase()}_DB_PASSWORD`) })),
      migrationsDirOf: (scope) => filesOf(scope).migrationsDir,
      migrateQueue: migrateQueueHome,
    });
    for (const [scope, names] of Object.entries(applied)) say(`${scope}: ${names.length === 0 ? 'up to date' : `applied ${names.join(', ')}`}`);
  },

  new: async ([scope, name]) => {
    const files = filesOf(scopeFrom(scope));
    const migrationName = wordFrom(name, 'the name of the migration');
    await withAnyServer(async (adminUrl) => {
      const path = await newMigration({ adminUrl, ...files, name: migrationName, at: new Date() });
      say(path === undefined ? 'nothing to write: the migrations make the schema already' : `wrote ${relative(process.cwd(), path)}; read it: nothing warns of lost data`);
    });
  },

  async check() {
    await withAnyServer(async (adminUrl) => {
      for (const scope of dataScopes) {
        const script = await checkDrift({ adminUrl, ...filesOf(scope) });
        say(script === undefined ? `${scope}: schema and migrations agree` : `${scope}: no migration for\n${script}`);
        if (script !== undefined) process.exitCode = 1;
      }
    });
  },

  async status() {
    const adminUrl = deployedUrl();
    for (const scope of dataScopes) {
      const { unknown, ...faults } = await migrationStatus({ adminUrl, ...filesOf(scope) });
      const found = Object.entries(faults).filter(([, names]) => names.length > 0);
      if (found.length > 0) process.exitCode = 1;
      const lines = [...found, ...(unknown.length > 0 ? [['of a newer release', unknown] as const] : [])].map(([what, names]) => `${what} ${names.join(', ')}`);
      say(`${scope}: ${lines.length === 0 ? 'up to date' : lines.join('; ')}`);
    }
  },

  resolve: async ([scope, migration, as]) => {
    if (as !== 'applied' && as !== 'rolled-back') throw new UsageError('say whether it counts as "applied" or "rolled-back"');
    await resolveMigration({ adminUrl: deployedUrl(), ...filesOf(scopeFrom(scope)), name: wordFrom(migration, 'the migration'), as });
    say(`${migration} counts as ${as}`);
  },
};

const [verb, ...args] = process.argv.slice(2);
try {
  const run = verb !== undefined && Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (run === undefined) throw new UsageError(verb === undefined ? 'a verb is missing' : `"${verb}" is not a verb`);
  await run(args);
} catch (error) {
  process.stderr.write(error instanceof UsageError ? `${error.message}\n${usage}` : `${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
