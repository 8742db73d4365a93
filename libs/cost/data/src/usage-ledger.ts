import type { UsageEvent } from '@weighbridge/cost-domain';
import type pg from 'pg';
import { kindNumber, usageEventFromRow, uuidOf, uuidOrNull } from './mapping.ts';
import type { UsageEventRow } from './mapping.ts';

/** Column, type of the array that carries it, and where its value comes from. */
const columns: readonly (readonly [name: string, type: string, valueOf: (event: UsageEvent) => unknown])[] = [
  ['job_id', 'uuid', (event) => uuidOf(event.jobId)],
  ['attempt', 'smallint', (event) => event.attempt],
  ['kind', 'smallint', kindNumber],
  ['project_id', 'uuid', (event) => uuidOf(event.projectId)],
  ['key_id', 'uuid', (event) => uuidOrNull(event.keyId)],
  ['use_case_id', 'uuid', (event) => uuidOrNull(event.useCaseId)],
  ['model', 'text', (event) => event.model],
  ['version', 'text', (event) => event.version],
  ['deployment_id', 'uuid', (event) => uuidOf(event.deploymentId)],
  ['backend', 'text', (event) => event.backend],
  ['lane', 'text', (event) => event.lane],
  ['batch_id', 'uuid', (event) => uuidOrNull(event.batchId)],
  ['run_id', 'uuid', (event) => uuidOrNull(event.runId)],
  ['tags', 'jsonb', (event) => JSON.stringify(event.tags)],
  ['outcome', 'text', (event) => event.outcome],
  ['settlement', 'text', (event) => event.settlement],
  ['input_tokens', 'integer', (event) => event.tokens.inputTokens],
  ['cached_input_tokens', 'integer', (event) => event.tokens.cachedInputTokens],
  ['cache_write_tokens', 'integer', (event) => event.tokens.cacheWriteTokens],
  ['output_tokens', 'integer', (event) => event.tokens.outputTokens],
  ['reasoning_tokens', 'integer', (event) => event.tokens.reasoningTokens],
  ['price_id', 'uuid', (event) => uuidOrNull(event.priceId)],
  ['cost_usd', 'numeric', (event) => event.costUsd],
  ['decision_digest', 'text', (event) => event.decisionDigest],
  ['error_code', 'text', (event) => event.errorCode],
  ['occurred_at', 'timestamptz', (event) => event.occurredAt],
  ['queued_ms', 'double precision', (event) => event.queuedMs],
  ['first_token_ms', 'double precision', (event) => event.firstTokenMs],
  ['duration_ms', 'double precision', (event) => event.durationMs],
  ['final', 'boolean', (event) => event.final],
  ['budget_accounts', 'text', (event) => textArray(event.budgetAccounts)],
];

/** An array inside an array has no form of its own in `unnest`, so it travels as PostgreSQL's text of it. */
const textArray = (values: readonly string[]): string => `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;

const names = columns.map(([name]) => name).join(', ');
const arrays = columns.map(([, type], index) => `$${index + 1}::${type}[]`).join(', ');
const selected = columns.map(([name]) => (name === 'budget_accounts' ? 'budget_accounts::text[]' : name)).join(', ');

/**
 * One statement for all: the events that are not there yet, the sums of their hours, the spend of their accounts. Rows are locked in
 * the order of their keys, so that two of these never wait for each other in a circle.
 */
const insertEvents = `
with given as (
  select * from unnest(${arrays}) as event(${names})
), inserted as (
  insert into usage_event (${names})
  select ${selected} from given order by job_id, attempt, kind
  on conflict do nothing
  returning *
), rolled as (
  insert into usage_rollup as r (project_id, hour, model, version, use_case_id, key_id, lane, outcome,
    events, input_tokens, cached_input_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cost_usd)
  select project_id, date_trunc('hour', occurred_at, 'UTC'), model, version,
    coalesce(use_case_id, '00000000-0000-0000-0000-000000000000'), coalesce(key_id, '00000000-0000-0000-0000-000000000000'), lane, outcome,
    sum(case kind when 2 then -1 else 1 end), sum(input_tokens), sum(cached_input_tokens), sum(cache_write_tokens), sum(output_tokens), sum(reasoning_tokens), sum(cost_usd)
  from inserted group by 1, 2, 3, 4, 5, 6, 7, 8 order by 1, 2, 3, 4, 5, 6, 7, 8
  on conflict (project_id, hour, model, version, use_case_id, key_id, lane, outcome) do update set
    events = r.events + excluded.events,
    input_tokens = r.input_tokens + excluded.input_tokens,
    cached_input_tokens = r.cached_input_tokens + excluded.cached_input_tokens,
    cache_write_tokens = r.cache_write_tokens + excluded.cache_write_tokens,
    output_tokens = r.output_tokens + excluded.output_tokens,
    reasoning_tokens = r.reasoning_tokens + excluded.reasoning_tokens,
    cost_usd = r.cost_usd + excluded.cost_usd
), charged as (
  insert into account_spend as a (account_id, spent_usd)
  select account_id, sum(cost_usd) from inserted, unnest(budget_accounts) as account_id group by account_id order by account_id
  on conflict (account_id) do update set spent_usd = a.spent_usd + excluded.spent_usd
)
select job_id, attempt, kind from inserted`;

/** Stores events, rollups and the spend of accounts; those that are there already change nothing. Answers the events that were new. */
export async function insertUsageEvents(client: pg.PoolClient, events: readonly UsageEvent[]): Promise<UsageEvent[]> {
  if (events.length === 0) return [];
  const { rows } = await client.query<{ job_id: string; attempt: number; kind: number }>({
    name: 'usage_insert',
    text: insertEvents,
    values: columns.map(([, , valueOf]) => events.map(valueOf)),
  });
  const inserted = new Set(rows.map((row) => `${row.job_id.replaceAll('-', '')}.${row.attempt}.${row.kind}`));
  return events.filter((event) => inserted.delete(`${uuidOf(event.jobId)}.${event.attempt}.${kindNumber(event)}`));
}

/** All that is recorded of the attempts of these events: their own, unknown ones, corrections. */
export async function findRecordedAttempts(client: pg.PoolClient, events: readonly Pick<UsageEvent, 'jobId' | 'attempt'>[]): Promise<UsageEvent[]> {
  const { rows } = await client.query<UsageEventRow>({
    name: 'usage_recorded',
    text: `select ${names} from usage_event where (job_id, attempt) in (select * from unnest($1::uuid[], $2::smallint[]))`,
    values: [events.map((event) => uuidOf(event.jobId)), events.map((event) => event.attempt)],
  });
  return rows.map(usageEventFromRow);
}

/** The numbers of the attempts of a job of which anything is recorded. */
export async function listRecordedAttempts(client: pg.Pool | pg.PoolClient, jobId: string): Promise<number[]> {
  const { rows } = await client.query<{ attempt: number }>('select distinct attempt from usage_event where job_id = $1', [uuidOf(jobId)]);
  return rows.map(({ attempt }) => attempt);
}
