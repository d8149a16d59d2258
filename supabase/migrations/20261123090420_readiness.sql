-- Who is ready for the next step: flags that a step resets, and checks that ask everybody until a deadline.
-- Nobody is waited for who has left, came later, or lets the deadline pass.

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
