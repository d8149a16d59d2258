-- Whose sign-in has ended is nobody, for the tables as well as for the functions. All that people write into tables
-- while they train is counted here first.

create or replace function private.limit_rate(
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
  if auth.uid() is null then
    return;
  end if;
  if private.is_signed_out() then
    perform private.refuse('unauthenticated', 'Sign in first.');
  end if;
  -- Nearly always the last time is long past, or there is room for one more.
  if p_count = 1 then
    update private.rate_limits r
    set hits = case when r.hits[1] > v_now - p_window then r.hits || v_now else array[v_now] end
    where r.user_id = p_user_id and r.action = p_action and r.scope_id = p_scope_id
      and (r.hits[cardinality(r.hits)] <= v_now - p_window
        or (r.hits[1] > v_now - p_window and cardinality(r.hits) < p_maximum));
    if found then
      return;
    end if;
  end if;
  -- The first time, several at once, or some times of many are past; or somebody else's first time, of the same
  -- person, at this very moment.
  insert into private.rate_limits as r (user_id, action, scope_id, hits)
  select u.id, p_action, p_scope_id,
    case when p_count <= p_maximum then array_fill(v_now, array[p_count]) else '{}' end
  from public.users u
  where u.id = p_user_id
  on conflict (user_id, action, scope_id) do update
    set hits = (
      select coalesce(array_agg(h order by h), '{}')
        || case when count(*) + p_count <= p_maximum then array_fill(v_now, array[p_count]) else '{}' end
      from unnest(r.hits) h
      where h > v_now - p_window
    )
  returning r.hits into v_hits;
  if not found then
    perform private.refuse('unauthenticated', 'This account no longer exists.');
  end if;
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
  'more often than the maximum within the window; with unauthenticated, when the sign-in of their token is over. '
  'Definer: nobody may reset their own count.';
