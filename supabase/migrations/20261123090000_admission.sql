-- One way in, for whoever may: seeing the session, an invitation, or a code.

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

create or replace function private.join_session(p_session_id uuid) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
begin
  return private.admit(private.lock_session(p_session_id), v_caller);
end
$$;

revoke all on function private.admit(public.live_sessions, uuid) from public;
