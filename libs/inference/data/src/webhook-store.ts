import { WebhookEvent } from '@weighbridge/inference-domain';
import type { ProjectId, WebhookId } from '@weighbridge/shared-domain';
import { inTransaction } from '@weighbridge/shared-data';
import type pg from 'pg';
import { buryPending } from './webhook-delivery-statements.ts';

export type DisabledReason = 'gone' | 'by_request';

export interface StoredWebhook {
  readonly id: WebhookId;
  readonly projectId: ProjectId;
  readonly url: string;
  readonly events: WebhookEvent[];
  readonly description: string | null;
  readonly status: 'active' | 'disabled';
  readonly disabledReason: DisabledReason | null;
  readonly disabledAt: Date | null;
  readonly previousSecretUntil: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface NewStoredWebhook extends Pick<StoredWebhook, 'id' | 'projectId' | 'url' | 'events' | 'description'> {
  readonly secretSealed: string;
}

/** Absent members stay. */
export interface WebhookUpdate {
  readonly url?: string | undefined;
  readonly events?: readonly WebhookEvent[] | undefined;
  readonly description?: string | null | undefined;
  readonly active?: boolean | undefined;
}

export interface RotatedSecret {
  readonly previousSecretUntil: Date | null;
}

/** Whom projects tell of events. `projectId` null in a look-up: whosever it is. */
export interface WebhookStore {
  /** Null when the project has `limit` webhooks already. */
  createWebhook(webhook: NewStoredWebhook, limit: number): Promise<StoredWebhook | null>;
  /** Newest first. */
  listWebhooks(projectId: ProjectId | null, before: string | undefined, limit: number): Promise<StoredWebhook[]>;
  findWebhook(id: WebhookId, projectId: ProjectId | null): Promise<StoredWebhook | null>;
  /** Who disables also gives up what is pending. */
  changeWebhook(id: WebhookId, projectId: ProjectId | null, update: WebhookUpdate): Promise<StoredWebhook | null>;
  deleteWebhook(id: WebhookId, projectId: ProjectId | null): Promise<boolean>;
  /** The secret before goes on for `overlapMs`. */
  rotateSecret(id: WebhookId, projectId: ProjectId | null, secretSealed: string, overlapMs: number): Promise<RotatedSecret | null>;
  /** Makes the project's secret for callbacks where there is none. */
  ensureCallbacks(projectId: ProjectId, id: WebhookId, secretSealed: string): Promise<void>;
  /** Makes it, or rotates the one that is there. */
  rotateCallbacks(projectId: ProjectId, id: WebhookId, secretSealed: string, overlapMs: number): Promise<RotatedSecret>;
}

interface WebhookRow {
  readonly id: WebhookId;
  readonly project_id: ProjectId;
  readonly url: string;
  readonly events: string[];
  readonly description: string | null;
  readonly status: 'active' | 'disabled';
  readonly disabled_reason: DisabledReason | null;
  readonly disabled_at: Date | null;
  readonly previous_secret_until: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const columns = `e.id, e.project_id, e.url, e.events, e.description, e.status, e.disabled_reason, e.disabled_at,
  case when e.previous_secret_until > now() then e.previous_secret_until end as previous_secret_until, e.created_at, e.updated_at`;

const webhookFromRow = (row: WebhookRow): StoredWebhook => ({
  id: row.id,
  projectId: row.project_id,
  url: row.url,
  events: row.events.map((event) => WebhookEvent.parse(event)),
  description: row.description,
  status: row.status,
  disabledReason: row.disabled_reason,
  disabledAt: row.disabled_at,
  previousSecretUntil: row.previous_secret_until,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

const ofEndpoint = `e.id = $1 and e.kind = 'endpoint' and ($2::text is null or e.project_id = $2)`;

export function createWebhookStore(pool: pg.Pool): WebhookStore {
  const one = async (text: string, values: readonly unknown[], client: pg.Pool | pg.PoolClient = pool) => {
    const [row] = (await client.query<WebhookRow>(text, [...values])).rows;
    return row === undefined ? null : webhookFromRow(row);
  };
  const rotated = async (text: string, values: readonly unknown[]) => {
    const [row] = (await pool.query<Pick<WebhookRow, 'previous_secret_until'>>(text, [...values])).rows;
    return row === undefined ? null : { previousSecretUntil: row.previous_secret_until };
  };
  return {
    createWebhook: (webhook, limit) =>
      one(
        `insert into webhook_endpoint as e (id, project_id, kind, url, events, description, secret_sealed)
         select $1, $2, 'endpoint', $3, $4, $5, $6
         where (select count(*) from webhook_endpoint o where o.project_id = $2 and o.kind = 'endpoint') < $7
         returning ${columns}`,
        [webhook.id, webhook.projectId, webhook.url, webhook.events, webhook.description, webhook.secretSealed, limit],
      ),
    listWebhooks: async (projectId, before, limit) => {
      const text = `select ${columns} from webhook_endpoint e
        where e.kind = 'endpoint' and ($1::text is null or e.project_id = $1) and ($2::text is null or e.id < $2) order by e.id desc limit $3`;
      return (await pool.query<WebhookRow>(text, [projectId, before ?? null, limit])).rows.map(webhookFromRow);
    },
    findWebhook: (id, projectId) => one(`select ${columns} from webhook_endpoint e where ${ofEndpoint}`, [id, projectId]),
    changeWebhook: (id, projectId, update) =>
      inTransaction(pool, async (client) => {
        const changed = await one(
          `update webhook_endpoint e set url = coalesce($3, e.url), events = coalesce($4::text[], e.events),
             description = case when $5 then $6 else e.description end,
             status = coalesce($7, e.status),
             disabled_reason = case $7 when 'disabled' then coalesce(e.disabled_reason, 'by_request') when 'active' then null else e.disabled_reason end,
             disabled_at = case $7 when 'disabled' then coalesce(e.disabled_at, now()) when 'active' then null else e.disabled_at end,
             updated_at = now()
           where ${ofEndpoint} returning ${columns}`,
          [
            id,
            projectId,
            update.url ?? null,
            update.events ?? null,
            update.description !== undefined,
            update.description ?? null,
            update.active === undefined ? null : update.active ? 'active' : 'disabled',
          ],
          client,
        );
        if (changed !== null && update.active === false) await client.query(buryPending, [id]);
        // Another receiver, or one that says it is well again, is not judged by what went before.
        if (changed !== null && (update.active === true || update.url !== undefined)) await client.query('delete from webhook_circuit where target = $1', [id]);
        return changed;
      }),
    deleteWebhook: async (id, projectId) => (await pool.query(`delete from webhook_endpoint e where ${ofEndpoint}`, [id, projectId])).rowCount === 1,
    rotateSecret: (id, projectId, secretSealed, overlapMs) =>
      rotated(
        `update webhook_endpoint e set previous_secret_sealed = e.secret_sealed, previous_secret_until = now() + make_interval(secs => $4::float8 / 1000), secret_sealed = $3, updated_at = now()
         where ${ofEndpoint} returning e.previous_secret_until`,
        [id, projectId, secretSealed, overlapMs],
      ),
    ensureCallbacks: async (projectId, id, secretSealed) => {
      await pool.query(
        `insert into webhook_endpoint (id, project_id, kind, events, secret_sealed) values ($1, $2, 'callbacks', '{}', $3) on conflict (project_id) where kind = 'callbacks' do nothing`,
        [id, projectId, secretSealed],
      );
    },
    rotateCallbacks: async (projectId, id, secretSealed, overlapMs) => {
      const secret = await rotated(
        `insert into webhook_endpoint as e (id, project_id, kind, events, secret_sealed) values ($1, $2, 'callbacks', '{}', $3)
         on conflict (project_id) where kind = 'callbacks' do update set
           previous_secret_sealed = e.secret_sealed, previous_secret_until = now() + make_interval(secs => $4::float8 / 1000), secret_sealed = excluded.secret_sealed, updated_at = now()
         returning e.previous_secret_until`,
        [id, projectId, secretSealed, overlapMs],
      );
      return secret ?? { previousSecretUntil: null };
    },
  };
}
