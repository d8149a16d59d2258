-- Logging a set, with all that it causes, in as few statements as it takes. What comes of it stays as it was.

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
  update private.rate_limits r
  set hits = case
    -- Nearly always the last time is long past, or there is room for one more.
    when p_count = 1 and r.hits[cardinality(r.hits)] <= v_now - p_window then array[v_now]
    when p_count = 1 and r.hits[1] > v_now - p_window and cardinality(r.hits) < p_maximum then r.hits || v_now
    else (
      select coalesce(array_agg(h order by h), '{}')
        || case when count(*) + p_count <= p_maximum then array_fill(v_now, array[p_count]) else '{}' end
      from unnest(r.hits) h
      where h > v_now - p_window
    )
  end
  where r.user_id = p_user_id and r.action = p_action and r.scope_id = p_scope_id
  returning r.hits into v_hits;
  -- The first time; or somebody else's first time, of the same person, at this very moment.
  if not found then
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

create or replace function private.lock_current_session() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  perform from public.live_sessions s
  where s.id = (
    select p.session_id from public.live_session_participants p
    where p.user_id = (select auth.uid()) and p.left_at is null
  )
  for no key update;
  return null;
end
$$;

create function private.present_session(p_session_id uuid, p_user_id uuid)
returns public.live_sessions
language plpgsql security definer
set search_path = ''
as $$
declare
  v_session public.live_sessions;
begin
  -- Locks no session but the one that the person is in: two locked in one transaction, in an order that a
  -- client chooses, would be a deadlock.
  select s.* into v_session
  from public.live_sessions s
  where s.id = p_session_id and exists (
    select from public.live_session_participants p
    where p.session_id = s.id and p.user_id = p_user_id and p.left_at is null
  )
  for no key update;
  -- Once more: they may have gone while this waited.
  if found and exists (
    select from public.live_session_participants p
    where p.session_id = p_session_id and p.user_id = p_user_id and p.left_at is null
  ) then
    return v_session;
  end if;
  return null;
end
$$;
comment on function private.present_session(uuid, uuid) is
  'The session, locked, if the person is in it now; otherwise a row of nulls. Definer: see lock_session().';

create or replace function private.require_presence(p_session_id uuid, p_user_id uuid)
returns public.live_sessions
language plpgsql security definer
set search_path = ''
as $$
declare
  v_session public.live_sessions := private.present_session(p_session_id, p_user_id);
begin
  -- Whoever is in a session sees it.
  if v_session.id is not null then
    return v_session;
  end if;
  select s.* into v_session from public.live_sessions s where s.id = p_session_id;
  if v_session.id is null
    -- Without a caller the owner of the database writes for someone: nobody to hide a session from.
    or (auth.uid() is not null and not private.can_see_session(p_session_id))
  then
    perform private.refuse('session_not_found', 'There is no such session.');
  end if;
  if not exists (
    select from public.live_session_participants p
    where p.session_id = p_session_id and p.user_id = p_user_id
  ) then
    perform private.refuse('not_participant', 'Join the session first.');
  end if;
  if v_session.status = 'ended' then
    perform private.refuse('session_ended', 'This session has ended.');
  end if;
  perform private.refuse('not_participant', 'You have left this session; join it again first.');
  return null;
end
$$;

create or replace function private.check_set(p_set public.live_session_sets, p_session public.live_sessions)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_earliest bigint := private.epoch_ms(p_session.started_at - interval '5 minutes');
  v_latest bigint := private.epoch_ms(clock_timestamp() + interval '5 minutes');
begin
  -- Nearly every set is good: one look, and the reason only of one that is not.
  if p_session.status <> 'pending'
    and char_length(p_set.exercise_id) between 1 and 100
    and char_length(p_set.exercise_name) between 1 and 100
    and p_set.weight_kg between 0 and 2000
    and p_set.reps between 1 and 1000
    and coalesce(p_set.intensity_score, 0) between 0 and 1000
    and p_set.timestamp_ms between v_earliest and v_latest
  then
    return;
  end if;
  if p_session.status = 'pending' then
    perform private.refuse('session_not_started', 'Sets can be logged once the session has started.');
  end if;
  perform private.require(char_length(p_set.exercise_id) between 1 and 100,
    'exercise_id has 1 to 100 characters.');
  perform private.require(char_length(p_set.exercise_name) between 1 and 100,
    'exercise_name has 1 to 100 characters.');
  perform private.require(p_set.weight_kg between 0 and 2000, 'weight_kg lies between 0 and 2000.');
  perform private.require(p_set.reps between 1 and 1000, 'reps lies between 1 and 1000.');
  perform private.require(p_set.intensity_score is null or p_set.intensity_score between 0 and 1000,
    'intensity_score lies between 0 and 1000.');
  perform private.require(p_set.timestamp_ms >= v_earliest, 'timestamp_ms lies before the start of the session.');
  perform private.require(p_set.timestamp_ms <= v_latest, 'timestamp_ms lies in the future.');
end
$$;

create or replace function private.set_owner(p_set_id uuid) returns uuid
language plpgsql stable
set search_path = ''
as $$
declare
  v_owner uuid;
begin
  select s.user_id into v_owner from public.live_session_sets s where s.id = p_set_id;
  if not found then
    select r.user_id into v_owner from private.removed_live_session_sets r where r.id = p_set_id;
  end if;
  return v_owner;
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
  if p_set.e1rm_kg <= v_best then
    return false;
  end if;
  -- While a set is being amended its old version is still in the table.
  return coalesce(p_set.e1rm_kg > greatest(v_best, (
    select max(s.e1rm_kg) from public.live_session_sets s
    where s.session_id = p_set.session_id
      and s.user_id = p_set.user_id
      and s.exercise_id = p_set.exercise_id
      and s.set_type = 'working'
      and s.id <> p_set.id
      and (s.timestamp_ms, s.id) < (p_set.timestamp_ms, p_set.id)
  )), false);
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
  perform private.check_set(new, v_session);
  -- Here, not after the statement: of a great many rows the first too many ends it.
  perform private.limit_rate(new.user_id, 'set', new.session_id, 60, interval '1 minute');
  new.created_at := clock_timestamp();
  new.e1rm_kg := private.epley_e1rm(new.weight_kg, new.reps);
  new.is_pr := private.is_personal_record(new);
  return new;
end
$$;

create or replace function private.append_event(
  p_session_id uuid, p_user_id uuid, p_type public.live_session_event_type, p_data jsonb default '{}'
) returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.live_session_events (session_id, user_id, type, event_data)
  values (p_session_id, p_user_id, p_type,
    jsonb_build_object('type', p_type, 'data', jsonb_strip_nulls(p_data)));
end
$$;

create or replace function private.number_event() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  -- The one counter that an event moves goes along: one version of the row instead of two.
  update public.live_sessions s
  set last_event_seq = s.last_event_seq + 1,
    total_sets_completed = s.total_sets_completed
      + case new.type when 'set_completed' then 1 when 'set_removed' then -1 else 0 end
  where s.id = new.session_id
  returning s.last_event_seq into new.seq;
  -- Taken under the session's lock, so that times never run against the numbers.
  new.created_at := clock_timestamp();
  return new;
end
$$;

create or replace function private.count_sets(
  p_session_id uuid, p_user_id uuid, p_sets bigint, p_volume_kg numeric, p_records bigint
) returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.live_session_participants p
  set sets_completed = p.sets_completed + p_sets,
    total_volume_kg = p.total_volume_kg + p_volume_kg,
    pr_count = p.pr_count + p_records,
    last_active_at = clock_timestamp()
  where p.session_id = p_session_id and p.user_id = p_user_id;
end
$$;
comment on function private.count_sets(uuid, uuid, bigint, numeric, bigint) is
  'Adds a change in sets, volume (kg) and records to the counters of a participant. The session''s counter '
  'moves with the event.';

create function private.extend_bests(p_set public.live_session_sets) returns boolean
language plpgsql
set search_path = ''
as $$
begin
  if exists (
    select from public.live_session_sets s
    where s.session_id = p_set.session_id and s.user_id = p_set.user_id
      and s.exercise_id = p_set.exercise_id and s.timestamp_ms >= p_set.timestamp_ms and s.id <> p_set.id
  ) then
    return false;
  end if;
  if p_set.set_type = 'working' and not exists (
    select from private.exercise_bests b
    where b.user_id = p_set.user_id and b.exercise_id = p_set.exercise_id
      and b.e1rm_kg >= p_set.e1rm_kg
      and b.source_kind = 'session' and b.source_id = p_set.session_id
  ) then
    insert into private.exercise_bests
      (user_id, exercise_id, source_kind, source_id, e1rm_kg, achieved_at_ms)
    select p_set.user_id, p_set.exercise_id, 'session', p_set.session_id, p_set.e1rm_kg, p_set.timestamp_ms
    -- An account that is gone keeps its sets in other people's sessions, but needs no bests.
    where exists (select from public.users u where u.id = p_set.user_id);
  end if;
  return true;
end
$$;
comment on function private.extend_bests(public.live_session_sets) is
  'Takes a new set into its person''s bests, if it is the latest of its exercise: then nothing that was '
  'logged before changes, and at most one step is added. Otherwise does nothing and says false.';

create function private.follow_set(p_set public.live_session_sets) returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.workout_presence w
  set last_set_completed_at = greatest(w.last_set_completed_at,
      least(to_timestamp(p_set.timestamp_ms / 1000.0), clock_timestamp())),
    current_exercise_id = p_set.exercise_id, current_exercise_name = p_set.exercise_name,
    last_updated_at = clock_timestamp()
  where w.user_id = p_set.user_id;
end
$$;
comment on function private.follow_set(public.live_session_sets) is
  'Logging sets keeps one''s presence current.';
drop trigger live_session_sets_60_presence on public.live_session_sets;
drop function private.follow_sets();

create or replace function private.after_sets_insert() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_set public.live_session_sets;
  v_number bigint;
begin
  select count(*) into v_number from new_sets;
  if v_number = 0 then
    return null;
  end if;
  if v_number = 1 then
    select n.* into v_set from new_sets n;
    perform private.count_sets(v_set.session_id, v_set.user_id, 1, v_set.weight_kg * v_set.reps,
      v_set.is_pr::integer);
    perform private.append_event(v_set.session_id, v_set.user_id, 'set_completed',
      private.set_event_data(v_set));
    if not private.extend_bests(v_set) then
      perform private.refresh_records(v_set.session_id, v_set.user_id, v_set.exercise_id, v_set.timestamp_ms);
    end if;
    perform private.follow_set(v_set);
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
    perform private.append_event(v_set.session_id, v_set.user_id, 'set_completed',
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
    perform private.follow_set(v_set);
  end loop;
  return null;
end
$$;

-- Asked only where it has something to guard.
drop trigger live_sessions_10_guard on public.live_sessions;
create trigger live_sessions_10_guard before update on public.live_sessions
  for each row when (
    old.status = 'ended' or new.status is distinct from old.status or new.id <> old.id
    or new.mode <> old.mode or new.last_event_seq < old.last_event_seq
  )
  execute function private.guard_session();

create or replace function private.presence_json(p_presence public.workout_presence) returns jsonb
language plpgsql stable security definer
set search_path = ''
as $$
declare
  v_display_name text;
  v_avatar_url text;
begin
  select u.display_name, u.avatar_url into v_display_name, v_avatar_url
  from public.users u where u.id = p_presence.user_id;
  if not found then
    return null;
  end if;
  return private.presence_object(p_presence, v_display_name, v_avatar_url);
end
$$;

create function private.presence_object(
  p_presence public.workout_presence, p_display_name text, p_avatar_url text
) returns jsonb
language plpgsql immutable
set search_path = ''
as $$
begin
  return jsonb_strip_nulls(jsonb_build_object(
    'userId', p_presence.user_id,
    'displayName', p_display_name,
    'avatarUrl', p_avatar_url,
    'isInLiveSession', p_presence.is_in_live_session,
    'liveSessionId', p_presence.live_session_id,
    'currentExerciseId', p_presence.current_exercise_id,
    'currentExerciseName', p_presence.current_exercise_name,
    'workoutStartedAt', private.epoch_ms(p_presence.workout_started_at),
    'lastSetCompletedAt', private.epoch_ms(p_presence.last_set_completed_at),
    'status', p_presence.status
  ));
end
$$;
comment on function private.presence_object(public.workout_presence, text, text) is
  'A presence, and the person''s name, as the type WorkoutPresence.';

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
    perform realtime.send(private.presence_object(new, v_display_name, v_avatar_url), 'presence_update',
      v_topic || coalesce(':' || v_key, ''), true);
  end if;
  return null;
end
$$;

-- Rows that are written with every set stay on their page: room for a new version.
alter table public.live_session_participants set (fillfactor = 70);
alter table private.rate_limits set (fillfactor = 50);

-- Every version of a session's row is checked again; most plans are empty.
alter table public.live_sessions
  drop constraint live_sessions_planned_exercises_check,
  add constraint live_sessions_planned_exercises_check
    check (planned_exercises = '[]' or private.is_plan(planned_exercises));


-- Logging locks the session itself, before anything is written.
drop trigger live_session_sets_05_lock on public.live_session_sets;
create trigger live_session_sets_05_lock before update or delete on public.live_session_sets
  for each statement execute function private.lock_current_session();

revoke all on function
  private.present_session(uuid, uuid), private.extend_bests(public.live_session_sets),
  private.follow_set(public.live_session_sets),
  private.presence_object(public.workout_presence, text, text)
from public;
