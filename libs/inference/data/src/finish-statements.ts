import { jobOutbox } from './webhook-outbox.ts';

/**
 * The only way into a terminal state. `target` is the SQL of a query that locks the job rows concerned and gives
 * id, group_id, was, new_status, attempts, output, tokens, cost_usd, error. All of it is one statement, thus one transaction:
 * the jobs, the counters of their groups, each job's place in the finishing order of its group, and what webhooks have to tell of it.
 *
 * The row of the group is locked until the commit, so whoever finishes next counts on from a committed number:
 * a reader that saw sequence n will never be given a smaller one later, and there are no gaps.
 * Groups are locked in the order of their ids, so that two statements cannot wait for each other.
 */
export const finishing = (target: string): string => `
  with target as materialized (${target}),
  per_group as materialized (
    select group_id, count(*) as n, count(*) filter (where new_status = 'succeeded') as succeeded
    from target where group_id is not null group by group_id
  ),
  locked as materialized (
    select g.id from job_group g join per_group p on p.group_id = g.id order by g.id for update of g
  ),
  counted as (
    update job_group g set finished = g.finished + p.n, succeeded = g.succeeded + p.succeeded
    from per_group p join locked l on l.id = p.group_id
    where g.id = p.group_id
    returning g.id, g.finished - p.n as base
  ),
  numbered as (
    select t.*, c.base + row_number() over (partition by t.group_id order by t.id) as sequence
    from target t left join counted c on c.id = t.group_id
  ),
  done as (
    update job j set
      status = n.new_status, finished_at = now(), finish_sequence = n.sequence, lease_until = null,
      attempts = coalesce(n.attempts, j.attempts), output = n.output, tokens = n.tokens,
      cost_usd = n.cost_usd, error = n.error
    from numbered n where j.id = n.id
    returning j.id, j.project_id, j.use_case_id, j.lane, j.group_id, j.model_reference, j.status, j.tags, j.attempts, j.tokens, j.cost_usd, j.error,
      j.created_at, j.started_at, j.finished_at, j.callback_url, j.pool, j.dispatch, j.finish_sequence, n.was
  ),
  told as (${jobOutbox('done')})
  select id, project_id, lane, group_id, status, pool, dispatch, finish_sequence, was from done order by id`;

/** A guard by owner and epoch: a queued job has no owner, so the gateway finishes it with a null owner, and a worker only what it holds. */
export const completeStatement = finishing(`
  select j.id, j.group_id, j.status as was, i.status as new_status,
         i.attempts::json as attempts, i.output::json as output, i.tokens::json as tokens, i.cost_usd, i.error::json as error
  from unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::numeric[], $9::text[])
    as i(id, owner, epoch, status, attempts, output, tokens, cost_usd, error)
  join job j on j.id = i.id
  where j.status in ('queued', 'running') and j.owner is not distinct from i.owner and j.epoch = i.epoch
  order by j.id for update of j`);

/** What a worker still did for a job that was cancelled or expired under its hands: its attempts were paid and belong to the receipt. */
export const lateAttemptsStatement = `
  update job j set attempts = i.attempts::json, tokens = i.tokens::json, cost_usd = i.cost_usd
  from unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::text[], $6::numeric[]) as i(id, owner, epoch, attempts, tokens, cost_usd)
  where j.id = i.id and j.status in ('cancelled', 'expired') and j.owner = i.owner and j.epoch = i.epoch and j.attempts is null and i.attempts is not null`;

const endedWithout = (status: 'cancelled' | 'expired', error: string) =>
  `'${status}' as new_status, null::json as attempts, null::json as output, null::json as tokens, null::numeric as cost_usd, ${error}::json as error`;

export const cancelStatement = finishing(`
  select j.id, j.group_id, j.status as was, ${endedWithout('cancelled', '$3::text')}
  from job j
  where j.id = any($1::text[]) and ($2::text is null or j.project_id = $2) and j.status in ('queued', 'running')
  order by j.id for update of j`);

export const cancelGroupStatement = finishing(`
  select j.id, j.group_id, j.status as was, ${endedWithout('cancelled', '$2::text')}
  from job j
  where j.id in (select o.id from job o where o.group_id = $1 and o.status in ('queued', 'running') limit $3) and j.status in ('queued', 'running')
  order by j.id for update of j`);

/** A running job is left to its worker, which knows the deadline too, until its lease has run out. */
export const expireStatement = finishing(`
  select j.id, j.group_id, j.status as was, ${endedWithout('expired', '$1::text')}
  from job j
  where j.status in ('queued', 'running') and j.expires_at <= now() and (j.status = 'queued' or j.lease_until < now())
  order by j.expires_at limit $2 for update of j skip locked`);
