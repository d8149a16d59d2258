-- Who sees a session, who sees inside it: said once here, used by every policy and every command.

create function private.joined_session_ids() returns setof uuid
language sql stable security definer
set search_path = ''
as $$
  select p.session_id
  from public.live_session_participants p
  where p.user_id = (select auth.uid())
    and not exists (
      select from private.live_session_removals r
      where r.session_id = p.session_id and r.user_id = p.user_id
    )
$$;
comment on function private.joined_session_ids() is
  'Sessions the caller is or was in, but for those they were removed from. Definer: a policy on '
  'participants that read participants would recurse.';

create function private.current_session_ids() returns setof uuid
language sql stable security definer
set search_path = ''
as $$
  select p.session_id
  from public.live_session_participants p
  where p.user_id = (select auth.uid()) and p.left_at is null
$$;
comment on function private.current_session_ids() is
  'The session the caller is in now: one row or none. Definer: see joined_session_ids().';

create function private.hidden_session_ids() returns setof uuid
language sql stable security definer
set search_path = ''
as $$
  select r.session_id
  from private.live_session_removals r
  where r.user_id = (select auth.uid())
  union all
  select p.session_id
  from public.live_session_participants p
  where p.left_at is null and p.user_id in (select private.blocked_ids())
$$;
comment on function private.hidden_session_ids() is
  'Sessions the caller must not discover: they were removed from it, or someone in it blocks them or '
  'is blocked by them. Definer: both facts are hidden from the caller.';

create function private.invited_session_ids() returns setof uuid
language sql stable security definer
set search_path = ''
as $$
  select i.session_id
  from public.live_session_invitations i
  where i.recipient_id = (select auth.uid())
    and i.status = 'pending'
    and i.expires_at > now()
    and i.host_id not in (select private.blocked_ids())
$$;
comment on function private.invited_session_ids() is
  'Sessions the caller holds a pending invitation to. Definer: runs within the policy on sessions '
  'without going through the one on invitations again.';

revoke all on function
  private.joined_session_ids(), private.current_session_ids(),
  private.hidden_session_ids(), private.invited_session_ids()
from public;
grant execute on function
  private.joined_session_ids(), private.current_session_ids(),
  private.hidden_session_ids(), private.invited_session_ids()
to authenticated, service_role;

create policy live_sessions_select on public.live_sessions for select to authenticated
using (
  live_sessions.id = any (array(select private.joined_session_ids()))
  or (
    not (live_sessions.id = any (array(select private.hidden_session_ids())))
    and (
      (live_sessions.visibility = 'public' and live_sessions.status <> 'ended')
      or (
        live_sessions.visibility = 'friends'
        and live_sessions.host_id = any (array(select private.friend_ids()))
      )
      or live_sessions.id = any (array(select private.invited_session_ids()))
    )
  )
);
comment on policy live_sessions_select on public.live_sessions is
  'People who are or were in it; those invited; friends of the host; everyone while it is public and '
  'on. Arrays of uncorrelated subqueries: each runs once for a query, and indexes can look its values '
  'up.';

create function private.can_see_session(p_session_id uuid) returns boolean
language sql stable security definer
set search_path = ''
as $$
  select exists (
    select from public.live_sessions s
    where s.id = p_session_id
      and not exists (
        select from private.live_session_removals r
        where r.session_id = s.id and r.user_id = (select auth.uid())
      )
      and (
        exists (
          select from public.live_session_participants p
          where p.session_id = s.id and p.user_id = (select auth.uid())
        )
        or (
          not exists (
            select from public.live_session_participants p
            where p.session_id = s.id and p.left_at is null
              and p.user_id = any (array(select private.blocked_ids()))
          )
          and (
            (s.visibility = 'public' and s.status <> 'ended')
            or (s.visibility = 'friends' and s.host_id = any (array(select private.friend_ids())))
            or s.id in (select private.invited_session_ids())
          )
        )
      )
  )
$$;
comment on function private.can_see_session(uuid) is
  'The policy live_sessions_select for one session, at a cost that does not grow with one''s history. For '
  'commands, which run as its owner and so past the policy; a test holds the two together. Definer: it '
  'reads what the caller may not.';

create policy live_session_participants_select on public.live_session_participants
for select to authenticated
using (live_session_participants.session_id = any (array(select private.joined_session_ids())));
comment on policy live_session_participants_select on public.live_session_participants is
  'Inside: the people who are or were in it, nobody else.';
create policy live_session_participants_update on public.live_session_participants
for update to authenticated
using (
  live_session_participants.user_id = (select auth.uid())
  and live_session_participants.session_id = any (array(select private.joined_session_ids()))
)
with check (
  live_session_participants.user_id = (select auth.uid())
  and live_session_participants.session_id = any (array(select private.current_session_ids()))
);
comment on policy live_session_participants_update on public.live_session_participants is
  'One''s own row of the session one is in; the columns are limited by the grant.';

create policy live_session_events_select on public.live_session_events for select to authenticated
using (live_session_events.session_id = any (array(select private.joined_session_ids())));
comment on policy live_session_events_select on public.live_session_events is
  'Inside: the people who are or were in it, nobody else.';

create function private.lock_session(p_session_id uuid) returns public.live_sessions
language plpgsql security definer
set search_path = ''
as $$
declare
  v_session public.live_sessions;
begin
  select s.* into v_session
  from public.live_sessions s
  where s.id = p_session_id
  for no key update;
  -- One answer for what does not exist and for what the caller may not know of.
  if v_session.id is null or not private.can_see_session(p_session_id) then
    perform private.refuse('session_not_found', 'There is no such session.');
  end if;
  return v_session;
end
$$;
comment on function private.lock_session(uuid) is
  'Locks a session against every other change until commit and returns it, or refuses with '
  'session_not_found. Definer: the lock needs a right that no client has.';

create function private.lock_current_session() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  perform from public.live_sessions s
  where s.id in (select private.current_session_ids())
  for no key update;
  return null;
end
$$;
comment on function private.lock_current_session() is
  'Before a statement touches rows of the caller''s session: takes the session''s lock first, as every '
  'command does, so that the two never wait for each other. Definer: the lock needs a right that no '
  'client has.';

create function private.require_presence(p_session_id uuid, p_user_id uuid)
returns public.live_sessions
language plpgsql security definer
set search_path = ''
as $$
declare
  v_session public.live_sessions;
  v_is_present boolean := exists (
    select from public.live_session_participants p
    where p.session_id = p_session_id and p.user_id = p_user_id and p.left_at is null
  );
begin
  -- Locks no session but the one that the person is in, which the statement has locked already: two locked
  -- in one transaction, in an order that a client chooses, would be a deadlock.
  if v_is_present then
    select s.* into v_session from public.live_sessions s where s.id = p_session_id for no key update;
    v_is_present := exists (
      select from public.live_session_participants p
      where p.session_id = p_session_id and p.user_id = p_user_id and p.left_at is null
    );
  else
    select s.* into v_session from public.live_sessions s where s.id = p_session_id;
  end if;
  if v_session.id is null
    -- Without a caller the owner of the database writes for someone: nobody to hide a session from.
    or ((select auth.uid()) is not null and not private.can_see_session(p_session_id))
  then
    perform private.refuse('session_not_found', 'There is no such session.');
  end if;
  if v_is_present then
    return v_session;
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
comment on function private.require_presence(uuid, uuid) is
  'The session, locked, in which the person is now; or a refusal that says why they are not. Definer: see '
  'lock_session().';

create function private.report_status() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  -- Coming and going has an event of its own.
  if new.left_at is distinct from old.left_at then
    return new;
  end if;
  if new.status is not distinct from old.status
    and new.current_exercise_id is not distinct from old.current_exercise_id
  then
    return new;
  end if;
  perform private.require_presence(new.session_id, new.user_id);
  perform private.limit_rate(new.user_id, 'status', new.session_id, 120, interval '1 minute');
  new.last_active_at := clock_timestamp();
  perform private.append_event(new.session_id, new.user_id, 'status_update',
    jsonb_build_object('status', new.status, 'currentExerciseId', new.current_exercise_id));
  return new;
end
$$;
comment on function private.report_status() is
  'A person''s own status: only in an open session that they are in, and with its event. Definer: it '
  'writes the event.';

create trigger live_session_participants_05_lock
  before update of status, current_exercise_id on public.live_session_participants
  for each statement execute function private.lock_current_session();
create trigger live_session_participants_20_status
  before update of status, current_exercise_id on public.live_session_participants
  for each row execute function private.report_status();

revoke all on function
  private.can_see_session(uuid), private.lock_session(uuid), private.lock_current_session(),
  private.require_presence(uuid, uuid), private.report_status()
from public;
