-- How often a person may do what. A sliding window for each person, action and place.

create table private.rate_limits (
  user_id uuid not null references public.users (id) on delete cascade,
  action text not null,
  -- The session or person it is about; the person themselves where it is about nothing else.
  scope_id uuid not null,
  hits timestamptz[] not null,
  primary key (user_id, action, scope_id)
);
comment on table private.rate_limits is
  'When a person last did what is limited: no more entries than the limit has, none older than its window.';
comment on column private.rate_limits.hits is 'When it was done, oldest first, within the window.';
comment on column private.rate_limits.scope_id is
  'The session or person it is about; the person themselves where it is about nothing else.';

create function private.limit_rate(
  p_user_id uuid, p_action text, p_scope_id uuid, p_maximum integer, p_window interval,
  p_count integer default 1
) returns void
language plpgsql security definer
set search_path = ''
as $$
declare
  v_now timestamptz := clock_timestamp();
  v_hits timestamptz[];
begin
  -- The owner of the database, who writes for someone, is not limited.
  if (select auth.uid()) is null then
    return;
  end if;
  if not exists (select from public.users u where u.id = p_user_id) then
    perform private.refuse('unauthenticated', 'This account no longer exists.');
  end if;
  insert into private.rate_limits as r (user_id, action, scope_id, hits)
  values (p_user_id, p_action, p_scope_id,
    case when p_count <= p_maximum then array_fill(v_now, array[p_count]) else '{}' end)
  on conflict (user_id, action, scope_id) do update
    set hits = (
      select coalesce(array_agg(h order by h), '{}')
        || case when count(*) + p_count <= p_maximum then excluded.hits else '{}' end
      from unnest(r.hits) h
      where h > v_now - p_window
    )
  returning r.hits into v_hits;
  -- This one was not added: there was no room for it.
  if v_hits[cardinality(v_hits)] is distinct from v_now then
    perform private.refuse('rate_limited', 'That was too often; wait a moment.', jsonb_build_object(
      'retryAfterSeconds', greatest(1, ceil(extract(epoch from
        -- When enough of the earlier ones are out of the window.
        coalesce(v_hits[least(cardinality(v_hits) + p_count - p_maximum, cardinality(v_hits))], v_now)
          + p_window - v_now)))));
  end if;
end
$$;
comment on function private.limit_rate(uuid, text, uuid, integer, interval, integer) is
  'Counts an action and refuses with rate_limited, and the seconds to wait, when a person has done it '
  'more often than the maximum within the window. Definer: nobody may reset their own count.';

revoke all on private.rate_limits from public, anon, authenticated;
revoke all on function
  private.limit_rate(uuid, text, uuid, integer, interval, integer)
from public;
