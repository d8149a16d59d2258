-- A leader takes the group through a plan. Every action of the leader raises the session's version; those
-- that move the group name the version they expect, so that a double tap or a late retry moves it once.

alter table public.live_sessions
  add column plan_position integer check (plan_position >= 0);
comment on column public.live_sessions.plan_position is
  'Where the group stands in planned_exercises, from 0; kept while it does something outside the plan.';

create table public.live_session_ready_checks (
  session_id uuid primary key references public.live_sessions (id) on delete cascade,
  policy text not null check (policy in ('all', 'quorum', 'leader_only')),
  quorum integer check (quorum between 1 and 50),
  started_at timestamptz not null default clock_timestamp(),
  deadline timestamptz not null,
  constraint live_session_ready_checks_quorum_fits check ((quorum is not null) = (policy = 'quorum'))
);
comment on table public.live_session_ready_checks is
  'The ready check that is running in a session; at its deadline, or when its policy is met, it is over.';
create index live_session_ready_checks_deadline_idx on public.live_session_ready_checks (deadline);
comment on index public.live_session_ready_checks_deadline_idx is 'Serves finding those past their deadline.';
alter table public.live_session_ready_checks enable row level security;
create policy live_session_ready_checks_select on public.live_session_ready_checks
for select to authenticated
using (live_session_ready_checks.session_id = any (array(select private.joined_session_ids())));
comment on policy live_session_ready_checks_select on public.live_session_ready_checks is
  'Inside: the people who are or were in it.';
revoke all on public.live_session_ready_checks from public, anon, authenticated;
-- Read only: the leader's commands and the deadline write it.
grant select on public.live_session_ready_checks to authenticated, service_role;

create function private.show_sign_of_life(p_session_id uuid, p_user_id uuid) returns void
language sql
set search_path = ''
as $$
  update public.live_session_participants p set last_active_at = clock_timestamp()
  where p.session_id = p_session_id and p.user_id = p_user_id
$$;
comment on function private.show_sign_of_life(uuid, uuid) is
  'Whoever does something in a session is there.';

create function private.ready_lists(p_session_id uuid, p_joined_by timestamptz default 'infinity') returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'ready', coalesce(jsonb_agg(p.user_id order by p.joined_at, p.id)
      filter (where p.ready_for_next or p.is_leader), '[]'),
    'waitingFor', coalesce(jsonb_agg(p.user_id order by p.joined_at, p.id)
      filter (where not (p.ready_for_next or p.is_leader)), '[]')
  )
  from public.live_session_participants p
  where p.session_id = p_session_id and p.left_at is null and p.joined_at <= p_joined_by
$$;
comment on function private.ready_lists(uuid, timestamptz) is
  'Who is ready and who is waited for: {ready, waitingFor}. The leader, who asks, counts as ready.';

create function private.close_ready_check(p_session_id uuid, p_user_id uuid, p_reason text) returns void
language plpgsql
set search_path = ''
as $$
declare
  v_started_at timestamptz;
  v_late jsonb;
begin
  delete from public.live_session_ready_checks c where c.session_id = p_session_id
  returning c.started_at into v_started_at;
  if not found then
    return;
  end if;
  select coalesce(jsonb_agg(jsonb_build_object('userId', p.user_id, 'displayName', p.display_name)
    order by p.joined_at, p.id), '[]')
  into v_late
  from public.live_session_participants p
  where p.session_id = p_session_id and p.left_at is null and not p.ready_for_next and not p.is_leader
    and p.joined_at <= v_started_at;
  perform private.append_event(p_session_id, p_user_id, 'ready_check',
    jsonb_build_object('state', 'open', 'reason', p_reason, 'late', v_late));
end
$$;
comment on function private.close_ready_check(uuid, uuid, text) is
  'Ends a ready check: the step is open, and who is late is named. Without one it does nothing.';

create function private.settle_ready_check(p_session_id uuid, p_at timestamptz) returns void
language plpgsql
set search_path = ''
as $$
declare
  v_check public.live_session_ready_checks;
  v_leader uuid;
  v_lists jsonb;
begin
  select c.* into v_check from public.live_session_ready_checks c where c.session_id = p_session_id;
  if v_check.session_id is null then
    return;
  end if;
  select p.user_id into v_leader from public.live_session_participants p
  where p.session_id = p_session_id and p.is_leader;
  if v_check.deadline <= p_at then
    perform private.close_ready_check(p_session_id, v_leader, 'deadline');
    return;
  end if;
  -- Whoever joined later was not asked, and is not waited for.
  v_lists := private.ready_lists(p_session_id, v_check.started_at);
  if (v_check.policy = 'all' and jsonb_array_length(v_lists -> 'waitingFor') = 0)
    or (v_check.policy = 'quorum' and jsonb_array_length(v_lists -> 'ready') >= least(v_check.quorum,
      jsonb_array_length(v_lists -> 'ready') + jsonb_array_length(v_lists -> 'waitingFor')))
  then
    perform private.close_ready_check(p_session_id, v_leader, 'ready');
  end if;
end
$$;
comment on function private.settle_ready_check(uuid, timestamptz) is
  'Ends a ready check whose deadline has come or whose policy is met. A quorum larger than the group is '
  'the whole group: nobody waits for people who are not there.';

create function private.settle_after_departure() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if exists (select from public.live_sessions s where s.id = new.session_id and s.status = 'active') then
    perform private.settle_ready_check(new.session_id, clock_timestamp());
  end if;
  return null;
end
$$;
comment on function private.settle_after_departure() is
  'Nobody waits for someone who has left. Definer: it writes the event.';

create trigger live_session_events_70_ready after insert on public.live_session_events
  for each row when (new.type = 'user_left')
  execute function private.settle_after_departure();

create function private.clear_ready_check() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  delete from public.live_session_ready_checks c where c.session_id = new.id;
  return null;
end
$$;
comment on function private.clear_ready_check() is
  'A session that has ended checks nothing any more. Definer: clients have no right to checks.';

create trigger live_sessions_75_ready after update of status on public.live_sessions
  for each row when (old.status <> 'ended' and new.status = 'ended')
  execute function private.clear_ready_check();

create function private.lead(p_session_id uuid, p_expected_version bigint default null)
returns public.live_sessions
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
  update public.live_sessions s set version = s.version + 1 where s.id = p_session_id
  returning s.* into v_session;
  return v_session;
end
$$;
comment on function private.lead(uuid, bigint) is
  'Begins an action of the leader: locks the session, refuses anyone else and an outdated version, and '
  'raises the version.';

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
  perform private.require(char_length(p_exercise_id) between 1 and 100, 'exerciseId has 1 to 100 characters.');
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

create function private.report_ready(p_session_id uuid, p_is_ready boolean) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
  v_session public.live_sessions := private.lock_session(p_session_id);
begin
  if v_session.mode <> 'guided' then
    perform private.refuse('invalid_mode', 'Only a guided session waits for people to be ready.');
  end if;
  v_session := private.require_presence(p_session_id, v_caller);
  if v_session.status = 'pending' then
    perform private.refuse('session_not_started', 'The session has not started yet.');
  end if;
  perform private.require(p_is_ready is not null, 'isReady is true or false.');
  perform private.settle_ready_check(p_session_id, clock_timestamp());
  perform private.show_sign_of_life(p_session_id, v_caller);
  update public.live_session_participants p set ready_for_next = p_is_ready
  where p.session_id = p_session_id and p.user_id = v_caller and p.ready_for_next <> p_is_ready;
  if found then
    perform private.append_event(p_session_id, v_caller, 'ready_status_changed',
      jsonb_build_object('isReady', p_is_ready));
    perform private.settle_ready_check(p_session_id, clock_timestamp());
  end if;
  return private.participant_answer(p_session_id, v_caller) || private.ready_lists(p_session_id);
end
$$;
comment on function private.report_ready(uuid, boolean) is
  'A participant is ready for the next exercise, or is not. Definer: it writes the event.';

create function private.start_ready_check(
  p_session_id uuid, p_deadline_seconds integer, p_policy text, p_quorum integer
) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
  v_session public.live_sessions;
  v_check public.live_session_ready_checks;
begin
  perform private.require(p_deadline_seconds between 1 and 600, 'deadlineSeconds lies between 1 and 600.');
  perform private.require(p_policy in ('all', 'quorum', 'leader_only'), 'policy is all, quorum or leader_only.');
  perform private.require((p_policy = 'quorum') = (p_quorum is not null) and coalesce(p_quorum between 1 and 50, true),
    'quorum lies between 1 and 50, and goes with the policy quorum only.');
  v_session := private.lead(p_session_id);
  insert into public.live_session_ready_checks as c (session_id, policy, quorum, deadline)
  values (p_session_id, p_policy, p_quorum, clock_timestamp() + p_deadline_seconds * interval '1 second')
  on conflict (session_id) do update
    set policy = excluded.policy, quorum = excluded.quorum, started_at = clock_timestamp(),
      deadline = excluded.deadline
  returning c.* into v_check;
  perform private.append_event(p_session_id, v_caller, 'ready_check', jsonb_build_object(
    'state', 'waiting', 'policy', v_check.policy, 'quorum', v_check.quorum,
    'deadline', private.epoch_ms(v_check.deadline)) || private.ready_lists(p_session_id));
  perform private.settle_ready_check(p_session_id, clock_timestamp());
  return private.session_answer(p_session_id) || private.ready_lists(p_session_id)
    || jsonb_strip_nulls(jsonb_build_object('readyCheck', (
      select jsonb_build_object('policy', c.policy, 'quorum', c.quorum, 'deadline', private.epoch_ms(c.deadline))
      from public.live_session_ready_checks c where c.session_id = p_session_id
    )));
end
$$;
comment on function private.start_ready_check(uuid, integer, text, integer) is
  'The leader asks who is ready, until a deadline. Definer: clients have no right to checks.';

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
  v_session := private.lead(p_session_id);
  v_now := coalesce(v_session.paused_at, clock_timestamp());
  v_is_resting := coalesce(v_session.rest_ends_at > v_now, false);
  if p_action <> 'start' then
    perform private.require(v_is_resting or p_action = 'skip', 'Nobody is resting at the moment.');
  end if;
  v_ends_at := case p_action
    when 'start' then v_now + p_seconds * interval '1 second'
    when 'extend' then v_session.rest_ends_at + p_seconds * interval '1 second'
  end;
  update public.live_sessions s set rest_ends_at = v_ends_at where s.id = p_session_id;
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
