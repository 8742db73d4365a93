/**
 * The outbox: deliveries are written by the very statement that ends a job or a batch, so an end that holds is told, and one that was rolled back
 * is not. Bodies carry ids, states, counts and costs, never prompts or answers; the receiver asks for those with a key.
 */

/** Sortable by time like every id: 48 bits of Unix milliseconds, then random ones, in the form of a UUIDv7. */
export const newDeliveryId = `'whd_' || lpad(to_hex(floor(extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') || '7' || substr(replace(gen_random_uuid()::text, '-', ''), 14)`;

export const instantText = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Standard Webhooks' members and those of OpenAI's events at once, so that readers of either find theirs. */
export const eventBody = (id: string, type: string, at: string, data: string): string =>
  `json_build_object('id', ${id}, 'object', 'event', 'type', ${type}, 'created_at', floor(extract(epoch from ${at}))::bigint, 'timestamp', ${instantText(at)}, 'data', ${data})::text`;

const columns = '(id, project_id, endpoint_id, url, target, event_id, event_type, subject_id, body)';

const jobData = `json_build_object('id', d.id, 'object', 'job', 'status', d.status, 'projectId', d.project_id, 'useCaseId', d.use_case_id, 'model', d.model_reference,
  'lane', d.lane, 'tags', d.tags, 'attempts', coalesce(json_array_length(d.attempts), 0), 'tokens', d.tokens, 'costUsd', trim_scale(d.cost_usd)::text,
  'errorCode', d.error ->> 'code', 'createdAt', ${instantText('d.created_at')}, 'startedAt', ${instantText('d.started_at')}, 'finishedAt', ${instantText('d.finished_at')})`;

/**
 * Deliveries for jobs of their own that have just ended, from the rows of `done`. The endpoint is locked against being deleted meanwhile, which would
 * otherwise fail the end of the job. What a callback URL shares its circuit with is its origin, inside the project.
 */
export const jobOutbox = (done: string): string => `
  insert into webhook_delivery ${columns}
  select ${newDeliveryId}, d.project_id, e.id, case when e.kind = 'callbacks' then d.callback_url end,
         case when e.kind = 'callbacks' then d.project_id || ' ' || substring(d.callback_url from '^[^/]*//[^/?#]*') else e.id end,
         'evt_' || substr(d.id, 5), 'job.' || d.status, d.id,
         ${eventBody(`'evt_' || substr(d.id, 5)`, `'job.' || d.status`, 'd.finished_at', jobData)}
  from ${done} d join webhook_endpoint e on e.project_id = d.project_id
  where d.group_id is null
    and ((e.kind = 'endpoint' and e.status = 'active' and 'job.' || d.status = any(e.events)) or (e.kind = 'callbacks' and d.callback_url is not null))
  order by e.id for key share of e
  on conflict (endpoint_id, event_id) do nothing`;

const batchData = `json_build_object('id', b.id, 'object', 'batch', 'status', b.status, 'projectId', b.project_id, 'useCaseId', b.use_case_id, 'endpoint', b.endpoint,
  'inputFileId', b.input_file_id, 'outputFileId', b.output_file_id, 'errorFileId', b.error_file_id,
  'requestCounts', json_build_object('total', coalesce(g.total, 0), 'completed', coalesce(g.succeeded, 0), 'failed', coalesce(g.finished - g.succeeded, 0)),
  'metadata', b.metadata, 'createdAt', ${instantText('b.created_at')}, 'finishedAt', ${instantText('now()')})`;

export const batchOutbox = (moved: string): string => `
  insert into webhook_delivery ${columns}
  select ${newDeliveryId}, b.project_id, e.id, null, e.id, 'evt_' || substr(b.id, 7), 'batch.' || b.status, b.id,
         ${eventBody(`'evt_' || substr(b.id, 7)`, `'batch.' || b.status`, 'now()', batchData)}
  from ${moved} b join webhook_endpoint e on e.project_id = b.project_id left join job_group g on g.id = b.id
  where b.status in ('completed', 'failed', 'expired', 'cancelled') and e.kind = 'endpoint' and e.status = 'active' and 'batch.' || b.status = any(e.events)
  order by e.id for key share of e
  on conflict (endpoint_id, event_id) do nothing`;
