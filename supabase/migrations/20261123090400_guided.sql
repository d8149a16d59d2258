-- A leader takes the group through a plan. Every action of the leader raises the session's version; those
-- that move the group name the version they expect, so that a double tap or a late retry moves it once.

create function private.show_sign_of_life(p_session_id uuid, p_user_id uuid) returns void
language sql
set search_path = ''
as $$
  update public.live_session_participants p set last_active_at = clock_timestamp()
  where p.session_id = p_session_id and p.user_id = p_user_id
$$;
comment on function private.show_sign_of_life(uuid, uuid) is
  'Whoever does something in a session is there.';

create function private.lead(
  p_session_id uuid, p_expected_version bigint default null, p_raises_version boolean default true
) returns public.live_sessions
language plpgsql
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
  v_session public.live_sessions := private.lock_session(p_session_id);
begin
  if v_session.mode <> 'guided' then
    perform private.refuse('invalid_mode', 'Only a guided session has a leader.');
  end if;
  v_session := private.require_presence(p_session_id, v_caller);
  if not exists (
    select from public.live_session_participants p
    where p.session_id = p_session_id and p.user_id = v_caller and p.is_leader
  ) then
    perform private.refuse('not_leader', 'Somebody else leads this session now.');
  end if;
  if v_session.status = 'pending' then
    perform private.refuse('session_not_started', 'The session has not started yet.');
  end if;
  if p_expected_version is not null and p_expected_version <> v_session.version then
    perform private.refuse('version_conflict', 'The group has moved on meanwhile.',
      jsonb_build_object('currentVersion', v_session.version));
  end if;
  perform private.show_sign_of_life(p_session_id, v_caller);
  perform private.settle_ready_check(p_session_id, clock_timestamp());
  update public.live_sessions s set version = s.version + p_raises_version::integer
  where s.id = p_session_id
  returning s.* into v_session;
  return v_session;
end
$$;
comment on function private.lead(uuid, bigint, boolean) is
  'Begins an action of the leader: locks the session, refuses anyone else and an outdated version, and '
  'raises the version, unless the action does so itself when something changes.';

create function private.move_group(
  p_session public.live_sessions, p_caller uuid, p_exercise_id text, p_exercise_name text,
  p_position integer
) returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_planned jsonb := p_session.planned_exercises -> p_position;
begin
  update public.live_sessions s
  set current_exercise_id = p_exercise_id, plan_position = coalesce(p_position, s.plan_position)
  where s.id = p_session.id;
  update public.live_session_participants p set ready_for_next = false
  where p.session_id = p_session.id and p.ready_for_next;
  delete from public.live_session_ready_checks c where c.session_id = p_session.id;
  perform private.append_event(p_session.id, p_caller, 'exercise_changed', jsonb_build_object(
    'exerciseId', p_exercise_id,
    'exerciseName', coalesce(p_exercise_name, p_exercise_id),
    'targetSets', v_planned -> 'targetSets',
    'targetRepsMin', v_planned -> 'targetRepsMin',
    'targetRepsMax', v_planned -> 'targetRepsMax'
  ));
  return private.session_answer(p_session.id);
end
$$;
comment on function private.move_group(public.live_sessions, uuid, text, text, integer) is
  'Moves the group to an exercise; everybody''s ready flag resets, and a check that was running is over.';

create function private.plan_index(p_plan jsonb, p_exercise_id text, p_near integer) returns integer
language sql immutable
set search_path = ''
as $$
  select (e.ordinality - 1)::integer
  from jsonb_array_elements(p_plan) with ordinality e
  where e.value ->> 'exerciseId' = p_exercise_id
  -- An exercise may stand in a plan twice: the next one on, else the nearest before.
  order by (e.ordinality - 1 < coalesce(p_near, 0)), abs(e.ordinality - 1 - coalesce(p_near, 0))
  limit 1
$$;
comment on function private.plan_index(jsonb, text, integer) is
  'Where an exercise stands in a plan, from 0, or NULL.';

create function private.choose_exercise(
  p_session_id uuid, p_exercise_id text, p_exercise_name text, p_expected_version bigint
) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
  v_session public.live_sessions;
begin
  perform private.require(char_length(p_exercise_id) between 1 and 100 and btrim(p_exercise_id) <> '',
    'exerciseId has 1 to 100 characters.');
  perform private.require(p_exercise_name is null or char_length(p_exercise_name) between 1 and 100,
    'exerciseName has 1 to 100 characters.');
  perform private.require(p_expected_version is not null, 'expectedVersion is missing.');
  v_session := private.lead(p_session_id, p_expected_version);
  return private.move_group(v_session, v_caller, p_exercise_id, p_exercise_name,
    private.plan_index(v_session.planned_exercises, p_exercise_id, v_session.plan_position));
end
$$;
comment on function private.choose_exercise(uuid, text, text, bigint) is
  'The leader picks an exercise, in the plan or not. Definer: clients have no right to update sessions.';

create function private.walk_plan(p_session_id uuid, p_step integer, p_expected_version bigint) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
  v_session public.live_sessions;
  v_position integer;
begin
  perform private.require(p_expected_version is not null, 'expectedVersion is missing.');
  v_session := private.lead(p_session_id, p_expected_version);
  v_position := case
    when v_session.plan_position is null then case when p_step > 0 then 0 else -1 end
    else v_session.plan_position + p_step
  end;
  if v_position < 0 or v_position >= jsonb_array_length(v_session.planned_exercises) then
    perform private.refuse('invalid_exercise', case
      when p_step > 0 then 'The plan ends here.' else 'The plan begins here.' end);
  end if;
  return private.move_group(v_session, v_caller,
    v_session.planned_exercises -> v_position ->> 'exerciseId', null, v_position);
end
$$;
comment on function private.walk_plan(uuid, integer, bigint) is
  'The leader goes to the next (1) or previous (-1) exercise of the plan; past either end it refuses with '
  'invalid_exercise. Definer: clients have no right to update sessions.';

create function private.change_plan(p_session_id uuid, p_plan jsonb, p_expected_version bigint) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
  v_session public.live_sessions;
  v_was text;
begin
  perform private.require(private.is_plan(p_plan),
    'plannedExercises is a list of at most 100 {exerciseId, targetSets, targetRepsMin?, targetRepsMax?}.');
  perform private.require(p_expected_version is not null, 'expectedVersion is missing.');
  v_session := private.lead(p_session_id, p_expected_version);
  v_was := v_session.planned_exercises -> v_session.plan_position ->> 'exerciseId';
  update public.live_sessions s
  set planned_exercises = p_plan,
    -- The group stays where it is. If that was dropped, next goes to what took its place.
    plan_position = case
      when s.plan_position is null then null
      else coalesce(private.plan_index(p_plan, v_was, s.plan_position),
        nullif(greatest(least(s.plan_position, jsonb_array_length(p_plan)) - 1, -1), -1))
    end
  where s.id = p_session_id;
  perform private.append_event(p_session_id, v_caller, 'plan_changed',
    jsonb_build_object('plannedExercises', p_plan));
  return private.session_answer(p_session_id);
end
$$;
comment on function private.change_plan(uuid, jsonb, bigint) is
  'The leader edits, reorders, adds to and drops from the plan. Definer: clients have no right to update '
  'sessions.';

create function private.rest(p_session_id uuid, p_action text, p_seconds integer) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
  v_session public.live_sessions;
  -- A pause stops the clock of a rest: what is left counts from the moment it began.
  v_now timestamptz;
  v_is_resting boolean;
  v_ends_at timestamptz;
begin
  if p_action <> 'skip' then
    perform private.require(p_seconds between 1 and 3600, 'seconds lies between 1 and 3600.');
  end if;
  v_session := private.lead(p_session_id, null, false);
  v_now := coalesce(v_session.paused_at, clock_timestamp());
  v_is_resting := coalesce(v_session.rest_ends_at > v_now, false);
  if p_action <> 'start' then
    perform private.require(v_is_resting or p_action = 'skip', 'Nobody is resting at the moment.');
  end if;
  v_ends_at := case p_action
    when 'start' then v_now + p_seconds * interval '1 second'
    when 'extend' then v_session.rest_ends_at + p_seconds * interval '1 second'
  end;
  if v_ends_at is distinct from v_session.rest_ends_at then
    update public.live_sessions s set rest_ends_at = v_ends_at, version = s.version + 1
    where s.id = p_session_id;
  end if;
  if v_ends_at is not null then
    perform private.append_event(p_session_id, v_caller, 'rest_started',
      jsonb_build_object('restEndsAt', private.epoch_ms(v_ends_at), 'extended', nullif(p_action = 'extend', false)));
  elsif v_session.rest_ends_at is not null then
    perform private.append_event(p_session_id, v_caller, 'rest_ended',
      jsonb_build_object('skipped', nullif(v_is_resting, false)));
  end if;
  return private.session_answer(p_session_id);
end
$$;
comment on function private.rest(uuid, text, integer) is
  'The leader starts, extends or skips a rest: one absolute end on the server''s clock. Definer: clients '
  'have no right to update sessions.';

create function private.set_paused(p_session_id uuid, p_is_paused boolean) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
  v_session public.live_sessions := private.lock_session(p_session_id);
  v_now timestamptz := clock_timestamp();
begin
  v_session := private.require_presence(p_session_id, v_caller);
  if v_session.mode = 'guided' then
    if not exists (
      select from public.live_session_participants p
      where p.session_id = p_session_id and p.user_id = v_caller and p.is_leader
    ) then
      perform private.refuse('not_leader', 'Somebody else leads this session now.');
    end if;
  else
    perform private.require_host(v_session, v_caller);
  end if;
  if v_session.status = 'pending' then
    perform private.refuse('session_not_started', 'The session has not started yet.');
  end if;
  perform private.show_sign_of_life(p_session_id, v_caller);
  if p_is_paused and v_session.paused_at is null then
    update public.live_sessions s set paused_at = v_now, version = s.version + 1 where s.id = p_session_id;
    perform private.append_event(p_session_id, v_caller, 'session_paused',
      jsonb_build_object('pausedAt', private.epoch_ms(v_now)));
  elsif not p_is_paused and v_session.paused_at is not null then
    update public.live_sessions s
    set paused_at = null, version = s.version + 1,
      -- What was left of a rest when the pause began is left now.
      rest_ends_at = case when s.rest_ends_at > s.paused_at then s.rest_ends_at + (v_now - s.paused_at) end
    where s.id = p_session_id
    returning s.* into v_session;
    perform private.append_event(p_session_id, v_caller, 'session_resumed',
      jsonb_build_object('restEndsAt', private.epoch_ms(v_session.rest_ends_at)));
  end if;
  return private.session_answer(p_session_id);
end
$$;
comment on function private.set_paused(uuid, boolean) is
  'The leader of a guided session, or the host of a shared one, pauses and resumes it; again changes '
  'nothing. Definer: clients have no right to update sessions.';

create function private.hand_over_lead(p_session_id uuid, p_user_id uuid) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
  v_session public.live_sessions := private.lock_session(p_session_id);
  v_leader public.live_session_participants;
  v_heir uuid;
begin
  if v_session.mode <> 'guided' then
    perform private.refuse('invalid_mode', 'Only a guided session has a leader.');
  end if;
  v_session := private.require_presence(p_session_id, v_caller);
  perform private.show_sign_of_life(p_session_id, v_caller);
  select p.* into v_leader from public.live_session_participants p
  where p.session_id = p_session_id and p.is_leader;
  -- The answer to the first attempt got lost: the lead is where the caller wanted it.
  if v_leader.user_id = p_user_id then
    return private.session_answer(p_session_id);
  end if;
  if v_leader.user_id is distinct from v_caller then
    -- Of a leader who is silent for a minute somebody else may take over: whoever has been there longest.
    select p.user_id into v_heir
    from public.live_session_participants p
    where p.session_id = p_session_id and p.left_at is null and not p.is_leader
      and p.last_active_at > clock_timestamp() - interval '60 seconds'
    order by p.joined_at, p.id
    limit 1;
    if v_leader.last_active_at > clock_timestamp() - interval '60 seconds' or p_user_id <> v_caller
      or v_heir is distinct from v_caller
    then
      perform private.refuse('not_leader', 'Somebody else leads this session.');
    end if;
  end if;
  if not exists (
    select from public.live_session_participants p
    where p.session_id = p_session_id and p.user_id = p_user_id and p.left_at is null
  ) then
    perform private.refuse('user_not_found', 'This person is not in the session.');
  end if;
  update public.live_sessions s set version = s.version + 1 where s.id = p_session_id;
  perform private.give_lead(p_session_id, v_leader.user_id, p_user_id);
  perform private.settle_ready_check(p_session_id, clock_timestamp());
  return private.session_answer(p_session_id);
end
$$;
comment on function private.hand_over_lead(uuid, uuid) is
  'The leader hands the lead over; or a participant takes it from a leader who is silent for 60 s. '
  'Definer: clients have no right to update participants.';
