import { DeliveryStatus, circuitPauseMs } from '@weighbridge/inference-domain';
import type { ProjectId, WebhookDeliveryId, WebhookId } from '@weighbridge/shared-domain';
import { inTransaction } from '@weighbridge/shared-data';
import type pg from 'pg';
import * as sql from './webhook-delivery-statements.ts';

export interface StoredDelivery {
  readonly id: WebhookDeliveryId;
  /** Null: the callback of a job. */
  readonly webhookId: WebhookId | null;
  readonly projectId: ProjectId;
  readonly url: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly subjectId: string;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly nextAttemptAt: Date | null;
  readonly lastStatusCode: number | null;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

export interface StoredTry {
  readonly number: number;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly statusCode: number | null;
  readonly error: string | null;
  readonly responseExcerpt: string | null;
}

export interface DeliveryFilter {
  /** Null: of all projects. */
  readonly projectId: ProjectId | null;
  readonly webhookId?: WebhookId | undefined;
  readonly status?: DeliveryStatus | undefined;
  readonly subjectId?: string | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

/** A delivery that is due: message id `<id>.<dispatch>`. */
export interface DueDelivery {
  readonly id: WebhookDeliveryId;
  readonly dispatch: number;
}

export interface ClaimedDelivery extends DueDelivery {
  readonly url: string;
  readonly eventId: string;
  readonly body: string;
  /** Tries of this round so far. */
  readonly round: number;
  /** The newest first. */
  readonly secretsSealed: readonly string[];
}

export interface RecordedTry extends Omit<StoredTry, 'number'> {
  readonly delivery: DueDelivery;
  readonly outcome: 'delivered' | 'retry' | 'dead' | 'gone';
  /** Until the next try; of no meaning for other outcomes. */
  readonly delayMs: number;
}

/** The log of deliveries, and what sends them. */
export interface WebhookDeliveryStore {
  /** Newest first. */
  listDeliveries(filter: DeliveryFilter): Promise<StoredDelivery[]>;
  findDelivery(id: WebhookDeliveryId, projectId: ProjectId | null): Promise<(StoredDelivery & { readonly body: string; readonly tries: readonly StoredTry[] }) | null>;
  /** Due now, at the beginning of a day of tries. Nothing changes while it is being told, or while its webhook is disabled. */
  redeliver(id: WebhookDeliveryId): Promise<void>;
  /** Null when there is no such webhook, or it is disabled. */
  addTest(webhookId: WebhookId, projectId: ProjectId | null, eventId: string): Promise<WebhookDeliveryId | null>;

  /** Takes what is due for the queue, with at most `perReceiver` of each receiver and `underWay` in all under way. One caller at a time; others get nothing meanwhile. */
  takeDue(options: { readonly perReceiver: number; readonly underWay: number; readonly leaseMs: number }): Promise<DueDelivery[]>;
  /** Null: the message is void, since the delivery has ended, was given again or deleted. */
  claimDelivery(due: DueDelivery, leaseMs: number): Promise<ClaimedDelivery | null>;
  /** Writes what came of a try, with its place in the log, the circuit of the receiver, and the end of a webhook whose receiver is gone. */
  recordTry(recorded: RecordedTry): Promise<void>;
  summarise(): Promise<{ readonly pending: number; readonly oldestSeconds: number }>;
  /** Gives up to `limit` deliveries up whose receiver has failed all day. Returns how many. */
  buryOverdue(limit: number): Promise<number>;
  /** Deletes up to `limit` deliveries that ended longer ago than that. Returns how many. */
  purge(olderThanDays: number, limit: number): Promise<number>;
}

interface DeliveryRow {
  readonly id: WebhookDeliveryId;
  readonly project_id: ProjectId;
  readonly endpoint_id: WebhookId;
  readonly callback_url: string | null;
  readonly endpoint_url: string | null;
  readonly event_id: string;
  readonly event_type: string;
  readonly subject_id: string;
  readonly status: string;
  readonly attempts: number;
  readonly next_attempt_at: Date | null;
  readonly last_status_code: number | null;
  readonly last_error: string | null;
  readonly created_at: Date;
  readonly finished_at: Date | null;
}

interface TryRow {
  readonly number: number;
  readonly started_at: Date;
  readonly duration_ms: number;
  readonly status_code: number | null;
  readonly error: string | null;
  readonly response_excerpt: string | null;
}

const deliveryFromRow = (row: DeliveryRow): StoredDelivery => ({
  id: row.id,
  webhookId: row.callback_url === null ? row.endpoint_id : null,
  projectId: row.project_id,
  url: row.callback_url ?? row.endpoint_url ?? '',
  eventId: row.event_id,
  eventType: row.event_type,
  subjectId: row.subject_id,
  status: DeliveryStatus.parse(row.status),
  attempts: row.attempts,
  nextAttemptAt: row.next_attempt_at,
  lastStatusCode: row.last_status_code,
  lastError: row.last_error,
  createdAt: row.created_at,
  finishedAt: row.finished_at,
});

const tryFromRow = (row: TryRow): StoredTry => ({
  number: row.number,
  startedAt: row.started_at,
  durationMs: row.duration_ms,
  statusCode: row.status_code,
  error: row.error,
  responseExcerpt: row.response_excerpt,
});

const statusAfter = { delivered: 'delivered', retry: 'pending', dead: 'dead', gone: 'dead' } as const satisfies Record<RecordedTry['outcome'], DeliveryStatus>;

export function createWebhookDeliveryStore(pool: pg.Pool): WebhookDeliveryStore {
  return {
    listDeliveries: async ({ projectId, webhookId, status, subjectId, before, limit }) => {
      const { rows } = await pool.query<DeliveryRow>(sql.listDeliveries, [projectId, webhookId ?? null, status ?? null, subjectId ?? null, before ?? null, limit]);
      return rows.map(deliveryFromRow);
    },
    findDelivery: async (id, projectId) => {
      const [row] = (await pool.query<DeliveryRow & { body: string }>(sql.findDelivery, [id, projectId])).rows;
      if (row === undefined) return null;
      const tries = await pool.query<TryRow>('select * from webhook_attempt where delivery_id = $1 order by number', [id]);
      return { ...deliveryFromRow(row), body: row.body, tries: tries.rows.map(tryFromRow) };
    },
    redeliver: async (id) => void (await pool.query(sql.redeliver, [id])),
    addTest: async (webhookId, projectId, eventId) => (await pool.query<{ id: WebhookDeliveryId }>(sql.insertTest, [webhookId, projectId, eventId])).rows[0]?.id ?? null,

    takeDue: ({ perReceiver, underWay, leaseMs }) =>
      inTransaction(pool, async (client) => {
        const [lock] = (await client.query<{ mine: boolean }>(`select pg_try_advisory_xact_lock(hashtext('weighbridge.webhooks')) as mine`)).rows;
        if (lock?.mine !== true) return [];
        await client.query(sql.freeLost);
        return (await client.query<DueDelivery>({ name: 'webhook.take-due', text: sql.takeDue, values: [perReceiver, underWay, leaseMs] })).rows;
      }),
    claimDelivery: async ({ id, dispatch }, leaseMs) => {
      interface ClaimedRow {
        readonly url: string;
        readonly event_id: string;
        readonly body: string;
        readonly round: number;
        readonly secrets_sealed: string[];
      }
      const [row] = (await pool.query<ClaimedRow>(sql.claimDelivery, [id, dispatch, leaseMs])).rows;
      return row === undefined ? null : { id, dispatch, url: row.url, eventId: row.event_id, body: row.body, round: row.round, secretsSealed: row.secrets_sealed };
    },
    recordTry: ({ delivery, outcome, delayMs, startedAt, durationMs, statusCode, error, responseExcerpt }) =>
      inTransaction(pool, async (client) => {
        const values = [delivery.id, delivery.dispatch, statusAfter[outcome], delayMs, statusCode, error, startedAt, Math.round(durationMs), responseExcerpt];
        const [tried] = (await client.query<{ endpoint_id: WebhookId; target: string }>(sql.recordTry, values)).rows;
        if (tried === undefined) return;
        if (outcome === 'delivered') return void (await client.query('delete from webhook_circuit where target = $1', [tried.target]));
        if (outcome === 'gone') {
          // The callback of one job that is gone says nothing of the others.
          if ((await client.query(sql.disableGone, [tried.endpoint_id])).rowCount === 1) await client.query(sql.buryPending, [tried.endpoint_id]);
          return;
        }
        const [circuit] = (await client.query<{ failures: number }>(sql.countFailure, [tried.target])).rows;
        const pauseMs = circuitPauseMs(circuit?.failures ?? 0);
        if (pauseMs > 0) await client.query(`update webhook_circuit set open_until = now() + make_interval(secs => $2::float8 / 1000) where target = $1`, [tried.target, pauseMs]);
      }),
    summarise: async () => {
      const [row] = (await pool.query<{ pending: number; oldest_seconds: string | null }>(sql.summarise)).rows;
      return { pending: row?.pending ?? 0, oldestSeconds: Math.max(0, Number(row?.oldest_seconds ?? 0)) };
    },
    buryOverdue: async (limit) => (await pool.query(sql.buryOverdue, [limit])).rowCount ?? 0,
    purge: async (olderThanDays, limit) => {
      await pool.query(`delete from webhook_circuit where updated_at < now() - make_interval(days => $1::int)`, [olderThanDays]);
      return (await pool.query(sql.purgeFinished, [olderThanDays, limit])).rowCount ?? 0;
    },
  };
}
