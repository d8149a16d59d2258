-- What a client cannot work out from an event by itself: the exact times that the session and its people carry,
-- and whether the end of a rest was an action of the leader. With these the events since a snapshot make
-- the next one.

create or replace function private.start_session(p_session_id uuid) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
  v_session public.live_sessions := private.lock_session(p_session_id);
begin
  perform private.require_host(v_session, v_caller);
  perform private.require_open(v_session);
  if v_session.status = 'pending' then
    update public.live_sessions s set status = 'active', started_at = clock_timestamp()
    where s.id = p_session_id
    returning s.started_at into v_session.started_at;
    perform private.append_event(p_session_id, v_caller, 'session_started',
      jsonb_build_object('startedAt', private.epoch_ms(v_session.started_at)));
  end if;
  return private.session_answer(p_session_id);
end
$$;

create or replace function private.end_session(p_session public.live_sessions, p_user_id uuid) returns void
language plpgsql
set search_path = ''
as $$
declare
  v_at timestamptz := clock_timestamp();
begin
  perform private.append_event(p_session.id, p_user_id, 'session_ended',
    jsonb_build_object('endedAt', private.epoch_ms(v_at)));
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

create or replace function private.admit(p_session public.live_sessions, p_user_id uuid) returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  if p_session.id in (select private.current_session_ids()) then
    return private.participant_answer(p_session.id, p_user_id);
  end if;
  -- Someone who was in it sees it for good, but does not come back past a block.
  if p_session.id in (select private.hidden_session_ids()) and p_session.status <> 'ended' then
    perform private.refuse('session_not_found', 'There is no such session.');
  end if;
  perform private.require_open(p_session);
  perform private.refuse_second_session(p_user_id);
  if p_session.participant_count >= p_session.max_participants then
    perform private.refuse('session_full', format('All %s places are taken.', p_session.max_participants));
  end if;
  perform private.enter_session(p_session.id, p_user_id, false);
  update public.live_session_invitations i set status = 'accepted'
  where i.session_id = p_session.id and i.recipient_id = p_user_id and i.status = 'pending'
    and i.expires_at > now();
  perform private.append_event(p_session.id, p_user_id, 'user_joined',
    jsonb_build_object('displayName', p.display_name, 'avatarUrl', p.avatar_url,
      'joinedAt', private.epoch_ms(p.joined_at)))
  from public.live_session_participants p
  where p.session_id = p_session.id and p.user_id = p_user_id;
  return private.participant_answer(p_session.id, p_user_id);
end
$$;

create or replace function private.depart(p_session public.live_sessions, p_user_id uuid, p_data jsonb) returns void
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
    jsonb_build_object('displayName', v_departing.display_name, 'avatarUrl', v_departing.avatar_url,
      'leftAt', private.epoch_ms(v_departing.left_at))
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

create or replace function private.rest(p_session_id uuid, p_action text, p_seconds integer) returns jsonb
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
  v_session := private.lead(p_session_id, null, false);
  v_now := coalesce(v_session.paused_at, clock_timestamp());
  v_is_resting := coalesce(v_session.rest_ends_at > v_now, false);
  if p_action <> 'start' then
    perform private.require(v_is_resting or p_action = 'skip', 'Nobody is resting at the moment.');
  end if;
  v_ends_at := case p_action
    when 'start' then v_now + p_seconds * interval '1 second'
    when 'extend' then v_session.rest_ends_at + p_seconds * interval '1 second'
  end;
  if v_ends_at is distinct from v_session.rest_ends_at then
    update public.live_sessions s set rest_ends_at = v_ends_at, version = s.version + 1
    where s.id = p_session_id
    returning s.version into v_session.version;
  end if;
  if v_ends_at is not null then
    perform private.append_event(p_session_id, v_caller, 'rest_started',
      jsonb_build_object('restEndsAt', private.epoch_ms(v_ends_at), 'extended', nullif(p_action = 'extend', false)));
  elsif v_session.rest_ends_at is not null then
    perform private.append_event(p_session_id, v_caller, 'rest_ended',
      jsonb_build_object('skipped', nullif(v_is_resting, false), 'version', v_session.version));
  end if;
  return private.session_answer(p_session_id);
end
$$;

create or replace function private.end_rests(p_at timestamptz) returns integer
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
    perform private.append_event(v_session.id, v_session.host_id, 'rest_ended',
      jsonb_build_object('version', v_session.version));
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;

create or replace function private.broadcast_presence() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  -- A mere sign of life is passed on once in every minute of the clock, however often it comes: often enough
  -- to tell it from being gone.
  if tg_op = 'UPDATE'
    and to_jsonb(new) - 'last_updated_at' = to_jsonb(old) - 'last_updated_at'
    and date_trunc('minute', new.last_updated_at) = date_trunc('minute', old.last_updated_at)
  then
    return null;
  end if;
  if private.is_invisible(new.user_id) then
    return null;
  end if;
  -- A new workout: friends who were signed out since the last one may still have the channel open.
  if (tg_op = 'INSERT' or new.workout_started_at <> old.workout_started_at)
    and private.has_signed_out_friends(new.user_id)
  then
    perform private.move_topics(array['workout_presence:' || new.user_id]);
  end if;
  perform realtime.send(private.presence_json(new), 'presence_update',
    private.topic('workout_presence:' || new.user_id), true);
  return null;
end
$$;
