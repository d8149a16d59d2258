-- What changes a session for others. Every command locks the session, checks the caller, changes, and
-- appends its event, in one transaction. Repeating what already happened succeeds and changes nothing.

create function private.open_session(
  p_mode public.live_session_mode, p_name text, p_theme text,
  p_visibility public.live_session_visibility, p_max_participants integer,
  p_planned_exercises jsonb, p_invitee_ids uuid[]
) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
  v_session public.live_sessions;
  v_invitations jsonb;
begin
  perform private.check_settings(p_name, p_theme, p_visibility, p_max_participants);
  perform private.require(p_mode is not null, 'mode is shared or guided.');
  perform private.require(private.is_plan(p_planned_exercises),
    'plannedExercises is a list of at most 100 {exerciseId, targetSets, targetRepsMin?, targetRepsMax?}.');
  perform private.require(coalesce(cardinality(p_invitee_ids), 0) <= 50, 'At most 50 people can be invited at once.');
  insert into public.live_sessions (host_id, mode, name, theme, visibility, max_participants, planned_exercises)
  values (v_caller, p_mode, btrim(p_name), btrim(p_theme), p_visibility, p_max_participants, p_planned_exercises)
  returning * into v_session;
  perform private.enter_session(v_session.id, v_caller, true);
  perform private.append_event(v_session.id, v_caller, 'session_created',
    jsonb_build_object('mode', v_session.mode, 'name', v_session.name));
  select jsonb_agg(jsonb_build_object('recipientId', r.id,
    'outcome', private.invite(v_session, r.id, clock_timestamp() + interval '24 hours')))
  into v_invitations
  from (select distinct unnest(p_invitee_ids) as id) r;
  return private.participant_answer(v_session.id, v_caller)
    || jsonb_strip_nulls(jsonb_build_object('invitations', v_invitations));
end
$$;
comment on function private.open_session(
  public.live_session_mode, text, text, public.live_session_visibility, integer, jsonb, uuid[]) is
  'Creates a session with the caller as host, participant and leader. Definer: clients have no right to '
  'insert into the tables concerned.';

create function private.update_session(p_session_id uuid, p_changes jsonb) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
  v_before public.live_sessions := private.lock_session(p_session_id);
  v_after public.live_sessions := v_before;
  v_changed jsonb;
begin
  perform private.require_host(v_before, v_caller);
  perform private.require_open(v_before);
  perform private.require(
    jsonb_typeof(p_changes) = 'object'
      and p_changes - array['name', 'theme', 'visibility', 'maxParticipants'] = '{}',
    'Only name, theme, visibility and maxParticipants can be changed.');
  perform private.require(
    coalesce(jsonb_typeof(p_changes -> 'name'), 'null') in ('string', 'null')
      and coalesce(jsonb_typeof(p_changes -> 'theme'), 'null') in ('string', 'null'),
    'name and theme are texts, or null.');
  if p_changes ? 'name' then
    v_after.name := btrim(p_changes ->> 'name');
  end if;
  if p_changes ? 'theme' then
    v_after.theme := btrim(p_changes ->> 'theme');
  end if;
  if p_changes ? 'visibility' then
    perform private.require(p_changes ->> 'visibility' in ('private', 'friends', 'public'),
      'visibility is private, friends or public.');
    v_after.visibility := p_changes ->> 'visibility';
  end if;
  if p_changes ? 'maxParticipants' then
    perform private.require(
      jsonb_typeof(p_changes -> 'maxParticipants') = 'number'
        and p_changes ->> 'maxParticipants' ~ '^[0-9]{1,2}$',
      'maxParticipants lies between 2 and 50.');
    v_after.max_participants := p_changes ->> 'maxParticipants';
  end if;
  perform private.check_settings(v_after.name, v_after.theme, v_after.visibility, v_after.max_participants);
  perform private.require(v_after.max_participants >= v_before.participant_count,
    format('%s people are in the session already.', v_before.participant_count));
  if v_after is distinct from v_before then
    update public.live_sessions s
    set name = v_after.name, theme = v_after.theme, visibility = v_after.visibility,
      max_participants = v_after.max_participants
    where s.id = p_session_id;
    select jsonb_object_agg(c.key, c.value) into v_changed
    from jsonb_each(jsonb_build_object('name', v_after.name, 'theme', v_after.theme,
      'visibility', v_after.visibility, 'maxParticipants', v_after.max_participants)) c
    where c.value is distinct from
      jsonb_build_object('name', v_before.name, 'theme', v_before.theme,
        'visibility', v_before.visibility, 'maxParticipants', v_before.max_participants) -> c.key;
    -- Not through append_event: null says that a name or theme was taken away.
    insert into public.live_session_events (session_id, user_id, type, event_data)
    values (p_session_id, v_caller, 'session_updated',
      jsonb_build_object('type', 'session_updated', 'data', v_changed));
  end if;
  return private.session_answer(p_session_id);
end
$$;
comment on function private.update_session(uuid, jsonb) is
  'The host changes name, theme, visibility or maxParticipants. Definer: clients have no right to update '
  'sessions.';

create function private.admit(p_session public.live_sessions, p_user_id uuid) returns jsonb
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
    jsonb_build_object('displayName', p.display_name, 'avatarUrl', p.avatar_url))
  from public.live_session_participants p
  where p.session_id = p_session.id and p.user_id = p_user_id;
  return private.participant_answer(p_session.id, p_user_id);
end
$$;
comment on function private.admit(public.live_sessions, uuid) is
  'Lets the caller into a session that is locked and that they may know of: not past a block or a removal, '
  'not into a second session, not without room.';

create function private.join_session(p_session_id uuid) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
begin
  return private.admit(private.lock_session(p_session_id), v_caller);
end
$$;
comment on function private.join_session(uuid) is
  'Whoever sees an open session may join it while there is room. Definer: clients have no right to insert '
  'participants.';

create function private.leave_session(p_session_id uuid) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
  v_session public.live_sessions := private.lock_session(p_session_id);
begin
  if p_session_id not in (select private.joined_session_ids()) then
    perform private.refuse('not_participant', 'You are not in this session.');
  end if;
  if p_session_id in (select private.current_session_ids()) then
    perform private.depart(v_session, v_caller, '{}');
  end if;
  return private.participant_answer(p_session_id, v_caller);
end
$$;
comment on function private.leave_session(uuid) is
  'Leaves a session; the numbers stay. Definer: clients have no right to close a stay.';

create function private.start_session(p_session_id uuid) returns jsonb
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
    where s.id = p_session_id;
    perform private.append_event(p_session_id, v_caller, 'session_started');
  end if;
  return private.session_answer(p_session_id);
end
$$;
comment on function private.start_session(uuid) is
  'The host starts the session. Definer: clients have no right to update sessions.';

create function private.end_session_by_host(p_session_id uuid) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
  v_session public.live_sessions := private.lock_session(p_session_id);
begin
  perform private.require_host(v_session, v_caller);
  if v_session.status <> 'ended' then
    perform private.end_session(v_session, v_caller);
  end if;
  return private.session_answer(p_session_id)
    || jsonb_build_object('summary', private.session_summary(p_session_id));
end
$$;
comment on function private.end_session_by_host(uuid) is
  'The host ends the session, or calls it off before it started. Definer: clients have no right to update '
  'sessions.';

create function private.transfer_host(p_session_id uuid, p_user_id uuid) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
  v_session public.live_sessions := private.lock_session(p_session_id);
begin
  -- The answer to the first attempt got lost: the role is where the caller wanted it.
  if v_session.host_id = p_user_id and p_session_id in (select private.current_session_ids()) then
    return private.session_answer(p_session_id);
  end if;
  perform private.require_host(v_session, v_caller);
  perform private.require_open(v_session);
  if not exists (
    select from public.live_session_participants p
    where p.session_id = p_session_id and p.user_id = p_user_id and p.left_at is null
  ) then
    perform private.refuse('user_not_found', 'This person is not in the session.');
  end if;
  perform private.give_host(p_session_id, v_caller, p_user_id);
  return private.session_answer(p_session_id);
end
$$;
comment on function private.transfer_host(uuid, uuid) is
  'The host hands the role to another participant. Definer: clients have no right to update sessions.';

create function private.remove_participant(p_session_id uuid, p_user_id uuid) returns void
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
  v_session public.live_sessions := private.lock_session(p_session_id);
  v_participant public.live_session_participants;
begin
  perform private.require_host(v_session, v_caller);
  perform private.require_open(v_session);
  perform private.require(p_user_id <> v_caller, 'The host leaves, or hands the role over; nobody removes themselves.');
  select p.* into v_participant
  from public.live_session_participants p
  where p.session_id = p_session_id and p.user_id = p_user_id;
  if v_participant.id is null then
    perform private.refuse('user_not_found', 'This person is not in the session.');
  end if;
  insert into private.live_session_removals (session_id, user_id, removed_by)
  values (p_session_id, p_user_id, v_caller)
  on conflict do nothing;
  update public.live_session_invitations i set status = 'revoked'
  where i.session_id = p_session_id and i.recipient_id = p_user_id and i.status = 'pending';
  if v_participant.left_at is null then
    perform private.depart(v_session, p_user_id, '{"removed": true}');
  end if;
end
$$;
comment on function private.remove_participant(uuid, uuid) is
  'The host sends someone away for good; they keep their own sets. Definer: clients have no right to '
  'close another''s stay.';

revoke all on function
  private.admit(public.live_sessions, uuid),
  private.open_session(
    public.live_session_mode, text, text, public.live_session_visibility, integer, jsonb, uuid[]),
  private.update_session(uuid, jsonb), private.join_session(uuid), private.leave_session(uuid),
  private.start_session(uuid), private.end_session_by_host(uuid),
  private.transfer_host(uuid, uuid), private.remove_participant(uuid, uuid)
from public;
-- For the wrappers in schema public. A command checks its caller itself: calling it directly gains nothing.
grant execute on function
  private.open_session(
    public.live_session_mode, text, text, public.live_session_visibility, integer, jsonb, uuid[]),
  private.update_session(uuid, jsonb), private.join_session(uuid), private.leave_session(uuid),
  private.start_session(uuid), private.end_session_by_host(uuid),
  private.transfer_host(uuid, uuid), private.remove_participant(uuid, uuid)
to authenticated;
