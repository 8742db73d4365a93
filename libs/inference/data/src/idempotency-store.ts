import type { ProjectId } from '@weighbridge/shared-domain';
import type pg from 'pg';
import { toJson } from './stored-job.ts';

/** The same key means the same request only within these. */
export interface IdempotencyScope {
  readonly projectId: ProjectId;
  readonly keyId: string;
  readonly path: string;
  /** As the client sent it. */
  readonly key: string;
}

export interface IdempotencyStart {
  readonly scope: IdempotencyScope;
  /** SHA-256 of the request, hex. */
  readonly fingerprint: string;
  /** The id of what this request will make. */
  readonly resourceId: string;
  /** How long the request may take before it counts as lost. */
  readonly leaseMs: number;
  /** How long the reply is remembered. */
  readonly ttlMs: number;
}

export interface StoredReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * `started`: go on. `resourceId` is the one of the first request when that one was lost half way (`resumed`), so that the same thing is made, not a second one.
 * `running`: the first request is under way. `reused`: the key stands for another request. `done`: the reply to give again.
 */
export type IdempotencyOutcome =
  | { readonly state: 'started'; readonly resourceId: string; readonly resumed: boolean }
  | { readonly state: 'running' }
  | { readonly state: 'reused' }
  | { readonly state: 'done'; readonly reply: StoredReply };

export interface IdempotencyStore {
  begin(start: IdempotencyStart): Promise<IdempotencyOutcome>;
  /** The reply that repeats get from now on. */
  finish(scope: IdempotencyScope, reply: StoredReply): Promise<void>;
  /** Nothing was done: the same request may come again as if for the first time. */
  abandon(scope: IdempotencyScope): Promise<void>;
  /** Forgets up to `limit` records whose time is over. */
  purge(limit: number): Promise<number>;
}

interface IdempotencyRow {
  readonly fingerprint: string;
  readonly status: number | null;
  readonly headers: Record<string, string> | null;
  readonly body: Buffer | null;
}

const scoped = 'project_id = $1 and key_id = $2 and path = $3 and key = $4';
const valuesOf = ({ projectId, keyId, path, key }: IdempotencyScope) => [projectId, keyId, path, key];

export function createIdempotencyStore(pool: pg.Pool): IdempotencyStore {
  const rowsOf = async <R extends object>(name: string, text: string, values: readonly unknown[]) => (await pool.query<R>({ name: `idempotency.${name}`, text, values: [...values] })).rows;
  const begin = async (start: IdempotencyStart): Promise<IdempotencyOutcome> => {
    const [begun] = await rowsOf<{ resource_id: string }>(
      'begin',
      `insert into idempotency_record as r (project_id, key_id, path, key, fingerprint, resource_id, lease_until, expires_at)
       values ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7::float8 / 1000), now() + make_interval(secs => $8::float8 / 1000))
       on conflict (project_id, key_id, path, key) do update set
         fingerprint = excluded.fingerprint, lease_until = excluded.lease_until, status = null, headers = null, body = null,
         resource_id = case when r.expires_at <= now() then excluded.resource_id else r.resource_id end,
         expires_at = case when r.expires_at <= now() then excluded.expires_at else r.expires_at end
       where r.expires_at <= now() or (r.status is null and r.lease_until < now() and r.fingerprint = excluded.fingerprint)
       returning resource_id`,
      [...valuesOf(start.scope), start.fingerprint, start.resourceId, start.leaseMs, start.ttlMs],
    );
    if (begun !== undefined) return { state: 'started', resourceId: begun.resource_id, resumed: begun.resource_id !== start.resourceId };
    const [row] = await rowsOf<IdempotencyRow>('find', `select fingerprint, status, headers, body from idempotency_record where ${scoped}`, valuesOf(start.scope));
    // It was abandoned or purged between the two statements.
    if (row === undefined) return begin(start);
    if (row.fingerprint !== start.fingerprint) return { state: 'reused' };
    return row.status === null ? { state: 'running' } : { state: 'done', reply: { status: row.status, headers: row.headers ?? {}, body: row.body ?? Buffer.alloc(0) } };
  };
  return {
    begin,
    finish: async (scope, { status, headers, body }) => {
      await rowsOf('finish', `update idempotency_record set status = $5, headers = $6, body = $7, lease_until = null where ${scoped}`, [...valuesOf(scope), status, toJson(headers), body]);
    },
    abandon: async (scope) => {
      await rowsOf('abandon', `delete from idempotency_record where ${scoped} and status is null`, valuesOf(scope));
    },
    purge: async (limit) => {
      const rows = await rowsOf(
        'purge',
        `delete from idempotency_record where ctid = any(array(select ctid from idempotency_record where expires_at <= now() limit $1)) returning key`,
        [limit],
      );
      return rows.length;
    },
  };
}
