-- Reading, with the same answers: whose caller and what they see is asked once, statements are planned once, and
-- a long answer is put together once.

create or replace function private.joined_session_ids() returns setof uuid
language plpgsql stable security definer
set search_path = ''
as $$
declare
  v_caller uuid := auth.uid();
begin
  if private.is_signed_out() then
    return;
  end if;
  return query
  select p.session_id
  from public.live_session_participants p
  where p.user_id = v_caller
    and p.session_id <> all (array(
      select r.session_id from private.live_session_removals r where r.user_id = v_caller
    ));
end
$$;

create or replace function private.blocked_ids() returns setof uuid
language plpgsql stable security definer
set search_path = ''
as $$
declare
  v_caller uuid := auth.uid();
begin
  return query
  select f.friend_id from public.friendships f where f.user_id = v_caller and f.status = 'blocked'
  union all
  select f.user_id from public.friendships f where f.friend_id = v_caller and f.status = 'blocked';
end
$$;

create or replace function private.friend_ids() returns setof uuid
language plpgsql stable security definer
set search_path = ''
as $$
declare
  v_caller uuid := auth.uid();
  v_blocked uuid[] := array(select private.blocked_ids());
begin
  return query
  select f.friend_id from public.friendships f
  where f.user_id = v_caller and f.status = 'friends' and f.friend_id <> all (v_blocked)
  union
  select f.user_id from public.friendships f
  where f.friend_id = v_caller and f.status = 'friends' and f.user_id <> all (v_blocked);
end
$$;

create or replace function private.hidden_session_ids() returns setof uuid
language plpgsql stable security definer
set search_path = ''
as $$
declare
  v_caller uuid := auth.uid();
  v_blocked uuid[] := array(select private.blocked_ids());
begin
  return query
  select r.session_id from private.live_session_removals r where r.user_id = v_caller
  union all
  select p.session_id from public.live_session_participants p
  where p.left_at is null and p.user_id = any (v_blocked);
end
$$;

create or replace function private.invited_session_ids() returns setof uuid
language plpgsql stable security definer
set search_path = ''
as $$
declare
  v_caller uuid := auth.uid();
begin
  return query
  select i.session_id
  from public.live_session_invitations i
  where i.recipient_id = v_caller
    and i.status = 'pending'
    and i.expires_at > now()
    and i.host_id <> all (array(select private.blocked_ids()));
end
$$;

create or replace function private.shown_presence_ids() returns setof uuid
language plpgsql stable security definer
set search_path = ''
as $$
declare
  v_caller uuid := auth.uid();
begin
  if private.is_signed_out() then
    return;
  end if;
  return query
  select f.id
  from private.friend_ids() f (id)
  where not exists (select from private.presence_settings t where t.user_id = f.id and not t.visible)
    and not exists (
      select from private.presence_hidden_from h where h.user_id = f.id and h.hidden_from_id = v_caller
    );
end
$$;

create or replace function public.friends_presence() returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
begin
  -- Whose presence the caller sees is decided by the policy: their own, and that of friends who show it.
  return (
    select coalesce(jsonb_agg(private.presence_json(w) order by w.workout_started_at desc, w.id), '[]')
    from public.workout_presence w
    where w.user_id <> v_caller and w.status <> 'finished'
  );
end
$$;

create or replace function private.require_visible(p_session_id uuid) returns public.live_sessions
language plpgsql stable
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
  v_session public.live_sessions;
begin
  select s.* into v_session from public.live_sessions s where s.id = p_session_id;
  if v_session.id is null then
    perform private.refuse('session_not_found', 'There is no such session.');
  end if;
  return v_session;
end
$$;

-- The member of an answer, and not an object to be joined with it, which would write all of it once more.
drop function private.topic_for_caller(uuid);
create function private.topic_for_caller(p_session_id uuid) returns text
language plpgsql stable
set search_path = ''
as $$
begin
  if p_session_id in (select private.current_session_ids()) then
    return private.topic('live_session:' || p_session_id);
  end if;
  return null;
end
$$;
comment on function private.topic_for_caller(uuid) is
  'Where the events of a session are broadcast, for people in it; null for others.';

create or replace function public.get_live_session_snapshot(session_id_param uuid) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_session public.live_sessions := private.require_visible(session_id_param);
  v_topic text := private.topic_for_caller(session_id_param);
  v_snapshot jsonb;
begin
  v_snapshot := jsonb_build_object(
    'session', private.session_json(v_session),
    'participants', (
      select coalesce(jsonb_agg(private.participant_json(p) order by p.joined_at, p.id), '[]')
      from public.live_session_participants p
      where p.session_id = session_id_param
    ),
    'recentEvents', (
      select coalesce(jsonb_agg(private.event_json(e) order by e.seq), '[]')
      from public.live_session_events e
      where e.session_id = session_id_param and e.seq > v_session.last_event_seq - 50
    ),
    'lastSeq', v_session.last_event_seq,
    'serverNow', private.epoch_ms(clock_timestamp()),
    'topic', v_topic
  );
  return case when v_topic is null then v_snapshot - 'topic' else v_snapshot end;
end
$$;

create or replace function public.get_live_session_events(
  session_id_param uuid, after_param bigint default 0, limit_param integer default 100
) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_events jsonb;
  v_last bigint;
  v_latest bigint;
  v_topic text;
  v_answer jsonb;
  v_caller uuid := private.caller();
begin
  if after_param >= 0 and limit_param between 1 and 500 then
    -- One more than asked for is read, only to know whether there are more.
    select
      jsonb_agg(private.event_json(p.event) order by (p.event).seq) filter (where p.number <= limit_param),
      max((p.event).seq) filter (where p.number <= limit_param),
      max((p.event).seq)
    into v_events, v_last, v_latest
    from (
      select e as event, row_number() over (order by e.seq) as number
      from public.live_session_events e
      where e.session_id = session_id_param and e.seq > after_param
      order by e.seq
      limit limit_param + 1
    ) p;
  end if;
  -- Whoever sees events may; only without any it takes a look why.
  if v_events is null then
    perform private.require_insight(session_id_param);
    perform private.require(after_param >= 0, 'after is the number of an event, 0 for all.');
    perform private.require(limit_param between 1 and 500, 'limit lies between 1 and 500.');
  end if;
  v_topic := private.topic_for_caller(session_id_param);
  v_answer := jsonb_build_object(
    'events', coalesce(v_events, '[]'),
    'lastSeq', coalesce(v_last, after_param),
    'hasMore', coalesce(v_latest > v_last, false),
    'serverNow', private.epoch_ms(clock_timestamp()),
    'topic', v_topic
  );
  return case when v_topic is null then v_answer - 'topic' else v_answer end;
end
$$;

-- A statement for each scope, planned for its own index, and once: what differs from call to call would not change
-- the plan.
create function private.browsed_live_sessions(
  p_scope text, p_status public.live_session_status, p_mode public.live_session_mode,
  p_before_at timestamptz, p_before_id uuid, p_limit integer
) returns setof public.live_sessions
language plpgsql stable
set search_path = ''
set plan_cache_mode = 'force_generic_plan'
as $$
begin
  case p_scope
    when 'mine' then
      return query
      select s.* from public.live_sessions s
      where s.id = any (array(select private.joined_session_ids()))
        and (p_status is null or s.status = p_status) and (p_mode is null or s.mode = p_mode)
        and (s.created_at, s.id) < (p_before_at, p_before_id)
      order by s.created_at desc, s.id desc
      limit p_limit;
    when 'friends' then
      return query
      select s.* from public.live_sessions s
      where s.host_id = any (array(select private.friend_ids()))
        and (p_status is null or s.status = p_status) and (p_mode is null or s.mode = p_mode)
        and (s.created_at, s.id) < (p_before_at, p_before_id)
      order by s.created_at desc, s.id desc
      limit p_limit;
    when 'public' then
      return query
      select s.* from public.live_sessions s
      where s.visibility = 'public' and s.status <> 'ended'
        and (p_status is null or s.status = p_status) and (p_mode is null or s.mode = p_mode)
        and (s.created_at, s.id) < (p_before_at, p_before_id)
      order by s.created_at desc, s.id desc
      limit p_limit;
    else
      perform private.require(false, 'scope is mine, friends or public.');
  end case;
end
$$;
comment on function private.browsed_live_sessions(
  text, public.live_session_status, public.live_session_mode, timestamptz, uuid, integer
) is 'The sessions of a scope that the caller may see, newest first, from before a moment and id on.';

create or replace function public.browse_live_sessions(
  scope_param text default 'mine', status_param public.live_session_status default null,
  mode_param public.live_session_mode default null, limit_param integer default 20,
  cursor_param text default null
) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_before_at timestamptz := 'infinity';
  v_before_id uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  v_items jsonb;
  v_cursors text[];
  v_caller uuid := private.caller();
begin
  if (limit_param between 1 and 100) is not true then
    perform private.require(false, 'limit lies between 1 and 100.');
  end if;
  if cursor_param is not null then
    perform private.require(
      cursor_param ~ '^[0-9]{1,17}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
      'cursor is not one that this list gave out.');
    v_before_at := to_timestamp(0)
      + split_part(cursor_param, '.', 1)::bigint * interval '1 microsecond';
    v_before_id := split_part(cursor_param, '.', 2);
  end if;
  select
    jsonb_agg(private.session_json(s) order by s.created_at desc, s.id desc),
    array_agg(
      (extract(epoch from s.created_at) * 1000000)::bigint || '.' || s.id
      order by s.created_at desc, s.id desc)
  into v_items, v_cursors
  from private.browsed_live_sessions(
    scope_param, status_param, mode_param, v_before_at, v_before_id, limit_param + 1) s;
  return jsonb_build_object(
    -- One more than asked for was read, only to know whether there is a next page.
    'items', coalesce(v_items - limit_param, '[]'),
    'nextCursor', case when cardinality(v_cursors) > limit_param then v_cursors[limit_param] end,
    'serverNow', private.epoch_ms(clock_timestamp())
  );
end
$$;

revoke all on function
  private.topic_for_caller(uuid),
  private.browsed_live_sessions(
    text, public.live_session_status, public.live_session_mode, timestamptz, uuid, integer)
from public, anon, authenticated;
grant execute on function
  private.topic_for_caller(uuid),
  private.browsed_live_sessions(
    text, public.live_session_status, public.live_session_mode, timestamptz, uuid, integer)
to authenticated;
