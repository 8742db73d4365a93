import { escapeIdentifier, escapeLiteral } from 'pg';
import pg from 'pg';
import { withAdvisoryLock } from './advisory-lock.ts';
import { databaseUrl, sqlName } from './database-url.ts';
import { scramVerifier } from './scram-verifier.ts';

/** The schema, and the group role that owns it, which all services share: waiting messages, live payloads, budget holds. */
export const queueSchema = 'queue';

export interface ServiceLogin {
  /** Name of the role and of the schema that it owns. */
  readonly name: string;
  readonly password: string;
}

export interface ProvisionOptions {
  /** URL of a role that may create roles and databases; names any existing database of the server. */
  readonly adminUrl: string;
  readonly database: string;
  readonly services: readonly ServiceLogin[];
}

/**
 * Makes the database with one role and one schema a service, so that no service can read another's tables; brings passwords
 * up to date. May run again at any time and in two processes at once. Answers the admin's URL of the database.
 */
export async function provisionDatabase({ adminUrl, database, services }: ProvisionOptions): Promise<string> {
  sqlName(database);
  const url = databaseUrl(adminUrl, { database });
  await withAdvisoryLock(adminUrl, 'weighbridge.provision', async (server) => {
    await createRole(server, queueSchema, 'nologin');
    for (const { name, password } of services) {
      await createRole(server, name, `login password ${escapeLiteral(await scramVerifier(password))}`);
      await grantMembership(server, queueSchema, sqlName(name));
    }
    const { rowCount } = await server.query('select from pg_database where datname = $1', [database]);
    if (rowCount === 0) await server.query(`create database ${escapeIdentifier(database)}`);
    await arrangeSchemas(url, database, services.map(({ name }) => name));
  });
  return url;
}

async function createRole(server: pg.Client, name: string, attributes: string): Promise<void> {
  const { rowCount } = await server.query('select from pg_roles where rolname = $1', [sqlName(name)]);
  await server.query(`${rowCount === 0 ? 'create' : 'alter'} role ${escapeIdentifier(name)} with ${attributes} nosuperuser nocreatedb nocreaterole noreplication`);
  // An admin that is no superuser must be a member of a role to make objects in its name.
  await server.query(`
    do $$ begin
      if not (select rolsuper from pg_roles where rolname = current_user) then
        execute format('grant %I to %I', '${name}', current_user);
      end if;
    end $$`);
}

const grantMembership = (server: pg.Client, group: string, member: string) =>
  server.query(`grant ${escapeIdentifier(group)} to ${escapeIdentifier(member)}`);

async function arrangeSchemas(url: string, database: string, services: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url, options: '-c client_min_messages=warning' });
  await client.connect();
  try {
    await client.query(
      [
        'begin',
        `revoke all on database ${escapeIdentifier(database)} from public`,
        'revoke all on schema public from public',
        ...[...services, queueSchema].map((name) => `create schema if not exists ${escapeIdentifier(name)} authorization ${escapeIdentifier(name)}`),
        ...services.map((name) => `grant connect, temporary on database ${escapeIdentifier(database)} to ${escapeIdentifier(name)}`),
        // BullMQ makes a sequence for each queue, in the name of whichever service sends to it first; all services use it.
        ...services.flatMap((name) => shareQueueObjects(`for role ${escapeIdentifier(name)}`)),
        ...shareQueueObjects(''),
        'commit',
      ].join(';\n'),
    );
  } finally {
    await client.end();
  }
}

const shareQueueObjects = (creator: string) =>
  ['tables', 'sequences', 'functions'].map((kind) => `alter default privileges ${creator} in schema ${queueSchema} grant all on ${kind} to ${queueSchema}`);
