import { escapeIdentifier, escapeLiteral } from 'pg';
import pg from 'pg';
import { withAdvisoryLock } from './advisory-lock.ts';
import { databaseUrl, sqlName } from './database-url.ts';
import { scramVerifier } from './scram-verifier.ts';

/** The schema, and the group role that owns it, which all services share: waiting messages, live payloads, budget holds. */
export const queueSchema = 'queue';

export interface ServiceLogin {
  /** Name of the role and of the schema that it owns. `queue` gives the shared role a login of its own, which no service needs. */
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
    const logins = new Map(services.map(({ name, password }) => [sqlName(name), password]));
    for (const name of new Set([queueSchema, ...logins.keys()])) await bringUpRole(server, name, logins.get(name));
    const { rowCount } = await server.query('select from pg_database where datname = $1', [database]);
    if (rowCount === 0) await server.query(`create database ${escapeIdentifier(database)}`);
    await arrangeSchemas(url, database, [...logins.keys()]);
  });
  return url;
}

async function bringUpRole(server: pg.Client, name: string, password: string | undefined): Promise<void> {
  const role = escapeIdentifier(name);
  const { rowCount } = await server.query('select from pg_roles where rolname = $1', [name]);
  if (rowCount === 0) await server.query(`create role ${role} nologin`);
  if (password !== undefined) await server.query(`alter role ${role} login password ${escapeLiteral(await scramVerifier(password))}`);
  if (name !== queueSchema) await server.query(`grant ${queueSchema} to ${role}`);
  // An admin that is no superuser must be a member of a role to make objects in its name.
  const { rows } = await server.query<{ superuser: boolean }>('select rolsuper as superuser from pg_roles where rolname = current_user');
  if (rows[0]?.superuser !== true) await server.query(`grant ${role} to current_user`);
}

async function arrangeSchemas(url: string, database: string, services: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url, options: '-c client_min_messages=warning' });
  await client.connect();
  try {
    await client.query(
      [
        'begin',
        `revoke all on database ${escapeIdentifier(database)} from public`,
        'revoke all on schema public from public',
        ...[...new Set([...services, queueSchema])].map((name) => `create schema if not exists ${escapeIdentifier(name)} authorization ${escapeIdentifier(name)}`),
        // Only an owner of the database may add an extension, which the search by parts of words needs; it comes with PostgreSQL itself.
        ...(services.includes('registry') ? ['create extension if not exists pg_trgm schema registry'] : []),
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
