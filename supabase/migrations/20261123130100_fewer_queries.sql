-- Logging a set asks fewer queries, with the same results. Each query of PL/pgSQL costs its start and its end,
-- and `perform f()` is one: where a function is called for what it does, its result is assigned instead, which
-- PL/pgSQL evaluates without a query.

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

create or replace function private.set_owner(p_set_id uuid) returns uuid
language plpgsql stable
set search_path = ''
as $$
begin
  return coalesce(
    (select s.user_id from public.live_session_sets s where s.id = p_set_id),
    (select r.user_id from private.removed_live_session_sets r where r.id = p_set_id)
  );
end
$$;

create or replace function private.is_personal_record(p_set public.live_session_sets) returns boolean
language plpgsql stable
set search_path = ''
as $$
declare
  v_best numeric;
begin
  if p_set.set_type <> 'working' or p_set.e1rm_kg is null then
    return false;
  end if;
  v_best := private.best_before(p_set);
  -- Earlier sets of this session. While a set is being amended its old version is still in the table.
  if p_set.e1rm_kg <= v_best or exists (
    select from public.live_session_sets s
    where s.session_id = p_set.session_id
      and s.user_id = p_set.user_id
      and s.exercise_id = p_set.exercise_id
      and s.set_type = 'working'
      and s.id <> p_set.id
      and s.e1rm_kg >= p_set.e1rm_kg
      and (s.timestamp_ms, s.id) < (p_set.timestamp_ms, p_set.id)
  ) then
    return false;
  end if;
  -- The first time that somebody does an exercise is no record.
  return v_best is not null or exists (
    select from public.live_session_sets s
    where s.session_id = p_set.session_id
      and s.user_id = p_set.user_id
      and s.exercise_id = p_set.exercise_id
      and s.set_type = 'working'
      and s.id <> p_set.id
      and s.e1rm_kg is not null
      and (s.timestamp_ms, s.id) < (p_set.timestamp_ms, p_set.id)
  );
end
$$;

create or replace function private.before_set_insert() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := auth.uid();
  v_session public.live_sessions;
  v_owner uuid;
  v_called text;
begin
  if v_caller is not null and new.user_id is distinct from v_caller then
    perform private.refuse('permission_denied', 'You can log your own sets only.');
  end if;
  v_session := private.present_session(new.session_id, new.user_id);
  -- A retry: the answer to the first attempt got lost. Looked for before anything is refused, for it must
  -- succeed even when the session has ended meanwhile; and after waiting for the session, for a twin of this
  -- request may have been first.
  v_owner := private.set_owner(new.id);
  if v_owner = new.user_id then
    return null;
  end if;
  if v_owner is not null then
    perform private.require(false, 'This id belongs to another set.');
  end if;
  if v_session.id is null then
    v_session := private.require_presence(new.session_id, new.user_id);
  end if;
  v_called := private.check_set(new, v_session);
  -- Here, not after the statement: of a great many rows the first too many ends it.
  v_called := private.limit_rate(new.user_id, 'set', new.session_id, 60, interval '1 minute');
  new.created_at := clock_timestamp();
  new.e1rm_kg := private.epley_e1rm(new.weight_kg, new.reps);
  new.is_pr := private.is_personal_record(new);
  return new;
end
$$;

create or replace function private.extend_bests(p_set public.live_session_sets) returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_is_latest boolean;
  v_is_better boolean;
begin
  select
    not exists (
      select from public.live_session_sets s
      where s.session_id = p_set.session_id and s.user_id = p_set.user_id
        and s.exercise_id = p_set.exercise_id and s.timestamp_ms >= p_set.timestamp_ms and s.id <> p_set.id
    ),
    p_set.set_type = 'working' and not exists (
      select from private.exercise_bests b
      where b.user_id = p_set.user_id and b.exercise_id = p_set.exercise_id
        and b.e1rm_kg >= p_set.e1rm_kg
        and b.source_kind = 'session' and b.source_id = p_set.session_id
    )
  into v_is_latest, v_is_better;
  if v_is_latest and v_is_better then
    insert into private.exercise_bests
      (user_id, exercise_id, source_kind, source_id, e1rm_kg, achieved_at_ms)
    select p_set.user_id, p_set.exercise_id, 'session', p_set.session_id, p_set.e1rm_kg, p_set.timestamp_ms
    -- An account that is gone keeps its sets in other people's sessions, but needs no bests.
    where exists (select from public.users u where u.id = p_set.user_id);
  end if;
  return v_is_latest;
end
$$;

create or replace function private.after_sets_insert() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_set public.live_session_sets;
  v_number integer := 0;
  v_called text;
begin
  for v_set in select n.* from new_sets n limit 2 loop
    v_number := v_number + 1;
  end loop;
  if v_number = 0 then
    return null;
  end if;
  if v_number = 1 then
    v_called := private.count_sets(v_set.session_id, v_set.user_id, 1, v_set.weight_kg * v_set.reps,
      v_set.is_pr::integer);
    v_called := private.append_event(v_set.session_id, v_set.user_id, 'set_completed',
      private.set_event_data(v_set));
    if not private.extend_bests(v_set) then
      perform private.refresh_records(v_set.session_id, v_set.user_id, v_set.exercise_id, v_set.timestamp_ms);
    end if;
    v_called := private.follow_set(v_set);
    return null;
  end if;
  perform private.count_sets(d.session_id, d.user_id, d.sets, d.volume_kg, d.records)
  from (
    select n.session_id, n.user_id, count(*) as sets, sum(n.weight_kg * n.reps) as volume_kg,
      count(*) filter (where n.is_pr) as records
    from new_sets n
    group by n.session_id, n.user_id
  ) d;
  for v_set in select n.* from new_sets n order by n.timestamp_ms, n.id loop
    v_called := private.append_event(v_set.session_id, v_set.user_id, 'set_completed',
      private.set_event_data(v_set));
  end loop;
  perform private.refresh_records(d.session_id, d.user_id, d.exercise_id, d.from_ms)
  from (
    select n.session_id, n.user_id, n.exercise_id, min(n.timestamp_ms) as from_ms
    from new_sets n
    group by n.session_id, n.user_id, n.exercise_id
  ) d;
  for v_set in
    select distinct on (n.user_id) n.* from new_sets n order by n.user_id, n.timestamp_ms desc, n.id desc
  loop
    v_called := private.follow_set(v_set);
  end loop;
  return null;
end
$$;

create or replace function private.broadcast_event() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_called text;
begin
  v_called := realtime.send(private.event_json(new), 'live_event',
    private.topic('live_session:' || new.session_id), true);
  return null;
end
$$;

create or replace function private.broadcast_presence() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_unrefreshed public.workout_presence := old;
  v_display_name text;
  v_avatar_url text;
  v_visible boolean;
  v_topic text := 'workout_presence:' || new.user_id;
  v_key text;
  v_called text;
begin
  -- A mere sign of life is passed on once in every minute of the clock, however often it comes: often enough
  -- to tell it from being gone.
  if tg_op = 'UPDATE'
    and date_trunc('minute', new.last_updated_at) = date_trunc('minute', old.last_updated_at)
  then
    v_unrefreshed.last_updated_at := new.last_updated_at;
    if new is not distinct from v_unrefreshed then
      return null;
    end if;
  end if;
  -- A new workout: friends who were signed out since the last one may still have the channel open.
  if (tg_op = 'INSERT' or new.workout_started_at <> old.workout_started_at)
    and private.has_signed_out_friends(new.user_id)
  then
    perform private.move_topics(array[v_topic]);
  end if;
  select u.display_name, u.avatar_url, coalesce(s.visible, true), t.key
  into v_display_name, v_avatar_url, v_visible, v_key
  from public.users u
  left join private.presence_settings s on s.user_id = u.id
  left join private.topics t on t.name = v_topic
  where u.id = new.user_id;
  if v_visible then
    v_called := realtime.send(private.presence_object(new, v_display_name, v_avatar_url), 'presence_update',
      v_topic || coalesce(':' || v_key, ''), true);
  end if;
  return null;
end
$$;

-- What guards a session is asked only where there is something to guard. Which columns a statement names is known
-- without a look at the row; a condition is read anew by every statement, so this one is short.
drop trigger live_sessions_10_guard on public.live_sessions;
create trigger live_sessions_10_guard before update of id, mode, status on public.live_sessions
  for each row execute function private.guard_session();
create trigger live_sessions_11_guard_rest before update on public.live_sessions
  for each row when (old.status = 'ended' or new.last_event_seq < old.last_event_seq)
  execute function private.guard_session();
