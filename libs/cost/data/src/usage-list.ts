import type { UsageEvent } from '@weighbridge/cost-domain';
import type pg from 'pg';
import { kindNumber, usageEventFromRow, uuidOf, uuidOrNull } from './mapping.ts';
import type { UsageEventRow } from './mapping.ts';

export interface UsageFilter {
  /** Null: of all projects. */
  readonly projectId: string | null;
  readonly from: Date;
  readonly to: Date;
  readonly jobId?: string | undefined;
}

/** What the ledger sorts by: when the attempt ended, then its id. */
export interface UsagePosition {
  readonly occurredAt: string;
  readonly jobId: string;
  readonly attempt: number;
  readonly kind: number;
}

export const usagePositionOf = (event: UsageEvent): UsagePosition => ({ occurredAt: event.occurredAt, jobId: event.jobId, attempt: event.attempt, kind: kindNumber(event) });

export interface UsageListOptions {
  readonly order: 'newest-first' | 'oldest-first';
  /** Begins after this event. */
  readonly after?: UsagePosition | undefined;
  readonly limit: number;
}

/** A stretch of the ledger, by keyset: the pages before cost nothing. */
export async function listUsageEvents(pool: pg.Pool, { projectId, from, to, jobId }: UsageFilter, { order, after, limit }: UsageListOptions): Promise<UsageEvent[]> {
  const [direction, beyond] = order === 'newest-first' ? ['desc', '<'] : ['asc', '>'];
  const values: unknown[] = [from, to, limit];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  const conditions = ['occurred_at >= $1', 'occurred_at < $2'];
  if (projectId !== null) conditions.push(`project_id = ${parameter(uuidOf(projectId))}::uuid`);
  if (jobId !== undefined) conditions.push(`job_id = ${parameter(uuidOrNull(jobId))}::uuid`);
  if (after !== undefined) {
    const position = [`${parameter(after.occurredAt)}::timestamptz`, `${parameter(uuidOf(after.jobId))}::uuid`, `${parameter(after.attempt)}::smallint`, `${parameter(after.kind)}::smallint`];
    conditions.push(`(occurred_at, job_id, attempt, kind) ${beyond} (${position.join(', ')})`);
  }
  const keys = ['occurred_at', 'job_id', 'attempt', 'kind'].map((key) => `${key} ${direction}`).join(', ');
  const { rows } = await pool.query<UsageEventRow>(`select * from usage_event where ${conditions.join(' and ')} order by ${keys} limit $3`, values);
  return rows.map(usageEventFromRow);
}
