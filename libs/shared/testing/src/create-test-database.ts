import { createHash, randomUUID } from 'node:crypto';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dataScopes, databaseUrl, deployDatabase, withAdvisoryLock } from '@weighbridge/shared-data';
import type { DataScope } from '@weighbridge/shared-data';
import { inject } from 'vitest';
import type {} from './global-setup.ts';

export interface TestDatabaseOptions {
  /** Whose tables there should be; `queue` stands for BullMQ's and the budget holds. Roles and empty schemas exist for all. */
  readonly scopes: readonly (DataScope | 'queue')[];
}

export interface TestDatabase extends AsyncDisposable {
  /** Superuser's URL of the database. */
  readonly adminUrl: string;
  /** URL for the role of one service, which sees its own schema and `queue` only. */
  urlFor(scope: DataScope): string;
  /** Drops the database, with whatever is still connected to it. */
  close(): Promise<void>;
}

const testPassword = 'test';
const libsDir = fileURLToPath(new URL('../../../', import.meta.url));
const migrationsDirOf = (scope: string) => join(libsDir, scope, 'data/prisma/migrations');

/**
 * A fresh, migrated database for one test file, cloned in some 50 ms from a template that is made once a test run.
 * Needs `globalSetup: ['@weighbridge/shared-testing/global-setup']` in vitest.config.ts.
 */
export async function createTestDatabase({ scopes }: TestDatabaseOptions): Promise<TestDatabase> {
  const serverUrl = inject('postgresUrl');
  if (serverUrl === undefined) throw new Error("no PostgreSQL for this test run: add globalSetup: ['@weighbridge/shared-testing/global-setup'] to vitest.config.ts");
  const template = await templateName(scopes);
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  // One at a time: a template may have no connection while it is being made or cloned.
  await withAdvisoryLock(serverUrl, 'weighbridge.test-template', async (server) => {
    const { rowCount } = await server.query('select from pg_database where datname = $1 and datistemplate', [template]);
    if (rowCount === 0) {
      await server.query(`drop database if exists ${template}`);
      await deployTemplate(serverUrl, template, scopes);
      await server.query(`alter database ${template} with is_template true`);
    }
    await server.query(`create database ${name} template ${template}`);
  });
  const adminUrl = databaseUrl(serverUrl, { database: name });
  const close = () =>
    withAdvisoryLock(serverUrl, name, async (server) => {
      await server.query(`drop database if exists ${name} with (force)`);
    });
  return {
    adminUrl,
    urlFor: (scope) => databaseUrl(adminUrl, { user: scope, password: testPassword }),
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function deployTemplate(serverUrl: string, database: string, scopes: TestDatabaseOptions['scopes']): Promise<void> {
  await deployDatabase({
    adminUrl: serverUrl,
    database,
    services: dataScopes.map((name) => ({ name, password: testPassword })),
    migrationsDirOf: (scope) => (scopes.some((wanted) => wanted === scope) ? migrationsDirOf(scope) : join(libsDir, 'no-migrations')),
    ...(scopes.includes('queue') && { migrateQueue: (await import('@weighbridge/shared-adapters/queue')).migrateQueueHome }),
  });
}

/** Named after the content of the migrations, so that a watching test run sees their changes. */
async function templateName(scopes: TestDatabaseOptions['scopes']): Promise<string> {
  const hash = createHash('sha256');
  for (const scope of scopes.toSorted()) {
    hash.update(`${scope}\n`);
    const files: string[] = [];
    for await (const file of glob('*/migration.sql', { cwd: migrationsDirOf(scope) })) files.push(file);
    for (const file of files.toSorted()) hash.update(file).update(await readFile(join(migrationsDirOf(scope), file)));
  }
  return `template_${hash.digest('hex').slice(0, 24)}`;
}
