import { circuitFailures } from '@weighbridge/inference-domain';
import { eventBody, newDeliveryId } from './webhook-outbox.ts';

export const deliveryColumns = `d.id, d.project_id, d.endpoint_id, d.url as callback_url, e.url as endpoint_url, d.event_id, d.event_type, d.subject_id, d.status, d.attempts,
  d.next_attempt_at, d.last_status_code, d.last_error, d.created_at, d.finished_at`;

/** $1 the endpoint: what it has not heard it will not hear. */
export const buryPending = `
  update webhook_delivery set status = 'dead', finished_at = now(), next_attempt_at = null, lease_until = null, last_error = 'the webhook was disabled'
  where endpoint_id = $1 and status = 'pending'`;

export const listDeliveries = `
  select ${deliveryColumns} from webhook_delivery d join webhook_endpoint e on e.id = d.endpoint_id
  where ($1::text is null or d.project_id = $1) and ($2::text is null or d.endpoint_id = $2) and ($3::text is null or d.status = $3)
    and ($4::text is null or d.subject_id = $4) and ($5::text is null or d.id < $5)
  order by d.id desc limit $6`;

export const findDelivery = `
  select ${deliveryColumns}, d.body from webhook_delivery d join webhook_endpoint e on e.id = d.endpoint_id
  where d.id = $1 and ($2::text is null or d.project_id = $2)`;

/** What is being told at this moment is left alone: it is told anyway. */
export const redeliver = `
  with again as (
    update webhook_delivery d set status = 'pending', next_attempt_at = now(), finished_at = null, round = 0
    from webhook_endpoint e
    where d.id = $1 and e.id = d.endpoint_id and e.status = 'active' and d.lease_until is null
    returning d.target
  )
  update webhook_circuit c set open_until = null from again a where c.target = a.target`;

/** $1 endpoint, $2 project, $3 the id of the event. */
export const insertTest = `
  insert into webhook_delivery (id, project_id, endpoint_id, target, event_id, event_type, subject_id, body)
  select ${newDeliveryId}, e.project_id, e.id, e.id, $3, 'webhook.test', e.id,
         ${eventBody('$3::text', `'webhook.test'`, 'now()', `json_build_object('id', e.id, 'object', 'webhook', 'projectId', e.project_id)`)}
  from webhook_endpoint e
  where e.id = $1 and e.kind = 'endpoint' and e.status = 'active' and ($2::text is null or e.project_id = $2)
  returning id`;

/** A message that was lost, or a worker that died: its lease has run out. */
export const freeLost = `update webhook_delivery set lease_until = null where status = 'pending' and lease_until < now()`;

/**
 * What is due, receiver by receiver: each has at most $1 under way, one whose circuit is half open has one, one whose circuit is open has none.
 * So neither a slow receiver nor a dead one with a million deliveries keeps the others waiting. $2: under way all in all. $3: lease in ms.
 * The list of receivers is read by steps through an index, whatever the number of deliveries.
 */
export const takeDue = `
  with recursive targets as (
    (select d.target from webhook_delivery d where d.status = 'pending' and d.lease_until is null order by d.target limit 1)
    union all
    select (select d.target from webhook_delivery d where d.status = 'pending' and d.lease_until is null and d.target > t.target order by d.target limit 1)
    from targets t where t.target is not null
  ),
  willing as (
    select t.target, case when coalesce(c.failures, 0) >= ${circuitFailures} then 1 else $1::int end as at_once
    from targets t left join webhook_circuit c on c.target = t.target
    where t.target is not null and (c.open_until is null or c.open_until <= now())
  ),
  picked as materialized (
    select p.id from willing w
    cross join lateral (select count(*) as jobs from webhook_delivery b where b.target = w.target and b.status = 'pending' and b.lease_until is not null) busy
    cross join lateral (
      select d.id, d.next_attempt_at, row_number() over (order by d.next_attempt_at) as place from webhook_delivery d
      where d.target = w.target and d.status = 'pending' and d.lease_until is null and d.next_attempt_at <= now()
      order by d.next_attempt_at limit greatest(w.at_once - busy.jobs, 0)
    ) p
    order by p.place, p.next_attempt_at
    limit greatest($2 - (select count(*) from webhook_delivery u where u.status = 'pending' and u.lease_until is not null), 0)
  ),
  locked as materialized (
    select d.id from webhook_delivery d join picked p on p.id = d.id where d.status = 'pending' and d.lease_until is null order by d.id for update of d skip locked
  )
  update webhook_delivery d set dispatch = d.dispatch + 1, lease_until = now() + make_interval(secs => $3::float8 / 1000)
  from locked l where d.id = l.id returning d.id, d.dispatch`;

/**
 * What is due for a day and was not tried, since its receiver fails and is left alone: given up like what was tried for a day.
 * What is late for another reason (nobody tells anything) is not the receiver's fault and waits. $1: at most.
 */
export const buryOverdue = `
  update webhook_delivery set status = 'dead', finished_at = now(), next_attempt_at = null, last_error = coalesce(last_error, 'the receiver failed for a day')
  where id in (
    select d.id from webhook_circuit c join webhook_delivery d on d.target = c.target
    where c.failures >= ${circuitFailures} and d.status = 'pending' and d.lease_until is null and d.next_attempt_at < now() - interval '24 hours'
    limit $1 for update of d skip locked
  )`;

/** $1 id, $2 dispatch, $3 lease in ms. */
export const claimDelivery = `
  update webhook_delivery d set lease_until = now() + make_interval(secs => $3::float8 / 1000)
  from webhook_endpoint e
  where d.id = $1 and d.dispatch = $2 and d.status = 'pending' and e.id = d.endpoint_id
  returning d.id, d.dispatch, d.target, coalesce(d.url, e.url) as url, d.event_id, d.body, d.round,
    array_remove(array[e.secret_sealed, case when e.previous_secret_until > now() then e.previous_secret_sealed end], null) as secrets_sealed`;

/** $1 id, $2 dispatch, $3 status, $4 wait in ms, $5 status code, $6 error, $7 began, $8 took ms, $9 excerpt. No row: somebody else has it, or it is gone. */
export const recordTry = `
  with tried as (
    update webhook_delivery d set status = $3, attempts = d.attempts + 1, round = d.round + 1, lease_until = null, last_status_code = $5, last_error = $6,
      next_attempt_at = case when $3 = 'pending' then now() + make_interval(secs => $4::float8 / 1000) end,
      finished_at = case when $3 <> 'pending' then now() end
    where d.id = $1 and d.dispatch = $2 and d.status = 'pending'
    returning d.id, d.attempts, d.endpoint_id, d.target
  ), logged as (
    insert into webhook_attempt (delivery_id, number, started_at, duration_ms, status_code, error, response_excerpt)
    select t.id, t.attempts, $7, $8, $5, $6, $9 from tried t
  )
  select endpoint_id, target from tried`;

export const countFailure = `
  insert into webhook_circuit as c (target, failures) values ($1, 1)
  on conflict (target) do update set failures = c.failures + 1, updated_at = now() returning failures`;

export const disableGone = `update webhook_endpoint set status = 'disabled', disabled_reason = 'gone', disabled_at = now(), updated_at = now() where id = $1 and kind = 'endpoint' returning id`;

export const summarise = `select count(*)::int as pending, extract(epoch from now() - min(created_at)) as oldest_seconds from webhook_delivery where status = 'pending'`;

export const purgeFinished = `
  delete from webhook_delivery where id in (
    select id from webhook_delivery where status <> 'pending' and finished_at < now() - make_interval(days => $1::int) limit $2
  )`;
