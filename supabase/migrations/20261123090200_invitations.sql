-- Inviting, and answering: each with the session locked, so that accepting, revoking and ending come in some
-- order.

create function private.invite_friends(p_session_id uuid, p_recipient_ids uuid[], p_minutes integer)
returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
  v_session public.live_sessions := private.lock_session(p_session_id);
  v_expires_at timestamptz;
  v_recipient_id uuid;
  v_outcome text;
  v_results jsonb := '[]';
begin
  perform private.require_host(v_session, v_caller);
  perform private.require_open(v_session);
  perform private.require(cardinality(p_recipient_ids) between 1 and 50, 'recipientIds names 1 to 50 people.');
  perform private.require(p_minutes between 1 and 10080, 'expiresInMinutes lies between 1 and 10080 (7 days).');
  v_expires_at := clock_timestamp() + p_minutes * interval '1 minute';
  for v_recipient_id in
    select r.id from unnest(p_recipient_ids) with ordinality r (id, n) group by r.id order by min(r.n)
  loop
    v_outcome := private.invite(v_session, v_recipient_id, v_expires_at);
    v_results := v_results || jsonb_strip_nulls(jsonb_build_object(
      'recipientId', v_recipient_id, 'outcome', v_outcome,
      'invitation', case when v_outcome in ('invited', 'already_invited') then (
        select private.invitation_json(i) from public.live_session_invitations i
        where i.session_id = p_session_id and i.recipient_id = v_recipient_id
      ) end));
  end loop;
  return jsonb_build_object('results', v_results, 'serverNow', private.epoch_ms(clock_timestamp()));
end
$$;
comment on function private.invite_friends(uuid, uuid[], integer) is
  'The host invites up to 50 friends, with an outcome for each. Definer: clients have no right to insert '
  'invitations.';

create function private.require_invitation(p_invitation_id uuid) returns public.live_session_invitations
language plpgsql
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
  v_invitation public.live_session_invitations;
begin
  select i.* into v_invitation from public.live_session_invitations i where i.id = p_invitation_id;
  -- The session first, as everywhere; only then does the invitation stand still.
  perform from public.live_sessions s where s.id = v_invitation.session_id for no key update;
  select i.* into v_invitation from public.live_session_invitations i
  where i.id = p_invitation_id
    and v_caller in (i.recipient_id, i.host_id)
    and i.recipient_id not in (select private.blocked_ids())
    and i.host_id not in (select private.blocked_ids());
  if v_invitation.id is null then
    perform private.refuse('invitation_not_found', 'There is no such invitation.');
  end if;
  return v_invitation;
end
$$;
comment on function private.require_invitation(uuid) is
  'An invitation to or from the caller, its session locked; or invitation_not_found.';

create function private.invitation_answer(p_invitation_id uuid) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('invitation', private.invitation_json(i),
    'serverNow', private.epoch_ms(clock_timestamp()))
  from public.live_session_invitations i
  where i.id = p_invitation_id
$$;
comment on function private.invitation_answer(uuid) is 'An invitation as a command answers with it.';

create function private.accept_invitation(p_invitation_id uuid) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
  v_invitation public.live_session_invitations := private.require_invitation(p_invitation_id);
  v_session public.live_sessions;
  v_answer jsonb;
begin
  if v_invitation.recipient_id <> v_caller or v_invitation.status in ('revoked', 'declined')
    -- Removed after it was accepted: the session is gone for them, and so is this.
    or v_invitation.session_id in (
      select r.session_id from private.live_session_removals r where r.user_id = v_caller)
  then
    perform private.refuse('invitation_not_found', 'There is no such invitation.');
  end if;
  select s.* into v_session from public.live_sessions s where s.id = v_invitation.session_id;
  perform private.require_open(v_session);
  if v_invitation.status = 'expired'
    or (v_invitation.status = 'pending' and v_invitation.expires_at <= clock_timestamp())
  then
    perform private.refuse('invitation_expired', 'This invitation has expired.');
  end if;
  v_answer := private.admit(v_session, v_caller);
  update public.live_session_invitations i set status = 'accepted'
  where i.id = p_invitation_id and i.status <> 'accepted';
  return v_answer || private.invitation_answer(p_invitation_id);
end
$$;
comment on function private.accept_invitation(uuid) is
  'The recipient accepts and is in the session, in one step. Definer: clients have no right to insert '
  'participants.';

create function private.decline_invitation(p_invitation_id uuid) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
  v_invitation public.live_session_invitations := private.require_invitation(p_invitation_id);
begin
  if v_invitation.recipient_id <> v_caller or v_invitation.status = 'revoked' then
    perform private.refuse('invitation_not_found', 'There is no such invitation.');
  end if;
  if v_invitation.status = 'expired'
    or (v_invitation.status = 'pending' and v_invitation.expires_at <= clock_timestamp())
  then
    perform private.refuse('invitation_expired', 'This invitation has expired.');
  end if;
  if v_invitation.status = 'accepted' then
    perform private.refuse('already_in_session', 'This invitation was accepted; leave the session instead.',
      jsonb_build_object('sessionId', v_invitation.session_id));
  end if;
  update public.live_session_invitations i set status = 'declined'
  where i.id = p_invitation_id and i.status = 'pending';
  return private.invitation_answer(p_invitation_id);
end
$$;
comment on function private.decline_invitation(uuid) is
  'The recipient declines. Definer: clients have no right to update invitations.';

create function private.revoke_invitation(p_invitation_id uuid) returns void
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
  v_invitation public.live_session_invitations := private.require_invitation(p_invitation_id);
begin
  if v_invitation.host_id <> v_caller then
    perform private.refuse('invitation_not_found', 'There is no such invitation.');
  end if;
  if v_invitation.status = 'accepted' then
    perform private.refuse('already_in_session', 'It was accepted; remove the person from the session instead.',
      jsonb_build_object('sessionId', v_invitation.session_id));
  end if;
  update public.live_session_invitations i set status = 'revoked'
  where i.id = p_invitation_id and i.status = 'pending';
end
$$;
comment on function private.revoke_invitation(uuid) is
  'The sender takes an invitation back. Definer: clients have no right to update invitations.';

create function public.invite_to_live_session(
  session_id_param uuid, recipient_ids_param uuid[], expires_in_minutes_param integer default 1440
) returns jsonb
language sql
set search_path = ''
as $$
  select coalesce(
    private.recall_answer('invite_to_live_session',
      jsonb_build_array(session_id_param, recipient_ids_param, expires_in_minutes_param)),
    private.keep_answer(
      private.invite_friends(session_id_param, recipient_ids_param, expires_in_minutes_param)))
$$;
comment on function public.invite_to_live_session(uuid, uuid[], integer) is
  'The host invites friends: {results: [{recipientId, outcome, invitation?}], serverNow}.';

create function public.accept_live_session_invitation(invitation_id_param uuid) returns jsonb
language sql
set search_path = ''
as $$ select private.accept_invitation(invitation_id_param) $$;
comment on function public.accept_live_session_invitation(uuid) is
  'Accepts and joins: {invitation, session, participant, serverNow}.';

create function public.decline_live_session_invitation(invitation_id_param uuid) returns jsonb
language sql
set search_path = ''
as $$ select private.decline_invitation(invitation_id_param) $$;
comment on function public.decline_live_session_invitation(uuid) is 'Declines: {invitation, serverNow}.';

create function public.revoke_live_session_invitation(invitation_id_param uuid) returns void
language sql
set search_path = ''
as $$ select private.revoke_invitation(invitation_id_param) $$;
comment on function public.revoke_live_session_invitation(uuid) is 'The sender takes it back.';

create function public.browse_live_session_invitations(
  box_param text default 'received',
  status_param public.live_session_invitation_status default null,
  limit_param integer default 20, cursor_param text default null
) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
  v_before_at timestamptz;
  v_before_id uuid;
  v_items jsonb;
  v_cursors text[];
begin
  perform private.require(box_param in ('received', 'sent'), 'box is received or sent.');
  perform private.require(limit_param between 1 and 100, 'limit lies between 1 and 100.');
  if cursor_param is not null then
    perform private.require(
      cursor_param ~ '^[0-9]{1,17}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
      'cursor is not one that this list gave out.');
    v_before_at := to_timestamp(0)
      + split_part(cursor_param, '.', 1)::bigint * interval '1 microsecond';
    v_before_id := split_part(cursor_param, '.', 2);
  end if;
  select
    jsonb_agg(private.invitation_json(p.invitation)
      order by (p.invitation).created_at desc, (p.invitation).id desc),
    array_agg(
      (extract(epoch from (p.invitation).created_at) * 1000000)::bigint || '.' || (p.invitation).id
      order by (p.invitation).created_at desc, (p.invitation).id desc)
  into v_items, v_cursors
  from (
    select i as invitation
    from public.live_session_invitations i
    where (
        (box_param = 'received' and i.recipient_id = v_caller)
        or (box_param = 'sent' and i.host_id = v_caller)
      )
      and (status_param is null or status_param = case
        when i.status = 'pending' and i.expires_at <= now() then 'expired' else i.status end)
      and (v_before_at is null or (i.created_at, i.id) < (v_before_at, v_before_id))
    order by i.created_at desc, i.id desc
    limit limit_param + 1
  ) p;
  return jsonb_build_object(
    'items', coalesce(v_items - limit_param, '[]'),
    'nextCursor', case when cardinality(v_cursors) > limit_param then v_cursors[limit_param] end,
    'serverNow', private.epoch_ms(clock_timestamp())
  );
end
$$;
comment on function public.browse_live_session_invitations(
  text, public.live_session_invitation_status, integer, text) is
  'One''s invitations, newest first, page by page: {items, nextCursor, serverNow}.';

revoke all on function
  private.invite_friends(uuid, uuid[], integer), private.require_invitation(uuid),
  private.invitation_answer(uuid), private.accept_invitation(uuid), private.decline_invitation(uuid),
  private.revoke_invitation(uuid), public.invite_to_live_session(uuid, uuid[], integer),
  public.accept_live_session_invitation(uuid), public.decline_live_session_invitation(uuid),
  public.revoke_live_session_invitation(uuid),
  public.browse_live_session_invitations(
    text, public.live_session_invitation_status, integer, text)
from public, anon, authenticated;
grant execute on function
  private.invite_friends(uuid, uuid[], integer), private.accept_invitation(uuid),
  private.decline_invitation(uuid), private.revoke_invitation(uuid),
  public.invite_to_live_session(uuid, uuid[], integer),
  public.accept_live_session_invitation(uuid), public.decline_live_session_invitation(uuid),
  public.revoke_live_session_invitation(uuid),
  public.browse_live_session_invitations(
    text, public.live_session_invitation_status, integer, text)
to authenticated;
