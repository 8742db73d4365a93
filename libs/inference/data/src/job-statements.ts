/** Every statement has a name, so that PostgreSQL parses and plans it once a connection. */

export const insertStatement = `
  with inserted as (
    insert into job (id, project_id, key_id, use_case_id, lane, group_id, client_key, position, model_reference,
                     request, status, ticket, pool, error, tags, created_at, expires_at, callback_url, dispatched_at)
    select i.id, i.project_id, i.key_id, i.use_case_id, i.lane, i.group_id, i.client_key, i.position, i.model_reference,
           i.request::json, 'queued', i.ticket::json, i.pool, i.error::json, i.tags::json, coalesce(i.created_at, now()), i.expires_at, i.callback_url,
           case when i.ticket is null then null else now() end
    from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[], $9::text[],
                $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::timestamptz[], $16::timestamptz[], $17::text[])
      with ordinality as i(id, project_id, key_id, use_case_id, lane, group_id, client_key, position, model_reference,
           request, ticket, pool, error, tags, created_at, expires_at, callback_url, place)
    where not exists (select from job_group g where g.id = i.group_id and g.cancelled_at is not null)
    order by i.place -- of two with the same key the first is kept
    on conflict do nothing
    returning id, group_id, project_id
  ),
  counted as (
    insert into job_group (id, project_id, total)
    select group_id, min(project_id), count(*) from inserted where group_id is not null group by group_id order by group_id
    on conflict (id) do update set total = job_group.total + excluded.total
  )
  select id from inserted`;

const jobColumns = `j.id, j.project_id, j.key_id, j.use_case_id, j.lane, j.group_id, j.client_key, j.position, j.model_reference, j.request,
  j.status, j.ticket, j.pool, j.dispatch, j.owner, j.epoch, j.attempts, j.output, j.tokens, j.cost_usd, j.error, j.tags,
  j.created_at, j.started_at, j.finished_at, j.finish_sequence, j.expires_at, j.callback_url`;

export const claimStatement = `
  with target as materialized (
    select j.id from job j join unnest($1::text[], $2::int[], $3::bool[]) as c(id, dispatch, takeover) on c.id = j.id
    where j.dispatch = c.dispatch and j.ticket is not null and j.expires_at > now()
      and (j.status = 'queued' or (j.status = 'running' and c.takeover))
    order by j.id for update of j
  )
  update job j set status = 'running', owner = $4, epoch = j.epoch + 1,
    lease_until = now() + make_interval(secs => $5::float8 / 1000), started_at = coalesce(j.started_at, now())
  from target t where j.id = t.id
  returning ${jobColumns}`;

export const renewStatement = `
  update job j set lease_until = now() + make_interval(secs => $4::float8 / 1000)
  from unnest($1::text[], $2::int[]) as h(id, epoch)
  where j.id = h.id and j.epoch = h.epoch and j.owner = $3 and j.status = 'running'
  returning j.id`;

export const findStatement = `select ${jobColumns} from job j where j.id = $1 and ($2::text is null or j.project_id = $2)`;

export const listStatement = `
  select ${jobColumns.replace(' j.request,', '').replace(' j.output,', '')} from job j
  where ($1::text is null or j.project_id = $1) and ($2::text is null or j.status = $2) and ($3::text is null or j.lane = $3)
    and ($4::text is null or j.use_case_id = $4) and ($5::text is null or j.id < $5)
  order by j.id desc limit $6`;

export const summaryStatement = `
  select status, count(*)::int as jobs, extract(epoch from now() - min(created_at)) * 1000 as oldest_ms,
         count(*) filter (where finished_at > now() - interval '1 hour')::int as last_hour
  from job where $1::text is null or project_id = $1 group by status`;

export const listClientKeysStatement = `select client_key from job where group_id = $1 and client_key = any($2::text[])`;

export const listUnadmittedStatement = `
  select ${jobColumns} from job j where j.group_id = $1 and j.status = 'queued' and j.ticket is null order by j.position limit $2`;

export const countOutstandingStatement = `
  select count(*)::int as jobs from job where group_id = $1 and status in ('queued', 'running') and ticket is not null`;

const dispatchable = 'j.id, j.project_id, j.lane, j.pool, j.dispatch';

export const admitStatement = `
  with target as materialized (
    select j.id, i.ticket, i.pool from job j join unnest($1::text[], $2::text[], $3::text[]) as i(id, ticket, pool) on i.id = j.id
    where j.status = 'queued' and j.ticket is null
    order by j.id for update of j
  )
  update job j set ticket = t.ticket::json, pool = t.pool, dispatched_at = now() from target t where j.id = t.id
  returning ${dispatchable}`;

export const redispatchStatement = `
  with target as materialized (
    select j.id from job j
    where j.status = 'queued' and j.ticket is not null and j.expires_at > now()
      and (j.dispatched_at is null or j.dispatched_at < now() - make_interval(secs => $1::float8 / 1000))
    order by j.dispatched_at nulls first limit $2 for update of j skip locked
  )
  update job j set dispatched_at = now() from target t where j.id = t.id
  returning ${dispatchable}`;

export const requeueLostStatement = `
  with target as materialized (
    select j.id from job j where j.status = 'running' and j.lease_until < now() and j.expires_at > now()
    order by j.lease_until limit $1 for update of j skip locked
  )
  update job j set status = 'queued', owner = null, lease_until = null, dispatch = j.dispatch + 1, dispatched_at = now()
  from target t where j.id = t.id
  returning ${dispatchable}`;

export const listOutstandingStatement = `
  select project_id, lane, count(*)::int as jobs from (
    select project_id, lane from job where status = 'queued' and ticket is not null
    union all
    select project_id, lane from job where status = 'running'
  ) open group by project_id, lane`;

export const groupProgressStatement = `select project_id, total, finished, succeeded, cancelled_at from job_group where id = $1`;

export const markGroupCancelledStatement = `update job_group set cancelled_at = coalesce(cancelled_at, now()) where id = $1`;

export const listFinishedStatement = `
  select ${jobColumns} from job j where j.group_id = $1 and j.finish_sequence > $2 order by j.finish_sequence limit $3`;

export const listFinishedByPositionStatement = `
  select ${jobColumns} from job j
  where j.group_id = $1 and j.position > $2 and j.status not in ('queued', 'running') order by j.position limit $3`;
