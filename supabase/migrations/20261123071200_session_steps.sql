-- The steps that commands are made of. They run inside a command, which has locked the session and checked
-- the caller; no client may execute one by itself.

create function private.session_answer(p_session_id uuid) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'session', private.session_json(s),
    'serverNow', private.epoch_ms(clock_timestamp())
  )
  from public.live_sessions s
  where s.id = p_session_id
$$;
comment on function private.session_answer(uuid) is 'A session as a command answers with it.';

create function private.participant_answer(p_session_id uuid, p_user_id uuid) returns jsonb
language sql stable
set search_path = ''
as $$
  select private.session_answer(p_session_id)
    || jsonb_build_object('participant', private.participant_json(p))
  from public.live_session_participants p
  where p.session_id = p_session_id and p.user_id = p_user_id
$$;
comment on function private.participant_answer(uuid, uuid) is
  'A session and one participant as a command answers with them.';

create function private.paused_ms(p_session_id uuid, p_until timestamptz) returns bigint
language sql stable
set search_path = ''
as $$
  -- A pause runs from its event to the next one that ends it, or to the end.
  select coalesce(sum(private.epoch_ms(coalesce(e.resumed_at, p_until)) - private.epoch_ms(e.created_at)), 0)::bigint
  from (
    select n.type, n.created_at, lead(n.created_at) over (order by n.seq) as resumed_at
    from public.live_session_events n
    where n.session_id = p_session_id and n.type in ('session_paused', 'session_resumed')
  ) e
  where e.type = 'session_paused'
$$;
comment on function private.paused_ms(uuid, timestamptz) is
  'How long a session was paused up to a moment, in ms, by its log.';

create function private.session_totals(p_session_id uuid, p_at timestamptz) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'participantCount', count(p.id),
    'totalSets', coalesce(sum(p.sets_completed), 0),
    'totalVolumeKg', trim_scale(coalesce(sum(p.total_volume_kg), 0)),
    'durationMs', coalesce(private.epoch_ms(p_at) - private.epoch_ms(s.started_at), 0),
    'activeMs', coalesce(
      private.epoch_ms(p_at) - private.epoch_ms(s.started_at) - private.paused_ms(s.id, p_at), 0)
  )
  from public.live_sessions s
  left join public.live_session_participants p on p.session_id = s.id
  where s.id = p_session_id
  group by s.id
$$;
comment on function private.session_totals(uuid, timestamptz) is
  'A session in numbers, up to a moment: everyone who took part counts, sets, volume in kg, duration in '
  'ms since its start, and without pauses. Names nobody.';

create function private.session_summary(p_session_id uuid) returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce(s.summary, private.session_totals(s.id, clock_timestamp()))
    || jsonb_build_object(
      'session', private.session_json(s),
      'participants', (
        select coalesce(jsonb_agg(private.participant_json(p) order by p.joined_at, p.id), '[]')
        from public.live_session_participants p
        where p.session_id = s.id
      )
    )
  from public.live_sessions s
  where s.id = p_session_id
$$;
comment on function private.session_summary(uuid) is
  'The recap: {session, participantCount, totalSets, totalVolumeKg, durationMs, participants}, as it '
  'stands, or as it was frozen at the end.';

create function private.refuse_second_session(p_user_id uuid) returns void
language plpgsql
set search_path = ''
as $$
declare
  v_session_id uuid;
begin
  select p.session_id into v_session_id
  from public.live_session_participants p
  where p.user_id = p_user_id and p.left_at is null;
  if v_session_id is not null then
    perform private.refuse('already_in_session', 'Leave your present session first.',
      jsonb_build_object('sessionId', v_session_id));
  end if;
end
$$;
comment on function private.refuse_second_session(uuid) is
  'Refuses with already_in_session, and the id of the first, if the person is in an open session.';

create function private.enter_session(p_session_id uuid, p_user_id uuid, p_is_leader boolean) returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.refuse_second_session(p_user_id);
  insert into public.live_session_participants as p (session_id, user_id, display_name, avatar_url, is_leader)
  select p_session_id, u.id, u.display_name, u.avatar_url, p_is_leader
  from public.users u
  where u.id = p_user_id
  on conflict (session_id, user_id) do update
    set left_at = null, joined_at = clock_timestamp(), last_active_at = clock_timestamp(),
      display_name = excluded.display_name, avatar_url = excluded.avatar_url,
      status = 'idle', ready_for_next = false;
  if not found then
    perform private.refuse('unauthenticated', 'This account no longer exists.');
  end if;
exception
  when unique_violation then
    -- The same person entered another session at the same moment; the index decided.
    perform private.refuse_second_session(p_user_id);
    raise;
end
$$;
comment on function private.enter_session(uuid, uuid, boolean) is
  'Makes a person a participant, or lets one who left back in with their numbers.';

create function private.end_session(p_session public.live_sessions, p_user_id uuid) returns void
language plpgsql
set search_path = ''
as $$
declare
  v_at timestamptz := clock_timestamp();
begin
  perform private.append_event(p_session.id, p_user_id, 'session_ended');
  update public.live_sessions s
  set status = 'ended', ended_at = v_at, paused_at = null, rest_ends_at = null,
    summary = private.session_totals(p_session.id, v_at)
  where s.id = p_session.id;
  update public.live_session_participants p set left_at = v_at
  where p.session_id = p_session.id and p.left_at is null;
  -- Nobody reads a session that is over by an invitation that is not.
  update public.live_session_invitations i set status = 'expired'
  where i.session_id = p_session.id and i.status = 'pending';
end
$$;
comment on function private.end_session(public.live_sessions, uuid) is
  'Ends a session that its caller has locked: one event, the summary frozen, everyone''s stay closed, '
  'pending invitations expired.';

create function private.give_host(p_session_id uuid, p_from uuid, p_to uuid) returns void
language sql
set search_path = ''
as $$
  update public.live_sessions s set host_id = p_to where s.id = p_session_id;
  select private.append_event(p_session_id, p_from, 'host_changed',
    jsonb_build_object('hostId', p.user_id, 'displayName', p.display_name, 'previousHostId', p_from))
  from public.live_session_participants p
  where p.session_id = p_session_id and p.user_id = p_to;
$$;
comment on function private.give_host(uuid, uuid, uuid) is 'Passes the host''s role on, with its event.';

create function private.give_lead(p_session_id uuid, p_from uuid, p_to uuid) returns void
language sql
set search_path = ''
as $$
  update public.live_session_participants p set is_leader = false
  where p.session_id = p_session_id and p.is_leader;
  update public.live_session_participants p set is_leader = true
  where p.session_id = p_session_id and p.user_id = p_to;
  select private.append_event(p_session_id, p_from, 'leader_changed',
    jsonb_build_object('leaderId', p.user_id, 'displayName', p.display_name, 'previousLeaderId', p_from))
  from public.live_session_participants p
  where p.session_id = p_session_id and p.user_id = p_to;
$$;
comment on function private.give_lead(uuid, uuid, uuid) is 'Passes the lead on, with its event.';

create function private.depart(p_session public.live_sessions, p_user_id uuid, p_data jsonb) returns void
language plpgsql
set search_path = ''
as $$
declare
  v_departing public.live_session_participants;
  v_heir uuid;
begin
  update public.live_session_participants p
  set left_at = clock_timestamp(), status = 'finished', ready_for_next = false
  where p.session_id = p_session.id and p.user_id = p_user_id
  returning p.* into v_departing;
  perform private.append_event(p_session.id, p_user_id, 'user_left',
    jsonb_build_object('displayName', v_departing.display_name, 'avatarUrl', v_departing.avatar_url)
      || p_data);
  select p.user_id into v_heir
  from public.live_session_participants p
  where p.session_id = p_session.id and p.left_at is null
  order by p.user_id = p_session.host_id desc, p.joined_at, p.id
  limit 1;
  if v_heir is null then
    perform private.end_session(p_session, p_user_id);
    return;
  end if;
  if p_user_id = p_session.host_id then
    perform private.give_host(p_session.id, p_user_id, v_heir);
  end if;
  if v_departing.is_leader then
    perform private.give_lead(p_session.id, p_user_id, v_heir);
  end if;
end
$$;
comment on function private.depart(public.live_sessions, uuid, jsonb) is
  'Closes one person''s stay. The host''s role goes to whoever has been present longest, the lead to the '
  'host; with nobody left the session ends.';

create function private.require_host(p_session public.live_sessions, p_caller uuid) returns void
language plpgsql
set search_path = ''
as $$
begin
  if p_session.host_id is distinct from p_caller then
    perform private.refuse('not_host', 'Only the host of the session may do this.');
  end if;
end
$$;
comment on function private.require_host(public.live_sessions, uuid) is
  'Refuses with not_host unless the caller is the host.';

create function private.require_open(p_session public.live_sessions) returns void
language plpgsql
set search_path = ''
as $$
begin
  if p_session.status = 'ended' then
    perform private.refuse('session_ended', 'This session has ended.');
  end if;
end
$$;
comment on function private.require_open(public.live_sessions) is
  'Refuses with session_ended once the session has ended.';

create function private.invite(
  p_session public.live_sessions, p_recipient_id uuid, p_expires_at timestamptz
) returns text
language plpgsql
set search_path = ''
as $$
begin
  if exists (
    select from public.live_session_participants p
    where p.session_id = p_session.id and p.user_id = p_recipient_id and p.left_at is null
  ) then
    return 'already_in_session';
  end if;
  -- Not a friend, blocked, removed and unknown look alike: the answer gives nothing away.
  if p_recipient_id is null
    or p_recipient_id not in (select private.friend_ids())
    or exists (
      select from private.live_session_removals r
      where r.session_id = p_session.id and r.user_id = p_recipient_id
    )
  then
    return 'not_invitable';
  end if;
  insert into public.live_session_invitations as i (session_id, host_id, recipient_id, expires_at)
  values (p_session.id, p_session.host_id, p_recipient_id, p_expires_at)
  on conflict (session_id, recipient_id) do update
    set status = 'pending', host_id = excluded.host_id, created_at = clock_timestamp(),
      expires_at = excluded.expires_at
    where i.status <> 'pending' or i.expires_at <= clock_timestamp();
  if not found then
    return 'already_invited';
  end if;
  perform private.limit_rate(p_session.host_id, 'invitation', p_session.host_id, 100, interval '1 hour');
  return 'invited';
end
$$;
comment on function private.invite(public.live_sessions, uuid, timestamptz) is
  'Invites one person to a session whose host is the caller, and says what came of it: invited, '
  'already_invited, already_in_session or not_invitable.';

create function private.check_settings(
  p_name text, p_theme text, p_visibility public.live_session_visibility, p_max_participants integer
) returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.require(p_name is null or char_length(btrim(p_name)) between 1 and 100,
    'name has 1 to 100 characters.');
  perform private.require(p_theme is null or char_length(btrim(p_theme)) between 1 and 50,
    'theme has 1 to 50 characters.');
  perform private.require(p_visibility is not null, 'visibility is private, friends or public.');
  perform private.require(p_max_participants between 2 and 50, 'maxParticipants lies between 2 and 50.');
end
$$;
comment on function private.check_settings(text, text, public.live_session_visibility, integer) is
  'Refuses settings of a session that its table could not take, each reason with its own words.';

revoke all on function
  private.session_answer(uuid), private.participant_answer(uuid, uuid),
  private.paused_ms(uuid, timestamptz),
  private.session_totals(uuid, timestamptz), private.session_summary(uuid),
  private.refuse_second_session(uuid), private.enter_session(uuid, uuid, boolean),
  private.end_session(public.live_sessions, uuid),
  private.give_host(uuid, uuid, uuid), private.give_lead(uuid, uuid, uuid),
  private.depart(public.live_sessions, uuid, jsonb),
  private.require_host(public.live_sessions, uuid), private.require_open(public.live_sessions),
  private.invite(public.live_sessions, uuid, timestamptz),
  private.check_settings(text, text, public.live_session_visibility, integer)
from public;
