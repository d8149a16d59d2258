-- Channels of a person: user:<id> for what concerns them alone, workout_presence:<id> for their friends.

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

create function private.topic_user_id(p_topic text, p_kind text) returns uuid
language sql immutable parallel safe
set search_path = ''
as $$
  select case
    when p_topic ~ ('^' || p_kind || ':[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')
      then split_part(p_topic, ':', 2)::uuid
  end
$$;
comment on function private.topic_user_id(text, text) is
  'The person a topic <kind>:<user id> belongs to, or NULL for any other topic.';

revoke all on function
  private.invitation_json(public.live_session_invitations), private.broadcast_invitation(),
  private.topic_user_id(text, text), private.is_blocked_between(uuid, uuid)
from public;
grant execute on function
  private.invitation_json(public.live_session_invitations), private.topic_user_id(text, text)
to authenticated;

-- One policy for all topics: two would both be asked at every join.
drop policy live_session_channel_select on realtime.messages;
-- live_session: people in the session, now. user: that person. workout_presence: that person and their
-- friends.
create policy live_workout_channels_select on realtime.messages for select to authenticated
using (
  messages.extension in ('broadcast', 'presence')
  -- Asked once for a statement, however many partitions it looks into.
  and (
    select private.topic_session_id(t.topic) in (select private.current_session_ids())
      or private.topic_user_id(t.topic, 'user') = (select auth.uid())
      or private.topic_user_id(t.topic, 'workout_presence') = (select auth.uid())
      or private.topic_user_id(t.topic, 'workout_presence') in (select private.friend_ids())
    from realtime.topic() as t (topic)
  )
);
