-- What a client reads in one piece. These run with the caller's rights: row level security decides what
-- is in the answer. Each is stable, so that everything in one answer is of one moment.

create function private.require_visible(p_session_id uuid) returns public.live_sessions
language plpgsql stable
set search_path = ''
as $$
declare
  v_session public.live_sessions;
begin
  perform private.caller();
  select s.* into v_session from public.live_sessions s where s.id = p_session_id;
  if v_session.id is null then
    perform private.refuse('session_not_found', 'There is no such session.');
  end if;
  return v_session;
end
$$;
comment on function private.require_visible(uuid) is
  'The session, or session_not_found when the caller does not see it.';

create function private.require_insight(p_session_id uuid) returns public.live_sessions
language plpgsql stable
set search_path = ''
as $$
declare
  v_session public.live_sessions := private.require_visible(p_session_id);
begin
  if p_session_id not in (select private.joined_session_ids()) then
    perform private.refuse('not_participant', 'Only people who are or were in the session see inside.');
  end if;
  return v_session;
end
$$;
comment on function private.require_insight(uuid) is
  'The session, or a refusal: session_not_found when the caller does not see it, not_participant when '
  'they see it from outside.';

create function public.browse_live_sessions(
  scope_param text default 'mine', status_param public.live_session_status default null,
  mode_param public.live_session_mode default null, limit_param integer default 20,
  cursor_param text default null
) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_condition text;
  v_before_at timestamptz;
  v_before_id uuid;
  v_items jsonb;
  v_cursors text[];
begin
  perform private.caller();
  perform private.require(limit_param between 1 and 100, 'limit lies between 1 and 100.');
  v_condition := case scope_param
    when 'mine' then 's.id = any (array(select private.joined_session_ids()))'
    when 'friends' then 's.host_id = any (array(select private.friend_ids()))'
    when 'public' then 's.visibility = ''public'' and s.status <> ''ended'''
  end;
  perform private.require(v_condition is not null, 'scope is mine, friends or public.');
  if cursor_param is not null then
    perform private.require(
      cursor_param ~ '^[0-9]{1,17}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
      'cursor is not one that this list gave out.');
    v_before_at := to_timestamp(0)
      + split_part(cursor_param, '.', 1)::bigint * interval '1 microsecond';
    v_before_id := split_part(cursor_param, '.', 2);
  end if;
  -- One statement for each scope, so that each is planned for its own index.
  execute format($query$
    select
      jsonb_agg(private.session_json(p.session) order by (p.session).created_at desc, (p.session).id desc),
      array_agg(
        (extract(epoch from (p.session).created_at) * 1000000)::bigint || '.' || (p.session).id
        order by (p.session).created_at desc, (p.session).id desc)
    from (
      select s as session
      from public.live_sessions s
      where %s
        and ($1 is null or s.status = $1)
        and ($2 is null or s.mode = $2)
        and ($3 is null or (s.created_at, s.id) < ($3, $4))
      order by s.created_at desc, s.id desc
      limit $5
    ) p
  $query$, v_condition)
  into v_items, v_cursors
  using status_param, mode_param, v_before_at, v_before_id, limit_param + 1;
  return jsonb_build_object(
    -- One more than asked for was read, only to know whether there is a next page.
    'items', coalesce(v_items - limit_param, '[]'),
    'nextCursor', case when cardinality(v_cursors) > limit_param then v_cursors[limit_param] end,
    'serverNow', private.epoch_ms(clock_timestamp())
  );
end
$$;
comment on function public.browse_live_sessions(
  text, public.live_session_status, public.live_session_mode, integer, text) is
  'Sessions the caller may see, newest first, page by page: {items, nextCursor, serverNow}. '
  'mine: is or was in it; friends: hosted by a friend; public: open to everyone.';

create function public.get_live_session_snapshot(session_id_param uuid) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_session public.live_sessions := private.require_visible(session_id_param);
begin
  return jsonb_build_object(
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
    'serverNow', private.epoch_ms(clock_timestamp())
  );
end
$$;
comment on function public.get_live_session_snapshot(uuid) is
  'Everything for joining late or coming back: {session, participants, recentEvents, lastSeq, serverNow}. '
  'Who sees the session from outside gets no participants and no events.';

create function public.get_live_session_events(
  session_id_param uuid, after_param bigint default 0, limit_param integer default 100
) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_events jsonb;
  v_last bigint;
begin
  perform private.require_insight(session_id_param);
  perform private.require(after_param >= 0, 'after is the number of an event, 0 for all.');
  perform private.require(limit_param between 1 and 500, 'limit lies between 1 and 500.');
  select
    coalesce(jsonb_agg(private.event_json(p.event) order by (p.event).seq), '[]'),
    coalesce(max((p.event).seq), after_param)
  into v_events, v_last
  from (
    select e as event from public.live_session_events e
    where e.session_id = session_id_param and e.seq > after_param
    order by e.seq
    limit limit_param
  ) p;
  return jsonb_build_object(
    'events', v_events,
    'lastSeq', v_last,
    'hasMore', exists (
      select from public.live_session_events e where e.session_id = session_id_param and e.seq > v_last
    ),
    'serverNow', private.epoch_ms(clock_timestamp())
  );
end
$$;
comment on function public.get_live_session_events(uuid, bigint, integer) is
  'The events after a number, in order: {events, lastSeq, hasMore, serverNow}. lastSeq is the number to '
  'ask after next.';

create function public.get_live_session_summary(session_id_param uuid) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.require_insight(session_id_param);
  return private.session_summary(session_id_param);
end
$$;
comment on function public.get_live_session_summary(uuid) is
  'The recap, for who is or was in the session: {session, participantCount, totalSets, totalVolumeKg, '
  'durationMs, participants}.';

revoke all on function
  private.require_visible(uuid), private.require_insight(uuid),
  public.browse_live_sessions(
    text, public.live_session_status, public.live_session_mode, integer, text),
  public.get_live_session_snapshot(uuid), public.get_live_session_events(uuid, bigint, integer),
  public.get_live_session_summary(uuid)
from public, anon, authenticated;
grant execute on function
  private.require_visible(uuid), private.require_insight(uuid),
  private.paused_ms(uuid, timestamptz), private.session_totals(uuid, timestamptz),
  private.session_summary(uuid),
  public.browse_live_sessions(
    text, public.live_session_status, public.live_session_mode, integer, text),
  public.get_live_session_snapshot(uuid), public.get_live_session_events(uuid, bigint, integer),
  public.get_live_session_summary(uuid)
to authenticated;
