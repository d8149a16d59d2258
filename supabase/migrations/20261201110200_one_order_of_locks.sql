-- Whoever beats while the host's role passes to them, or while their account is deleted, waits a moment, and neither
-- is ended as a deadlock. A sign of life locks the count of its calls, the participation, and then the presence; what
-- else touches these locks them in that order.

create or replace function private.give_host(p_session_id uuid, p_from uuid, p_to uuid) returns void
language sql
set search_path = ''
as $$
  -- Their presence follows the role, and what else passes with it touches their participation.
  select from public.live_session_participants p
  where p.session_id = p_session_id and p.user_id in (p_from, p_to)
  order by p.id for no key update;
  update public.live_sessions s set host_id = p_to where s.id = p_session_id;
  select private.append_event(p_session_id, p_from, 'host_changed',
    jsonb_build_object('hostId', p.user_id, 'displayName', p.display_name, 'previousHostId', p_from))
  from public.live_session_participants p
  where p.session_id = p_session_id and p.user_id = p_to;
$$;

create or replace function private.follow_session() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  update public.workout_presence w
  set live_session_id = n.live_session_id
  from (
    select p.user_id, case when new.visibility <> 'private' and p.user_id = new.host_id then new.id end as live_session_id
    from public.live_session_participants p
    where p.session_id = new.id and p.left_at is null
  ) n
  -- Nobody's row but those that change: each is a lock that its person may wait for.
  where w.user_id = n.user_id and w.live_session_id is distinct from n.live_session_id;
  return null;
end
$$;

create or replace function private.leave_for_good() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_session public.live_sessions;
  v_topics text[];
begin
  select s.* into v_session
  from public.live_sessions s
  where s.id in (
    select p.session_id from public.live_session_participants p
    where p.user_id = old.id and p.left_at is null
  )
  for no key update;
  -- What goes with the account, before anything that others share: whatever this person still does locks it first.
  perform from public.friendships f where f.user_id = old.id or f.friend_id = old.id order by f.id for update;
  perform from private.rate_limits r where r.user_id = old.id order by r.action, r.scope_id for update;
  -- Only now that nothing about the session moves any more is it sure that they are still in it.
  if exists (
    select from public.live_session_participants p
    where p.session_id = v_session.id and p.user_id = old.id and p.left_at is null
  ) then
    perform private.depart(v_session, old.id, '{}');
    v_topics := array['live_session:' || v_session.id];
  end if;
  -- Whoever holds a token of this account has everything that it could hear open still.
  perform private.move_topics(v_topics || array(
    select 'workout_presence:' || f.id from private.friends_of(old.id) f (id)
  ));
  return old;
end
$$;
