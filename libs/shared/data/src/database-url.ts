export interface DatabaseUrlParts {
  readonly database?: string;
  readonly user?: string;
  readonly password?: string;
}

/** The same server, another database or another role. Keeps everything else of the URL, TLS settings included. */
export function databaseUrl(url: string, { database, user, password }: DatabaseUrlParts): string {
  const result = new URL(url);
  if (database !== undefined) result.pathname = `/${encodeURIComponent(database)}`;
  if (user !== undefined) result.username = encodeURIComponent(user);
  if (password !== undefined) result.password = encodeURIComponent(password);
  return result.href;
}

/** A name that is safe to write into SQL, in `options` of a connection and in file names. Throws a TypeError for any other. */
export function sqlName(name: string): string {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(name)) throw new TypeError(`"${name}" is not a plain name: lower case letters, digits and _, at most 63`);
  return name;
}
