-- Codes to share. A wrong guess is answered without raising, for what is raised is rolled back, and with it
-- the count of guesses.

create function private.generate_code() returns text
language plpgsql
set search_path = ''
as $$
declare
  -- Without I, L, O, 0 and 1, which are hard to tell apart, aloud or in print.
  v_alphabet constant text := 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
  v_code text := '';
  v_byte integer;
begin
  while char_length(v_code) < 15 loop
    v_byte := get_byte(extensions.gen_random_bytes(1), 0);
    -- 248 is the largest multiple of 31 in a byte: beyond it some characters would be more likely.
    if v_byte < 248 then
      v_code := v_code || substr(v_alphabet, 1 + v_byte % 31, 1);
    end if;
  end loop;
  return v_code;
end
$$;
comment on function private.generate_code() is
  'A random code of 15 characters out of 31: 74 bits.';

create function private.code_hash(p_code text) returns bytea
language sql immutable
set search_path = ''
as $$
  select sha256(convert_to(upper(regexp_replace(p_code, '[\s-]', '', 'g')), 'UTF8'))
$$;
comment on function private.code_hash(text) is
  'SHA-256 of a code as it was given out; blanks, hyphens and small letters do not matter. No salt: the '
  'code is random and long.';

create function private.create_link(p_session_id uuid, p_max_uses integer, p_minutes integer) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
  v_session public.live_sessions := private.lock_session(p_session_id);
  v_code text := private.generate_code();
  v_link private.live_session_invitation_links;
begin
  perform private.require_host(v_session, v_caller);
  perform private.require_open(v_session);
  perform private.require(p_max_uses between 1 and 50, 'maxUses lies between 1 and 50.');
  perform private.require(p_minutes between 1 and 10080, 'expiresInMinutes lies between 1 and 10080 (7 days).');
  perform private.limit_rate(v_caller, 'invitation', v_caller, 100, interval '1 hour');
  insert into private.live_session_invitation_links (session_id, created_by, code_hash, max_uses, expires_at)
  values (p_session_id, v_caller, private.code_hash(v_code), p_max_uses,
    clock_timestamp() + p_minutes * interval '1 minute')
  returning * into v_link;
  return jsonb_build_object(
    'id', v_link.id,
    -- Grouped for reading aloud. It is never shown again.
    'code', regexp_replace(v_code, '(.{5})(.{5})(.{5})', '\1-\2-\3'),
    'expiresAt', private.epoch_ms(v_link.expires_at),
    'maxUses', v_link.max_uses,
    'serverNow', private.epoch_ms(clock_timestamp())
  );
end
$$;
comment on function private.create_link(uuid, integer, integer) is
  'The host makes a code to share: {id, code, expiresAt, maxUses, serverNow}. Definer: clients have no '
  'right to links.';

create function private.revoke_link(p_link_id uuid) returns void
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
begin
  update private.live_session_invitation_links l
  set revoked_at = coalesce(l.revoked_at, clock_timestamp())
  from public.live_sessions s
  where l.id = p_link_id and s.id = l.session_id
    -- Whoever is host now may take back what an earlier host gave out.
    and (s.host_id = v_caller or l.created_by = v_caller);
  if not found then
    perform private.refuse('invitation_not_found', 'There is no such link.');
  end if;
end
$$;
comment on function private.revoke_link(uuid) is
  'The host, or whoever made it, takes a code back. Definer: clients have no right to links.';

create function private.answer_refusal(p_code text, p_detail text) returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  perform set_config('response.status', private.error_status(p_code), true);
  perform nextval(to_regclass('private.refused_' || p_code));
  return jsonb_build_object('code', 'PT' || private.error_status(p_code), 'message', p_code,
    'details', p_detail, 'hint', null);
end
$$;
comment on function private.answer_refusal(text, text) is
  'A refusal as an answer, with the status and the shape of a raised one, but without rolling back.';

create function private.redeem_code(p_code text) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
  v_link private.live_session_invitation_links;
  v_session public.live_sessions;
  v_answer jsonb;
begin
  perform private.require(char_length(p_code) between 1 and 100, 'code has 1 to 100 characters.');
  perform private.limit_rate(v_caller, 'redemption', v_caller, 10, interval '1 minute');
  select l.* into v_link from private.live_session_invitation_links l
  where l.code_hash = private.code_hash(p_code);
  select s.* into v_session from public.live_sessions s where s.id = v_link.session_id for no key update;
  -- Again, now that nothing about the session moves any more.
  select l.* into v_link from private.live_session_invitation_links l where l.id = v_link.id;
  if v_link.id is null or v_link.revoked_at is not null
    or (v_link.session_id in (select private.hidden_session_ids())
      and v_link.session_id not in (select private.current_session_ids()))
  then
    return private.answer_refusal('invitation_not_found', 'No session answers to this code.');
  end if;
  if v_link.session_id in (select private.current_session_ids()) then
    return private.participant_answer(v_link.session_id, v_caller);
  end if;
  if v_session.status = 'ended' then
    return private.answer_refusal('session_ended', 'This session has ended.');
  end if;
  if v_link.expires_at <= clock_timestamp() or v_link.uses >= v_link.max_uses then
    return private.answer_refusal('invitation_expired', 'This code has expired or was used up.');
  end if;
  v_answer := private.admit(v_session, v_caller);
  update private.live_session_invitation_links l set uses = l.uses + 1 where l.id = v_link.id;
  return v_answer;
end
$$;
comment on function private.redeem_code(text) is
  'Joins the session of a code; ten attempts a minute, wrong ones included. Definer: clients have no right '
  'to links, and a code opens a session that its bearer does not see yet.';

create function public.create_live_session_invitation_link(
  session_id_param uuid, max_uses_param integer default 1, expires_in_minutes_param integer default 1440
) returns jsonb
language sql
set search_path = ''
as $$
  select coalesce(
    private.recall_answer('create_live_session_invitation_link',
      jsonb_build_array(session_id_param, max_uses_param, expires_in_minutes_param)),
    private.keep_answer(
      private.create_link(session_id_param, max_uses_param, expires_in_minutes_param), true))
$$;
comment on function public.create_live_session_invitation_link(uuid, integer, integer) is
  'The host makes a code to share: {id, code, expiresAt, maxUses, serverNow}. The code is shown only here.';

create function public.revoke_live_session_invitation_link(link_id_param uuid) returns void
language sql
set search_path = ''
as $$ select private.revoke_link(link_id_param) $$;
comment on function public.revoke_live_session_invitation_link(uuid) is 'Takes a code back.';

create function public.redeem_live_session_invitation_link(code_param text) returns jsonb
language sql
set search_path = ''
as $$ select private.redeem_code(code_param) $$;
comment on function public.redeem_live_session_invitation_link(text) is
  'Joins by a code: {session, participant, serverNow}.';

revoke all on function
  private.generate_code(), private.code_hash(text), private.create_link(uuid, integer, integer),
  private.revoke_link(uuid), private.answer_refusal(text, text), private.redeem_code(text),
  public.create_live_session_invitation_link(uuid, integer, integer),
  public.revoke_live_session_invitation_link(uuid), public.redeem_live_session_invitation_link(text)
from public, anon, authenticated;
grant execute on function
  private.create_link(uuid, integer, integer), private.revoke_link(uuid), private.redeem_code(text),
  public.create_live_session_invitation_link(uuid, integer, integer),
  public.revoke_live_session_invitation_link(uuid), public.redeem_live_session_invitation_link(text)
to authenticated;
