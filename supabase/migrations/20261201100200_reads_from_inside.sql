-- Reading costs what its rows cost. Who is inside a session is asked once, for that session, and not again by the
-- policy of each table in the answer; what belongs together is asked in one query. Who sees what stays as it was.

create or replace function private.caller() returns uuid
language plpgsql stable
set search_path = ''
as $$
declare
  -- Without a subquery: PL/pgSQL evaluates this itself.
  v_caller uuid := auth.uid();
begin
  if v_caller is null or private.is_signed_out() then
    perform private.refuse('unauthenticated', 'Sign in first.');
  end if;
  return v_caller;
end
$$;

-- With the session in it the index alone says which sessions somebody was in; in the table each is a page of its own.
drop index public.live_session_participants_user_id_idx;
create index live_session_participants_user_id_idx on public.live_session_participants (user_id)
  include (session_id);
comment on index public.live_session_participants_user_id_idx is
  'Serves the sessions that somebody is or was in.';

create or replace function private.joined_session_ids() returns setof uuid
language plpgsql stable security definer
set search_path = ''
as $$
declare
  v_caller uuid := auth.uid();
begin
  return query
  select p.session_id
  from public.live_session_participants p
  where p.user_id = v_caller
    and p.session_id <> all (array(
      select r.session_id from private.live_session_removals r where r.user_id = v_caller
    ))
    -- As is_signed_out(), in the same query.
    and not exists (
      select from private.revoked_sign_ins r
      where r.id = nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'session_id'
    );
end
$$;

create or replace function private.friend_ids() returns setof uuid
language plpgsql stable security definer
set search_path = ''
as $$
declare
  v_caller uuid := auth.uid();
begin
  return query
  select o.id
  from (
    select f.friend_id as id, f.status from public.friendships f
    where f.user_id = v_caller and f.status in ('friends', 'blocked')
    union all
    select f.user_id, f.status from public.friendships f
    where f.friend_id = v_caller and f.status in ('friends', 'blocked')
  ) o
  group by o.id
  -- At least one of the two rows says friends, and none says blocked.
  having bool_and(o.status = 'friends');
end
$$;

create or replace function private.hidden_session_ids() returns setof uuid
language plpgsql stable security definer
set search_path = ''
as $$
declare
  v_caller uuid := auth.uid();
begin
  return query
  select r.session_id from private.live_session_removals r where r.user_id = v_caller
  union all
  select p.session_id from public.live_session_participants p
  where p.left_at is null and p.user_id = any (array(
    -- As blocked_ids(), in the same query.
    select f.friend_id from public.friendships f where f.user_id = v_caller and f.status = 'blocked'
    union all
    select f.user_id from public.friendships f where f.friend_id = v_caller and f.status = 'blocked'
  ));
end
$$;

create or replace function private.shown_presence_ids() returns setof uuid
language plpgsql stable security definer
set search_path = ''
as $$
declare
  v_caller uuid := auth.uid();
begin
  return query
  select o.id
  from (
    -- As friend_ids(), in the same query.
    select f.friend_id as id, f.status from public.friendships f
    where f.user_id = v_caller and f.status in ('friends', 'blocked')
    union all
    select f.user_id, f.status from public.friendships f
    where f.friend_id = v_caller and f.status in ('friends', 'blocked')
  ) o
  where o.id <> all (array(
      select h.user_id from private.presence_hidden_from h where h.hidden_from_id = v_caller
    ))
    and not exists (select from private.presence_settings t where t.user_id = o.id and not t.visible)
    and not exists (
      select from private.revoked_sign_ins r
      where r.id = nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'session_id'
    )
  group by o.id
  having bool_and(o.status = 'friends');
end
$$;

-- The range takes nothing away. It is there for the planner, which takes what a query asks for and what a policy
-- allows to be independent, and so expects no row of somebody's own sets to be left, and gathers and sorts all of
-- them rather than to read the latest. A range that it does not know it takes to be narrow: reading one person's or
-- one session's sets by time then looks as cheap as it is. It says nothing about a request without a filter, which
-- still finds its rows by the two conditions that do limit them.
alter policy live_session_sets_select on public.live_session_sets
using (
  (
    live_session_sets.user_id = (select auth.uid())
    or live_session_sets.session_id = any (array(select private.joined_session_ids()))
  )
  and live_session_sets.timestamp_ms >= (select '-9223372036854775808'::bigint)
  and live_session_sets.timestamp_ms <= (select '9223372036854775807'::bigint)
);
comment on policy live_session_sets_select on public.live_session_sets is
  'Inside: the people who are or were in it. One''s own sets stay one''s own whatever happens. The range is all of '
  'time: it lets the planner read them in the order of their index.';

create function private.is_present_inside(p_session_id uuid) returns boolean
language plpgsql stable
set search_path = ''
as $$
declare
  v_caller uuid := auth.uid();
begin
  return (
    select p.left_at is null
    from public.live_session_participants p
    where p.session_id = p_session_id and p.user_id = v_caller
      and not exists (
        select from private.live_session_removals r where r.session_id = p_session_id and r.user_id = v_caller
      )
      and not exists (
        select from private.revoked_sign_ins r
        where r.id = nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'session_id'
      )
  );
end
$$;
comment on function private.is_present_inside(uuid) is
  'Of one session what joined_session_ids() tells of all: true for a caller who is in it, false for one who was, '
  'null for everybody else.';

create function private.snapshot_from_inside(p_session_id uuid) returns jsonb
language plpgsql stable security definer
set search_path = ''
as $$
declare
  v_is_present boolean := private.is_present_inside(p_session_id);
  v_snapshot jsonb;
begin
  if v_is_present is null then
    return null;
  end if;
  select jsonb_build_object(
    'session', private.session_json(s),
    'participants', (
      select coalesce(jsonb_agg(private.participant_json(o) order by o.joined_at, o.id), '[]')
      from public.live_session_participants o
      where o.session_id = p_session_id
    ),
    'recentEvents', (
      select coalesce(jsonb_agg(private.event_json(e) order by e.seq), '[]')
      from public.live_session_events e
      where e.session_id = p_session_id and e.seq > s.last_event_seq - 50
    ),
    'lastSeq', s.last_event_seq,
    'serverNow', private.epoch_ms(clock_timestamp()),
    'topic', case when v_is_present then private.topic('live_session:' || p_session_id) end
  )
  into v_snapshot
  from public.live_sessions s
  where s.id = p_session_id;
  return case when v_is_present then v_snapshot else v_snapshot - 'topic' end;
end
$$;
comment on function private.snapshot_from_inside(uuid) is
  'The snapshot of a session, for who is or was in it by the rule of joined_session_ids(); null for others. '
  'Definer: it asks for that once, and not in the policy of each table.';

create or replace function public.get_live_session_snapshot(session_id_param uuid) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_snapshot jsonb := private.snapshot_from_inside(session_id_param);
  v_session public.live_sessions;
  v_topic text;
begin
  if v_snapshot is not null then
    return v_snapshot;
  end if;
  v_session := private.require_visible(session_id_param);
  v_topic := private.topic_for_caller(session_id_param);
  v_snapshot := jsonb_build_object(
    'session', private.session_json(v_session),
    -- From outside nobody sees inside.
    'participants', '[]'::jsonb,
    'recentEvents', '[]'::jsonb,
    'lastSeq', v_session.last_event_seq,
    'serverNow', private.epoch_ms(clock_timestamp()),
    'topic', v_topic
  );
  return case when v_topic is null then v_snapshot - 'topic' else v_snapshot end;
end
$$;

create function private.events_from_inside(p_session_id uuid, p_after bigint, p_limit integer) returns jsonb
language plpgsql stable security definer
set search_path = ''
as $$
declare
  v_is_present boolean := private.is_present_inside(p_session_id);
  v_events jsonb;
  v_last bigint;
  v_latest bigint;
  v_answer jsonb;
begin
  if v_is_present is null then
    return null;
  end if;
  -- One more than asked for is read, only to know whether there are more.
  select
    jsonb_agg(private.event_json(p.event) order by (p.event).seq) filter (where p.number <= p_limit),
    max((p.event).seq) filter (where p.number <= p_limit),
    max((p.event).seq)
  into v_events, v_last, v_latest
  from (
    select e as event, row_number() over (order by e.seq) as number
    from public.live_session_events e
    where e.session_id = p_session_id and e.seq > p_after
    order by e.seq
    limit p_limit + 1
  ) p;
  if v_events is null then
    return null;
  end if;
  v_answer := jsonb_build_object(
    'events', v_events,
    'lastSeq', v_last,
    'hasMore', v_latest > v_last,
    'serverNow', private.epoch_ms(clock_timestamp()),
    'topic', case when v_is_present then private.topic('live_session:' || p_session_id) end
  );
  return case when v_is_present then v_answer else v_answer - 'topic' end;
end
$$;
comment on function private.events_from_inside(uuid, bigint, integer) is
  'The events after a number, for who is or was in the session by the rule of joined_session_ids(); null for '
  'others, and where there are none. Definer: see snapshot_from_inside().';

create or replace function public.get_live_session_events(
  session_id_param uuid, after_param bigint default 0, limit_param integer default 100
) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_topic text;
  v_answer jsonb;
begin
  if after_param >= 0 and limit_param between 1 and 500 then
    v_answer := private.events_from_inside(session_id_param, after_param, limit_param);
  end if;
  -- Whoever sees events may; only without any it takes a look why.
  if v_answer is not null then
    return v_answer;
  end if;
  perform private.require_insight(session_id_param);
  perform private.require(after_param >= 0, 'after is the number of an event, 0 for all.');
  perform private.require(limit_param between 1 and 500, 'limit lies between 1 and 500.');
  v_topic := private.topic_for_caller(session_id_param);
  v_answer := jsonb_build_object(
    'events', '[]'::jsonb,
    'lastSeq', after_param,
    'hasMore', false,
    'serverNow', private.epoch_ms(clock_timestamp()),
    'topic', v_topic
  );
  return case when v_topic is null then v_answer - 'topic' else v_answer end;
end
$$;

-- A page in one query: one that returned its rows would write them down for another to read. Each scope shows what
-- the policy live_sessions_select does, without asking for what the scope has said already.
drop function private.browsed_live_sessions(
  text, public.live_session_status, public.live_session_mode, timestamptz, uuid, integer);
create function private.browsed_live_sessions(
  p_scope text, p_status public.live_session_status, p_mode public.live_session_mode,
  p_before_at timestamptz, p_before_id uuid, p_limit integer
) returns jsonb
language plpgsql stable security definer
set search_path = ''
set plan_cache_mode = 'force_generic_plan'
as $$
declare
  v_caller uuid := case when p_scope = 'mine' then auth.uid() else private.caller() end;
  v_friends uuid[];
  v_items jsonb;
  v_cursors text[];
begin
  -- A statement for each scope, planned for its own index, and once: what differs from call to call would not
  -- change the plan. One more than asked for is read, only to know whether there is a next page.
  case p_scope
    when 'mine' then
      select
        jsonb_agg(private.session_json(p.session) order by (p.session).created_at desc, (p.session).id desc),
        array_agg(
          (extract(epoch from (p.session).created_at) * 1000000)::bigint || '.' || (p.session).id
          order by (p.session).created_at desc, (p.session).id desc)
      into v_items, v_cursors
      from (
        select s as session from public.live_sessions s
        where s.id = any (array(
            -- As joined_session_ids(), in the same query.
            select p.session_id from public.live_session_participants p
            where p.user_id = v_caller
              and p.session_id <> all (array(
                select r.session_id from private.live_session_removals r where r.user_id = v_caller
              ))
              and not exists (
                select from private.revoked_sign_ins r
                where r.id = nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'session_id'
              )
          ))
          and (p_status is null or s.status = p_status) and (p_mode is null or s.mode = p_mode)
          and (s.created_at, s.id) < (p_before_at, p_before_id)
        order by s.created_at desc, s.id desc
        limit p_limit + 1
      ) p;
    when 'friends' then
      v_friends := array(select private.friend_ids());
      select
        jsonb_agg(private.session_json(p.session) order by (p.session).created_at desc, (p.session).id desc),
        array_agg(
          (extract(epoch from (p.session).created_at) * 1000000)::bigint || '.' || (p.session).id
          order by (p.session).created_at desc, (p.session).id desc)
      into v_items, v_cursors
      from (
        select s as session from public.live_sessions s
        where s.host_id = any (v_friends)
          and (
            (
              not (s.id = any (array(select private.hidden_session_ids())))
              and (
                s.visibility = 'friends'
                or (s.visibility = 'public' and s.status <> 'ended')
                or s.id = any (array(select private.invited_session_ids()))
              )
            )
            or s.id = any (array(select private.joined_session_ids()))
          )
          and (p_status is null or s.status = p_status) and (p_mode is null or s.mode = p_mode)
          and (s.created_at, s.id) < (p_before_at, p_before_id)
        order by s.created_at desc, s.id desc
        limit p_limit + 1
      ) p;
    when 'public' then
      select
        jsonb_agg(private.session_json(p.session) order by (p.session).created_at desc, (p.session).id desc),
        array_agg(
          (extract(epoch from (p.session).created_at) * 1000000)::bigint || '.' || (p.session).id
          order by (p.session).created_at desc, (p.session).id desc)
      into v_items, v_cursors
      from (
        select s as session from public.live_sessions s
        where s.visibility = 'public' and s.status <> 'ended'
          and (
            not (s.id = any (array(select private.hidden_session_ids())))
            or s.id = any (array(select private.joined_session_ids()))
          )
          and (p_status is null or s.status = p_status) and (p_mode is null or s.mode = p_mode)
          and (s.created_at, s.id) < (p_before_at, p_before_id)
        order by s.created_at desc, s.id desc
        limit p_limit + 1
      ) p;
    else
      perform private.require(false, 'scope is mine, friends or public.');
  end case;
  -- Who was in a session is signed in; only without any it takes a look.
  if v_items is null then
    v_caller := private.caller();
  end if;
  return jsonb_build_object(
    'items', coalesce(v_items - p_limit, '[]'),
    'nextCursor', case when cardinality(v_cursors) > p_limit then v_cursors[p_limit] end,
    'serverNow', private.epoch_ms(clock_timestamp())
  );
end
$$;
comment on function private.browsed_live_sessions(
  text, public.live_session_status, public.live_session_mode, timestamptz, uuid, integer
) is 'A page of the sessions of a scope that the caller may see, newest first, from before a moment and id on. '
  'Definer: it asks once for a scope who sees what, as the policy live_sessions_select would; a test holds the two '
  'together.';

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
  v_caller uuid;
begin
  if (limit_param between 1 and 100) is not true then
    v_caller := private.caller();
    perform private.require(false, 'limit lies between 1 and 100.');
  end if;
  if cursor_param is not null then
    v_caller := private.caller();
    perform private.require(
      cursor_param ~ '^[0-9]{1,17}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
      'cursor is not one that this list gave out.');
    v_before_at := to_timestamp(0)
      + split_part(cursor_param, '.', 1)::bigint * interval '1 microsecond';
    v_before_id := split_part(cursor_param, '.', 2);
  end if;
  return private.browsed_live_sessions(
    scope_param, status_param, mode_param, v_before_at, v_before_id, limit_param);
end
$$;

create function private.presence_of_friends() returns jsonb
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_agg(
      private.presence_object(w, u.display_name, u.avatar_url) order by w.workout_started_at desc, w.id), '[]')
    from public.workout_presence w
    join public.users u on u.id = w.user_id
    where w.user_id = any (array(select private.shown_presence_ids()))
      and w.status <> 'finished'
      -- As is_gone(), in the same query.
      and w.last_updated_at >= now() - interval '5 minutes'
  );
end
$$;
comment on function private.presence_of_friends() is
  'The presence of friends who show it and are not gone, as the policy workout_presence_select lets them be read. '
  'Definer: a friend''s name is read with it, not for each.';

create or replace function public.friends_presence() returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_presence jsonb := private.presence_of_friends();
  v_caller uuid;
begin
  -- Whoever sees somebody is signed in; only without any it takes a look.
  if v_presence = '[]' then
    v_caller := private.caller();
  end if;
  return v_presence;
end
$$;

revoke all on function
  private.is_present_inside(uuid), private.snapshot_from_inside(uuid), private.events_from_inside(uuid, bigint, integer),
  private.browsed_live_sessions(
    text, public.live_session_status, public.live_session_mode, timestamptz, uuid, integer),
  private.presence_of_friends()
from public, anon, authenticated;
grant execute on function
  private.snapshot_from_inside(uuid), private.events_from_inside(uuid, bigint, integer),
  private.browsed_live_sessions(
    text, public.live_session_status, public.live_session_mode, timestamptz, uuid, integer),
  private.presence_of_friends()
to authenticated;
