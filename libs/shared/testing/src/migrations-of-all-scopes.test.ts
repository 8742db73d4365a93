import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { checkDrift, dataScopes, databaseUrl } from '@weighbridge/shared-data';
import { describe, expect, inject, test } from 'vitest';
import type {} from './global-setup.ts';

const workspace = fileURLToPath(new URL('../../../../', import.meta.url));
const prismaOf = (scope: string, name: string) => `${workspace}libs/${scope}/data/prisma/${name}`;
const serverUrl = () => inject('postgresUrl') ?? '';
const passwords = Object.fromEntries(dataScopes.map((scope) => [`${scope.toUpperCase()}_DB_PASSWORD`, 'test']));

interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs infra/build/migrate.ts with exactly this environment. */
const migrate = (args: readonly string[], env: Readonly<Record<string, string>>) => run(['infra/build/migrate.ts', ...args], workspace, env);

async function run(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Promise<CommandResult> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd, env });
    return { code: 0, stdout, stderr };
  } catch (error) {
    return error as CommandResult;
  }
}

describe.each(dataScopes)('%s', (scope) => {
  test('the schema has no change that no migration has', async () => {
    const script = await checkDrift({ adminUrl: serverUrl(), scope, migrationsDir: prismaOf(scope, 'migrations'), schemaPath: prismaOf(scope, 'schema.prisma') });

    expect(script).toBeUndefined();
  });
});

describe('migrate deploy and status', () => {
  const DATABASE_NAME = `command_${randomUUID().slice(0, 8)}`;
  const env = () => ({ ...passwords, DATABASE_ADMIN_URL: serverUrl(), DATABASE_NAME });

  test('two deployers at once bring an empty server up to date; a third has nothing left to do', async () => {
    const both = await Promise.all([migrate(['deploy'], env()), migrate(['deploy'], env())]);
    const startedAt = performance.now();
    const third = await migrate(['deploy'], env());
    const thirdMs = performance.now() - startedAt;
    const status = await migrate(['status'], env());

    expect(both).toMatchObject([{ code: 0 }, { code: 0 }]);
    const upToDate = dataScopes.map((scope) => `${scope}: up to date\n`).join('');
    expect(third).toEqual({ code: 0, stdout: upToDate, stderr: '' });
    expect(status).toEqual({ code: 0, stdout: upToDate, stderr: '' });
    // Under a second on an idle machine; ten more when a timer of the engine keeps the process.
    expect(thirdMs).toBeLessThan(8_000);
  }, 30_000);

  test('the bundle, away from the checkout, finds the same migrations', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'weighbridge-migrate-'));
    const built = await run(['infra/build/build-migrate.ts', folder], workspace, {});
    const deploy = await run(['migrate.js', 'deploy'], folder, { ...env(), DATABASE_NAME: `${DATABASE_NAME}_bundle`, QUEUE_DB_PASSWORD: 'test' });
    await rm(folder, { recursive: true });

    expect(built).toMatchObject({ code: 0, stderr: '' });
    expect(deploy).toMatchObject({ code: 0, stderr: '' });
    for (const scope of dataScopes) expect(deploy.stdout).toMatch(new RegExp(`^${scope}: applied 20`, 'm'));
  }, 30_000);

  test('status of a database without migrations fails', async () => {
    const { code } = await migrate(['status'], { ...env(), DATABASE_NAME: 'postgres' });

    expect(code).toBe(1);
  });
});

describe('migrate refuses', () => {
  test.each([
    { args: [], fault: 'a verb is missing' },
    { args: ['reset'], fault: '"reset" is not a verb' },
    { args: ['toString'], fault: '"toString" is not a verb' },
    { args: ['new', 'billing', 'first'], fault: '"billing" is not a scope' },
    { args: ['new', 'cost'], fault: 'the name of the migration is missing' },
    { args: ['resolve', 'cost', 'x', 'maybe'], fault: 'say whether it counts as "applied" or "rolled-back"' },
    { args: ['deploy'], fault: 'DATABASE_ADMIN_URL is not set' },
  ])('$args: $fault', async ({ args, fault }) => {
    const { code, stderr } = await migrate(args, {});

    expect(code).toBe(2);
    expect(stderr).toContain(fault);
  });

  test('a deploy without a password for each role', async () => {
    const { COST_DB_PASSWORD: _, ...others } = passwords;

    expect(await migrate(['deploy'], { ...others, DATABASE_ADMIN_URL: serverUrl() })).toMatchObject({ code: 2, stderr: expect.stringContaining('COST_DB_PASSWORD is not set') as unknown });
  });

  test('an unreachable server, in one line', async () => {
    const { code, stderr } = await migrate(['deploy'], { ...passwords, DATABASE_ADMIN_URL: databaseUrl(serverUrl(), { password: 'wrong' }) });

    expect(code).toBe(1);
    expect(stderr).toBe('password authentication failed for user "postgres"\n');
  });
});
