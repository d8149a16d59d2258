-- Invitations on the channel of whom they concern: user:<id>.

create function private.invitation_json(p_invitation public.live_session_invitations) returns jsonb
language sql stable security definer
set search_path = ''
as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'id', p_invitation.id,
    'sessionId', p_invitation.session_id,
    'sessionName', s.name,
    'hostId', p_invitation.host_id,
    'hostDisplayName', coalesce(u.display_name, 'Deleted user'),
    'hostAvatarUrl', u.avatar_url,
    'recipientId', p_invitation.recipient_id,
    'mode', s.mode,
    'status', case
      when p_invitation.status = 'pending' and p_invitation.expires_at <= now() then 'expired'
      else p_invitation.status::text
    end,
    'createdAt', private.epoch_ms(p_invitation.created_at),
    'expiresAt', private.epoch_ms(p_invitation.expires_at)
  ))
  from public.live_sessions s
  left join public.users u on u.id = p_invitation.host_id
  where s.id = p_invitation.session_id
$$;
comment on function private.invitation_json(public.live_session_invitations) is
  'An invitation as the type LiveSessionInvitation. Definer: who declined or was revoked sees the session '
  'no longer, and still their invitation.';

create function private.is_blocked_between(p_one uuid, p_other uuid) returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
    select from public.friendships f
    where f.status = 'blocked'
      and ((f.user_id = p_one and f.friend_id = p_other) or (f.user_id = p_other and f.friend_id = p_one))
  )
$$;
comment on function private.is_blocked_between(uuid, uuid) is 'Whether either of two people blocks the other.';

create function private.broadcast_invitation() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_payload jsonb := private.invitation_json(new);
  v_is_new boolean := new.status = 'pending'
    and (tg_op = 'INSERT' or old.status <> 'pending' or old.created_at <> new.created_at);
begin
  -- Across a block an invitation is as if it had never been.
  if private.is_blocked_between(new.host_id, new.recipient_id) then
    return null;
  end if;
  if v_is_new then
    perform realtime.send(v_payload, 'invitation_received', 'user:' || new.recipient_id, true);
  else
    perform realtime.send(v_payload, 'invitation_updated', 'user:' || new.recipient_id, true);
    perform realtime.send(v_payload, 'invitation_updated', 'user:' || new.host_id, true);
  end if;
  return null;
end
$$;
comment on function private.broadcast_invitation() is
  'Tells the recipient of a new invitation, and both of what became of one. Definer: realtime.send runs '
  'with its caller''s rights and would lose the message without a word.';

create trigger live_session_invitations_50_broadcast
  after insert or update on public.live_session_invitations
  for each row execute function private.broadcast_invitation();

revoke all on function
  private.invitation_json(public.live_session_invitations), private.broadcast_invitation(),
  private.is_blocked_between(uuid, uuid)
from public;
grant execute on function
  private.invitation_json(public.live_session_invitations)
to authenticated;
