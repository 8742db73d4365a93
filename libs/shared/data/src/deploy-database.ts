import { applyMigrations } from './migrations/migrations.ts';
import { provisionDatabase, queueSchema } from './provision-database.ts';
import type { ProvisionOptions } from './provision-database.ts';

/** The scopes that keep data: each has a schema, a role and a folder of migrations of its own. */
export const dataScopes = ['registry', 'inference', 'evaluation', 'cost'] as const;
export type DataScope = (typeof dataScopes)[number];

export interface DeployOptions extends ProvisionOptions {
  readonly migrationsDirOf: (scope: string) => string;
  /** Brings the shared queue schema up to date; `migrateQueueHome` of the queue adapter fits. Absent: the queue lives in Redis. */
  readonly migrateQueue?: (adminUrl: string, options: { readonly schema: string; readonly grantTo: readonly string[] }) => Promise<void>;
}

export interface Deployed {
  /** Admin's URL of the database. */
  readonly adminUrl: string;
  /** Names of the migrations applied by this call, by scope. */
  readonly applied: Readonly<Record<string, readonly string[]>>;
}

/** Everything a database needs before the services start: roles, schemas, migrations. May run again at any time, and in two processes at once. */
export async function deployDatabase({ migrationsDirOf, migrateQueue, ...provision }: DeployOptions): Promise<Deployed> {
  const adminUrl = await provisionDatabase(provision);
  const applied: Record<string, readonly string[]> = {};
  for (const { name } of provision.services) {
    if (name !== queueSchema) applied[name] = await applyMigrations({ adminUrl, scope: name, migrationsDir: migrationsDirOf(name) });
  }
  await migrateQueue?.(adminUrl, { schema: queueSchema, grantTo: [queueSchema] });
  return { adminUrl, applied };
}
