/**
 * Tables and functions of the holds in PostgreSQL, made again (functions replaced, tables kept) by every migration of the queue home.
 * Amounts are whole pico-USD. Each function is one atomic act; it locks the hold, then its accounts in the order of
 * their ids (byte by byte, whatever the collation), so that two never wait for each other.
 */
export const budgetHoldsSchema = `
create table if not exists budget_account (
  account_id text primary key,
  kind text not null default 'soft' check (kind in ('hard', 'soft')),
  limit_pico numeric(38) check (limit_pico >= 0), -- null: only settlements know it, it was never configured
  spent_pico numeric(38) not null default 0 check (spent_pico >= 0),
  held_pico numeric(38) not null default 0 check (held_pico >= 0)
);
create table if not exists budget_hold (
  hold_id text primary key,
  owner text not null,
  left_pico numeric(38) not null check (left_pico >= 0),
  account_ids text[] not null,
  context text not null,
  started integer[] not null default '{}',
  expires_at timestamptz not null
);
create index if not exists budget_hold_expires_at_idx on budget_hold (expires_at);
create table if not exists budget_settled (
  key text primary key,
  settled_at timestamptz not null default now()
);
create index if not exists budget_settled_settled_at_idx on budget_settled (settled_at);

create or replace function budget_configure(p_ids text[], p_kinds text[], p_limits numeric[], p_spents numeric[], p_reseeds boolean[]) returns void
language sql set search_path from current as $$
  insert into budget_account as a (account_id, kind, limit_pico, spent_pico)
    select id, kind, limit_pico, spent_pico from unnest(p_ids, p_kinds, p_limits, p_spents) as given(id, kind, limit_pico, spent_pico) order by id collate "C"
  on conflict (account_id) do update set
    kind = excluded.kind,
    limit_pico = excluded.limit_pico,
    spent_pico = case
      when p_reseeds[array_position(p_ids, a.account_id)] then excluded.spent_pico
      when a.limit_pico is null then greatest(a.spent_pico, excluded.spent_pico)
      else a.spent_pico
    end
$$;

-- Sets the amount aside in all accounts, or in none: then answers why.
create or replace function budget_reserve(p_account_ids text[], p_amount numeric,
  out result text, out account_id text, out limit_pico numeric, out spent_pico numeric, out held_pico numeric)
language plpgsql set search_path from current as $$
declare
  id text;
  a budget_account;
begin
  for id in select wanted from unnest(p_account_ids) as wanted order by wanted collate "C" loop
    select * into a from budget_account where budget_account.account_id = id for update;
    if a.limit_pico is null then
      result := 'unknown-account';
    elsif a.kind = 'hard' and p_amount > 0 and a.spent_pico + a.held_pico + p_amount > a.limit_pico then
      result := 'exceeded';
    else
      continue;
    end if;
    account_id := id;
    limit_pico := a.limit_pico;
    spent_pico := a.spent_pico;
    held_pico := a.held_pico;
    return;
  end loop;
  update budget_account set held_pico = budget_account.held_pico + p_amount where budget_account.account_id = any(p_account_ids);
  result := 'ok';
end
$$;

create or replace function budget_take_hold(p_id text, p_owner text, p_amount numeric, p_account_ids text[], p_context text, p_ttl_ms bigint,
  out result text, out account_id text, out limit_pico numeric, out spent_pico numeric, out held_pico numeric)
language plpgsql set search_path from current as $$
begin
  insert into budget_hold (hold_id, owner, left_pico, account_ids, context, expires_at)
    values (p_id, p_owner, p_amount, p_account_ids, p_context, clock_timestamp() + p_ttl_ms * interval '1 millisecond')
    on conflict do nothing;
  if not found then
    result := 'ok';
    return;
  end if;
  select * into result, account_id, limit_pico, spent_pico, held_pico from budget_reserve(p_account_ids, p_amount);
  if result <> 'ok' then
    delete from budget_hold where hold_id = p_id;
  end if;
end
$$;

create or replace function budget_start(p_id text, p_attempt integer, p_ttl_ms bigint) returns boolean
language plpgsql set search_path from current as $$
begin
  -- On disk before the backend is called, with all that came before it.
  perform set_config('synchronous_commit', 'on', true);
  update budget_hold set
    started = case when p_attempt = any(started) then started else started || p_attempt end,
    expires_at = greatest(expires_at, clock_timestamp() + p_ttl_ms * interval '1 millisecond')
  where hold_id = p_id;
  return found;
end
$$;

create or replace function budget_extend(p_id text, p_amount numeric, p_ttl_ms bigint,
  out result text, out account_id text, out limit_pico numeric, out spent_pico numeric, out held_pico numeric)
language plpgsql set search_path from current as $$
declare
  ids text[];
begin
  select account_ids into ids from budget_hold where hold_id = p_id for update;
  if not found then
    result := 'unknown-hold';
    return;
  end if;
  select * into result, account_id, limit_pico, spent_pico, held_pico from budget_reserve(ids, p_amount);
  if result = 'ok' then
    update budget_hold set
      left_pico = left_pico + p_amount,
      expires_at = greatest(expires_at, clock_timestamp() + p_ttl_ms * interval '1 millisecond')
    where hold_id = p_id;
  end if;
end
$$;

-- Adds to spent and takes from held, in the order of ids; an account that is not there yet is made.
create or replace function budget_charge(p_account_ids text[], p_spent numeric, p_freed numeric) returns void
language sql set search_path from current as $$
  insert into budget_account as a (account_id, spent_pico)
    select id, p_spent from unnest(p_account_ids) as given(id) order by id collate "C"
  on conflict (account_id) do update set
    spent_pico = a.spent_pico + p_spent,
    held_pico = greatest(a.held_pico - p_freed, 0)
$$;

create or replace function budget_settle(p_id text, p_actual numeric, p_final boolean, p_key text, p_account_ids text[]) returns text
language plpgsql set search_path from current as $$
declare
  h budget_hold;
begin
  insert into budget_settled (key) values (p_key) on conflict do nothing;
  if not found then
    return 'duplicate';
  end if;
  select * into h from budget_hold where hold_id = p_id for update;
  if not found then
    perform budget_charge(p_account_ids, p_actual, 0);
    return 'without-hold';
  end if;
  if p_final then
    delete from budget_hold where hold_id = p_id;
    perform budget_charge(h.account_ids, p_actual, h.left_pico);
  else
    update budget_hold set left_pico = greatest(left_pico - p_actual, 0) where hold_id = p_id;
    perform budget_charge(h.account_ids, p_actual, least(h.left_pico, p_actual));
  end if;
  return 'settled';
end
$$;

create or replace function budget_release(p_id text) returns text
language plpgsql set search_path from current as $$
declare
  h budget_hold;
begin
  select * into h from budget_hold where hold_id = p_id for update;
  if not found then
    return 'unknown';
  end if;
  if cardinality(h.started) > 0 then
    return 'started';
  end if;
  delete from budget_hold where hold_id = p_id;
  perform budget_charge(h.account_ids, 0, h.left_pico);
  return 'released';
end
$$;
`;
