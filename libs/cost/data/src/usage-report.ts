import { idFromUuid } from '@weighbridge/shared-domain';
import type { IdKind } from '@weighbridge/shared-domain';
import type pg from 'pg';
import { usdOf, uuidOf } from './mapping.ts';

/** What usage can be grouped by, its column, and what kind of id it is; null: it is text as it stands. */
const dimensions = {
  project: ['project_id', 'project'],
  model: ['model', null],
  version: ['version', null],
  useCase: ['use_case_id', 'useCase'],
  key: ['key_id', 'key'],
  lane: ['lane', null],
  outcome: ['outcome', null],
} as const satisfies Record<string, readonly [string, IdKind | null]>;

export type ReportDimension = keyof typeof dimensions;
export type ReportInterval = 'hour' | 'day' | 'month';

export interface UsageReportQuery {
  /** Null: of all projects. */
  readonly projectId: string | null;
  /** Whole hours, UTC: the rollups know nothing finer. */
  readonly from: Date;
  readonly to: Date;
  readonly groupBy: readonly ReportDimension[];
  readonly interval: ReportInterval | null;
  readonly limit: number;
}

export interface UsageReportRow {
  readonly start: string | null;
  readonly group: Record<string, string | null>;
  readonly events: number;
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
  readonly costUsd: string;
}

const nilUuid = '00000000-0000-0000-0000-000000000000';

/** Sums from the rollups, in order of time and then of the dimensions asked for; at most `limit` rows. */
export async function readUsageReport(pool: pg.Pool, { projectId, from, to, groupBy, interval, limit }: UsageReportQuery): Promise<UsageReportRow[]> {
  const keys = [...(interval === null ? [] : [`date_trunc('${interval}', hour, 'UTC') as start`]), ...groupBy.map((dimension) => dimensions[dimension][0])];
  const positions = keys.map((_, index) => index + 1).join(', ');
  const { rows } = await pool.query<Record<string, string | Date | null>>(
    `select ${[...keys, ...sums].join(', ')} from usage_rollup
      where hour >= $1 and hour < $2 and ($3::uuid is null or project_id = $3)
      ${positions === '' ? '' : `group by ${positions} order by ${positions}`} limit $4`,
    [from, to, projectId === null ? null : uuidOf(projectId), limit],
  );
  return rows.map((row) => ({
    start: row['start'] instanceof Date ? row['start'].toISOString() : null,
    group: Object.fromEntries(groupBy.map((dimension) => [dimension, groupValue(dimension, String(row[dimensions[dimension][0]]))])),
    events: Number(row['events']),
    inputTokens: Number(row['input_tokens']),
    cachedInputTokens: Number(row['cached_input_tokens']),
    outputTokens: Number(row['output_tokens']),
    costUsd: usdOf(String(row['cost_usd'])),
  }));
}

const sums = ['events', 'input_tokens', 'cached_input_tokens', 'output_tokens', 'cost_usd'].map((column) => `coalesce(sum(${column}), 0) as ${column}`);

function groupValue(dimension: ReportDimension, value: string): string | null {
  const kind = dimensions[dimension][1];
  if (kind === null) return value;
  return value === nilUuid ? null : idFromUuid(kind, value);
}
