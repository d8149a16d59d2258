-- Who is training right now, for their friends to see.

create table public.workout_presence (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null constraint workout_presence_user_id_key unique
    references public.users (id) on delete cascade,
  is_in_live_session boolean not null default false,
  live_session_id uuid references public.live_sessions (id) on delete set null,
  current_exercise_id text check (char_length(current_exercise_id) between 1 and 100),
  current_exercise_name text check (char_length(current_exercise_name) between 1 and 100),
  workout_started_at timestamptz not null default clock_timestamp(),
  last_set_completed_at timestamptz,
  status public.live_session_participant_status not null default 'working_out',
  last_updated_at timestamptz not null default clock_timestamp(),
  constraint workout_presence_session_fits check (live_session_id is null or is_in_live_session)
);
comment on table public.workout_presence is
  'One row a person: what they are doing now. Not refreshed for five minutes it counts as gone.';
comment on column public.workout_presence.last_updated_at is
  'The latest sign of life; five minutes later the person counts as gone.';
comment on column public.workout_presence.live_session_id is
  'The live session, where whoever reads the row may know of it: of the host of a session that is not '
  'private. Of everybody else friends learn only that they are in one.';
create index workout_presence_last_updated_at_idx on public.workout_presence (last_updated_at);
comment on index public.workout_presence_last_updated_at_idx is 'Serves clearing rows that are long gone.';
create index workout_presence_live_session_id_idx on public.workout_presence (live_session_id)
  where live_session_id is not null;
comment on index public.workout_presence_live_session_id_idx is 'Serves the foreign key.';

create function private.presence_json(p_presence public.workout_presence) returns jsonb
language sql stable security definer
set search_path = ''
as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'userId', p_presence.user_id,
    'displayName', u.display_name,
    'avatarUrl', u.avatar_url,
    'isInLiveSession', p_presence.is_in_live_session,
    'liveSessionId', p_presence.live_session_id,
    'currentExerciseId', p_presence.current_exercise_id,
    'currentExerciseName', p_presence.current_exercise_name,
    'workoutStartedAt', private.epoch_ms(p_presence.workout_started_at),
    'lastSetCompletedAt', private.epoch_ms(p_presence.last_set_completed_at),
    'status', p_presence.status
  ))
  from public.users u
  where u.id = p_presence.user_id
$$;
comment on function private.presence_json(public.workout_presence) is
  'A person''s presence as the type WorkoutPresence. Definer: a friend of someone''s friend may not read '
  'the profile.';

create function private.broadcast_presence() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  -- A mere sign of life is passed on once a minute: often enough to tell it from being gone.
  if tg_op = 'UPDATE'
    and to_jsonb(new) - 'last_updated_at' = to_jsonb(old) - 'last_updated_at'
    and new.last_updated_at < old.last_updated_at + interval '1 minute'
  then
    return null;
  end if;
  perform realtime.send(private.presence_json(new), 'presence_update',
    'workout_presence:' || new.user_id, true);
  return null;
end
$$;
comment on function private.broadcast_presence() is
  'Tells a person''s friends. Definer: realtime.send runs with its caller''s rights and would lose the '
  'message without a word.';

create trigger workout_presence_50_broadcast after insert or update on public.workout_presence
  for each row execute function private.broadcast_presence();

create function private.is_gone(p_last_updated_at timestamptz) returns boolean
language sql stable
set search_path = ''
as $$ select p_last_updated_at < now() - interval '5 minutes' $$;
comment on function private.is_gone(timestamptz) is
  'Whether a presence last refreshed then counts as gone.';

create function private.follow_participation() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if new.left_at is null then
    insert into public.workout_presence as w
      (user_id, is_in_live_session, live_session_id, status, current_exercise_id)
    select new.user_id, true,
      case when s.visibility <> 'private' and s.host_id = new.user_id then s.id end, new.status,
      new.current_exercise_id
    from public.live_sessions s
    where s.id = new.session_id
      -- An account that is being deleted gets no presence any more.
      and exists (select from public.users u where u.id = new.user_id)
    on conflict (user_id) do update
      set is_in_live_session = true, live_session_id = excluded.live_session_id,
        status = excluded.status,
        current_exercise_name = case
          when excluded.current_exercise_id is not distinct from w.current_exercise_id
            then w.current_exercise_name
        end,
        current_exercise_id = excluded.current_exercise_id,
        workout_started_at = case
          when private.is_gone(w.last_updated_at) then clock_timestamp() else w.workout_started_at
        end,
        last_updated_at = clock_timestamp();
  elsif tg_op = 'UPDATE' and old.left_at is null then
    update public.workout_presence w
    set is_in_live_session = false, live_session_id = null, status = 'finished',
      current_exercise_id = null, current_exercise_name = null, last_updated_at = clock_timestamp()
    where w.user_id = new.user_id;
  end if;
  return null;
end
$$;
comment on function private.follow_participation() is
  'Joining, leaving and reporting a status in a live session keep one''s presence current. Definer: '
  'presence is written by the database only.';

create trigger live_session_participants_60_presence
  after insert or update of left_at, status, current_exercise_id on public.live_session_participants
  for each row execute function private.follow_participation();

create function private.follow_sets() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  update public.workout_presence w
  set last_set_completed_at = greatest(w.last_set_completed_at, d.done_at),
    current_exercise_id = d.exercise_id, current_exercise_name = d.exercise_name,
    last_updated_at = clock_timestamp()
  from (
    select distinct on (n.user_id) n.user_id, n.exercise_id, n.exercise_name,
      least(to_timestamp(n.timestamp_ms / 1000.0), clock_timestamp()) as done_at
    from new_sets n
    order by n.user_id, n.timestamp_ms desc, n.id desc
  ) d
  where w.user_id = d.user_id;
  return null;
end
$$;
comment on function private.follow_sets() is
  'Logging sets keeps one''s presence current. Definer: presence is written by the database only.';

create trigger live_session_sets_60_presence after insert on public.live_session_sets
  referencing new table as new_sets
  for each statement execute function private.follow_sets();

create function private.follow_session() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  update public.workout_presence w
  set live_session_id = case when new.visibility <> 'private' and w.user_id = new.host_id then new.id end
  from public.live_session_participants p
  where p.session_id = new.id and p.left_at is null and w.user_id = p.user_id;
  return null;
end
$$;
comment on function private.follow_session() is
  'A session made private, or passed to another host, is named in the presence of whom it should be. '
  'Definer: presence is written by the database only.';

create trigger live_sessions_60_presence after update of visibility, host_id on public.live_sessions
  for each row when (
    old.visibility is distinct from new.visibility or old.host_id is distinct from new.host_id
  )
  execute function private.follow_session();

create function private.heartbeat(
  p_status public.live_session_participant_status, p_exercise_id text, p_exercise_name text
) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
  v_presence public.workout_presence;
begin
  perform private.require(p_status is not null, 'status is idle, resting, working_out or finished.');
  perform private.require(p_exercise_id is null or char_length(p_exercise_id) between 1 and 100,
    'exercise_id has 1 to 100 characters.');
  perform private.require(p_exercise_name is null or char_length(p_exercise_name) between 1 and 100,
    'exercise_name has 1 to 100 characters.');
  -- A beat every two seconds is more than anybody needs.
  perform private.limit_rate(v_caller, 'heartbeat', v_caller, 30, interval '1 minute');
  -- A sign of life in the session too: whoever is silent there for long counts as having left. Before the
  -- presence, for that is the order in which everything else touches the two.
  update public.live_session_participants p set last_active_at = clock_timestamp()
  where p.user_id = v_caller and p.left_at is null;
  insert into public.workout_presence as w (user_id, status, current_exercise_id, current_exercise_name)
  values (v_caller, p_status, p_exercise_id, p_exercise_name)
  on conflict (user_id) do update
    set status = excluded.status,
      current_exercise_id = excluded.current_exercise_id,
      current_exercise_name = excluded.current_exercise_name,
      -- Who was gone, or had finished, begins another workout.
      workout_started_at = case
        when private.is_gone(w.last_updated_at) or (w.status = 'finished' and excluded.status <> 'finished')
          then clock_timestamp()
        else w.workout_started_at
      end,
      last_updated_at = clock_timestamp()
  returning w.* into v_presence;
  return private.presence_json(v_presence);
end
$$;
comment on function private.heartbeat(public.live_session_participant_status, text, text) is
  'Refreshes the caller''s presence. Definer: presence is written by the database only.';

create function public.heartbeat_presence(
  status public.live_session_participant_status default 'working_out', exercise_id text default null,
  exercise_name text default null
) returns jsonb
language sql
set search_path = ''
as $$ select private.heartbeat(status, exercise_id, exercise_name) $$;
comment on function public.heartbeat_presence(public.live_session_participant_status, text, text) is
  'Says that the caller is training, and at what: a WorkoutPresence. To be called about once a minute.';

alter table public.workout_presence enable row level security;
create policy workout_presence_select on public.workout_presence for select to authenticated
using (
  workout_presence.user_id = (select auth.uid())
  or (
    workout_presence.user_id = any (array(select private.friend_ids()))
    and not private.is_gone(workout_presence.last_updated_at)
  )
);
comment on policy workout_presence_select on public.workout_presence is
  'One''s own row, and those of friends who are not gone. Nobody else''s.';
revoke all on public.workout_presence from public, anon, authenticated;
-- Read only: heartbeat_presence() and what one does in sessions write it.
grant select on public.workout_presence to authenticated, service_role;

create function public.friends_presence() returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.caller();
  return (
    select coalesce(jsonb_agg(private.presence_json(w) order by w.workout_started_at desc, w.id), '[]')
    from public.workout_presence w
    where w.user_id = any (array(select private.friend_ids()))
      and w.status <> 'finished'
  );
end
$$;
comment on function public.friends_presence() is
  'The caller''s friends who are training now, latest first: a list of WorkoutPresence.';

revoke all on function
  private.presence_json(public.workout_presence), private.broadcast_presence(),
  private.is_gone(timestamptz), private.follow_participation(), private.follow_sets(),
  private.follow_session(),
  private.heartbeat(public.live_session_participant_status, text, text),
  public.heartbeat_presence(public.live_session_participant_status, text, text),
  public.friends_presence()
from public, anon, authenticated;
grant execute on function
  private.presence_json(public.workout_presence), private.is_gone(timestamptz),
  private.heartbeat(public.live_session_participant_status, text, text),
  public.heartbeat_presence(public.live_session_participant_status, text, text),
  public.friends_presence()
to authenticated;
