-- What time alone changes. Each step is bounded, waits for no lock that somebody else holds, checks again
-- what it read before it had the lock, and finds nothing to do when it has just been done. A session that
-- cannot be dealt with is left with a warning and does not keep the others from it.

create index live_session_invitations_expiry_idx
  on public.live_session_invitations (expires_at) where status = 'pending';
comment on index public.live_session_invitations_expiry_idx is 'Serves finding invitations past their time.';
create index live_sessions_open_idx on public.live_sessions (created_at) where status <> 'ended';
comment on index public.live_sessions_open_idx is
  'Serves finding sessions that are open, whatever the number of those that have ended.';
create index live_sessions_history_idx
  on public.live_sessions (ended_at) where status = 'ended' and history_dropped_at is null;
comment on index public.live_sessions_history_idx is
  'Serves finding sessions whose history is due to be dropped.';

create function private.end_forgotten_sessions(p_at timestamptz) returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_session public.live_sessions;
  v_count integer := 0;
begin
  for v_session in
    select s.* from public.live_sessions s
    where s.status <> 'ended'
      and not exists (
        select from public.live_session_participants p
        where p.session_id = s.id and p.left_at is null
          and p.last_active_at >= p_at - interval '6 hours'
      )
      and (s.participant_count = 0 or s.created_at < p_at - interval '6 hours')
    order by s.created_at limit 50 for no key update skip locked
  loop
    -- Somebody may have given a sign of life after the sessions were chosen and before this one was locked.
    continue when exists (
      select from public.live_session_participants p
      where p.session_id = v_session.id and p.left_at is null
        and p.last_active_at >= p_at - interval '6 hours'
    );
    begin
      perform private.end_session(v_session, v_session.host_id);
      v_count := v_count + 1;
    exception
      when others then
        raise warning 'janitor: session % was not ended: % %', v_session.id, sqlstate, sqlerrm;
    end;
  end loop;
  return v_count;
end
$$;
comment on function private.end_forgotten_sessions(timestamptz) is
  'Ends sessions with nobody in them, and those in which nobody has shown a sign of life for six hours.';

create function private.let_silent_people_leave(p_at timestamptz) returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_session public.live_sessions;
  v_user_id uuid;
  v_count integer := 0;
  v_departed integer;
begin
  for v_session in
    select s.* from public.live_sessions s
    where s.status = 'active' and exists (
      select from public.live_session_participants p
      where p.session_id = s.id and p.left_at is null and p.last_active_at < p_at - interval '10 minutes'
    )
    order by s.created_at limit 50 for no key update skip locked
  loop
    v_departed := 0;
    begin
      for v_user_id in
        select p.user_id from public.live_session_participants p
        where p.session_id = v_session.id and p.left_at is null
          and p.last_active_at < p_at - interval '10 minutes'
        -- The host last, so that the role goes to somebody who is there.
        order by p.user_id = v_session.host_id, p.last_active_at
      loop
        -- Each departure may have changed the session.
        select s.* into v_session from public.live_sessions s where s.id = v_session.id;
        exit when v_session.status = 'ended';
        perform private.depart(v_session, v_user_id, '{"timedOut": true}');
        v_departed := v_departed + 1;
      end loop;
      v_count := v_count + v_departed;
    exception
      when others then
        raise warning 'janitor: nobody left session %: % %', v_session.id, sqlstate, sqlerrm;
    end;
  end loop;
  return v_count;
end
$$;
comment on function private.let_silent_people_leave(timestamptz) is
  'People silent for ten minutes in an active session have left it; the host''s role passes on.';

create function private.end_rests(p_at timestamptz) returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_session public.live_sessions;
  v_count integer := 0;
begin
  for v_session in
    select s.* from public.live_sessions s
    where s.status = 'active' and s.rest_ends_at <= p_at and s.paused_at is null
    order by s.rest_ends_at limit 500 for no key update skip locked
  loop
    update public.live_sessions s set rest_ends_at = null where s.id = v_session.id;
    perform private.append_event(v_session.id, v_session.host_id, 'rest_ended');
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;
comment on function private.end_rests(timestamptz) is
  'Ends rests past their time; a pause keeps what is left of one.';

create function private.expire_invitations(p_at timestamptz) returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_count integer;
begin
  update public.live_session_invitations i set status = 'expired'
  where i.id in (
    select n.id from public.live_session_invitations n
    where n.status = 'pending' and n.expires_at <= p_at
    order by n.expires_at limit 500 for update skip locked
  );
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function private.expire_invitations(timestamptz) is 'Marks invitations past their time.';

create function private.clear_presence(p_at timestamptz) returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_count integer;
begin
  delete from public.workout_presence w
  where w.id in (
    select n.id from public.workout_presence n
    where n.last_updated_at < p_at - interval '1 day'
    order by n.last_updated_at limit 500 for update skip locked
  );
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function private.clear_presence(timestamptz) is 'Clears presence that is gone for a day.';

create function private.clear_rate_limits(p_at timestamptz) returns void
language sql
set search_path = ''
as $$
  delete from private.rate_limits r
  where (r.user_id, r.action, r.scope_id) in (
    select n.user_id, n.action, n.scope_id from private.rate_limits n
    where coalesce(n.hits[cardinality(n.hits)], '-infinity') < p_at - interval '1 hour'
    limit 500 for update skip locked
  )
$$;
comment on function private.clear_rate_limits(timestamptz) is 'Clears counts that limit nothing any more.';

create function private.drop_old_history(p_at timestamptz) returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_session_id uuid;
  v_count integer;
  v_total integer := 0;
begin
  for v_session_id in
    select s.id from public.live_sessions s
    where s.status = 'ended' and s.history_dropped_at is null and s.ended_at < p_at - interval '90 days'
    order by s.ended_at limit 50 for no key update skip locked
  loop
    delete from public.live_session_events e where e.session_id = v_session_id;
    get diagnostics v_count = row_count;
    v_total := v_total + v_count;
    delete from public.live_session_messages m where m.session_id = v_session_id;
    get diagnostics v_count = row_count;
    v_total := v_total + v_count;
    delete from public.live_session_reactions r where r.session_id = v_session_id;
    get diagnostics v_count = row_count;
    v_total := v_total + v_count;
    update public.live_sessions s set history_dropped_at = p_at where s.id = v_session_id;
  end loop;
  return v_total;
end
$$;
comment on function private.drop_old_history(timestamptz) is
  'Drops events, messages and reactions of sessions that ended more than ninety days ago; sets and summary '
  'stay.';

create function private.end_ready_checks(p_at timestamptz) returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_session_id uuid;
  v_count integer := 0;
begin
  for v_session_id in
    select s.id
    from public.live_session_ready_checks c
    join public.live_sessions s on s.id = c.session_id
    where c.deadline <= p_at and s.status = 'active'
    order by c.deadline limit 500 for no key update of s skip locked
  loop
    -- It judges by the check as it is now: the leader may have moved on before the lock was there.
    perform private.settle_ready_check(v_session_id, p_at);
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;
comment on function private.end_ready_checks(timestamptz) is 'Ends ready checks past their deadline.';

create function private.clear_idempotency_keys(p_at timestamptz) returns void
language sql
set search_path = ''
as $$
  delete from private.idempotency_keys k
  where (k.user_id, k.key_hash) in (
    select n.user_id, n.key_hash from private.idempotency_keys n
    where n.created_at < p_at - interval '24 hours'
    order by n.created_at limit 500 for update skip locked
  )
$$;
comment on function private.clear_idempotency_keys(timestamptz) is 'Forgets answers older than a day.';

create function private.run_clock(at timestamptz default now()) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_done jsonb := '{}';
begin
  v_done := v_done || jsonb_build_object('restsEnded', private.end_rests(at));
  v_done := v_done || jsonb_build_object('readyChecksEnded', private.end_ready_checks(at));
  return v_done;
end
$$;
comment on function private.run_clock(timestamptz) is
  'Does what people wait for: ends rests and ready checks. To be called every few seconds. Definer: it runs '
  'for everybody.';

create function private.run_janitor(at timestamptz default now()) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_done jsonb := '{}';
begin
  -- Sessions before anything else, for that is the order in which everybody else locks.
  v_done := v_done || jsonb_build_object('sessionsEnded', private.end_forgotten_sessions(at));
  v_done := v_done || jsonb_build_object('peopleLeft', private.let_silent_people_leave(at));
  v_done := v_done || private.run_clock(at);
  v_done := v_done || jsonb_build_object('rowsDropped', private.drop_old_history(at));
  v_done := v_done || jsonb_build_object('invitationsExpired', private.expire_invitations(at));
  v_done := v_done || jsonb_build_object('presencesCleared', private.clear_presence(at));
  perform private.clear_rate_limits(at);
  perform private.clear_idempotency_keys(at);
  return v_done;
end
$$;
comment on function private.run_janitor(timestamptz) is
  'Does what is due by a moment and says how much. Safe to run twice at once, and as often as one likes. '
  'Definer: it runs for everybody.';

revoke all on function
  private.end_forgotten_sessions(timestamptz), private.let_silent_people_leave(timestamptz),
  private.end_rests(timestamptz), private.expire_invitations(timestamptz),
  private.clear_presence(timestamptz), private.clear_rate_limits(timestamptz),
  private.drop_old_history(timestamptz), private.end_ready_checks(timestamptz),
  private.clear_idempotency_keys(timestamptz), private.run_clock(timestamptz),
  private.run_janitor(timestamptz)
from public;
grant execute on function private.run_clock(timestamptz), private.run_janitor(timestamptz) to service_role;

-- Where the database can do it by itself; elsewhere something else has to call them.
do $$
begin
  if exists (select from pg_catalog.pg_available_extensions x where x.name = 'pg_cron') then
    create extension if not exists pg_cron;
    perform cron.schedule('live-workout-janitor', '* * * * *', 'select private.run_janitor()');
    perform cron.schedule('live-workout-clock', '5 seconds', 'select private.run_clock()');
    -- The log of jobs is nobody else's to clear.
    perform cron.schedule('live-workout-janitor-log', '17 3 * * *',
      $job$delete from cron.job_run_details where end_time < now() - interval '1 day'$job$);
  end if;
end
$$;
