-- The janitor also sees to ready checks past their deadline and to idempotency keys older than a day.

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

create or replace function private.run_janitor(at timestamptz default now()) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_done jsonb := '{}';
begin
  -- Sessions before anything else, for that is the order in which everybody else locks.
  v_done := v_done || jsonb_build_object('sessionsEnded', private.end_forgotten_sessions(at));
  v_done := v_done || jsonb_build_object('peopleLeft', private.let_silent_people_leave(at));
  v_done := v_done || jsonb_build_object('restsEnded', private.end_rests(at));
  v_done := v_done || jsonb_build_object('readyChecksEnded', private.end_ready_checks(at));
  v_done := v_done || jsonb_build_object('rowsDropped', private.drop_old_history(at));
  v_done := v_done || jsonb_build_object('invitationsExpired', private.expire_invitations(at));
  v_done := v_done || jsonb_build_object('presencesCleared', private.clear_presence(at));
  perform private.clear_rate_limits(at);
  perform private.clear_idempotency_keys(at);
  return v_done;
end
$$;

revoke all on function private.end_ready_checks(timestamptz), private.clear_idempotency_keys(timestamptz)
from public;
