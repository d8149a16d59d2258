-- The schema that no API exposes: policy helpers, trigger functions and everything that runs with
-- its owner's rights. Clients reach it only through policies and the wrappers in schema public.

create schema private;
comment on schema private is
  'Not exposed by the API: policy helpers, trigger functions and definer functions. '
  'Signed-in people may only execute what is granted function by function.';

revoke all on schema private from public;
grant usage on schema private to authenticated, service_role;

create function private.error_status(p_code text) returns text
language sql immutable parallel safe
set search_path = ''
as $$
  select case p_code
    when 'invalid_request' then '400'
    when 'unauthenticated' then '401'
    when 'permission_denied' then '403'
    when 'not_participant' then '403'
    when 'not_host' then '403'
    when 'not_leader' then '403'
    when 'session_not_found' then '404'
    when 'invitation_not_found' then '404'
    when 'user_not_found' then '404'
    when 'not_found' then '404'
    when 'session_ended' then '409'
    when 'session_not_started' then '409'
    when 'session_full' then '409'
    when 'already_in_session' then '409'
    when 'invalid_mode' then '409'
    when 'version_conflict' then '409'
    when 'invitation_expired' then '410'
    when 'invalid_exercise' then '422'
    when 'rate_limited' then '429'
  end
$$;
comment on function private.error_status(text) is
  'The HTTP status of each error code: the one place where the database decides it.';

-- A refusal rolls its transaction back, and every row that would count it. A sequence does not roll back.
do $$
declare
  v_code text;
begin
  foreach v_code in array array[
    'invalid_request', 'unauthenticated', 'permission_denied', 'not_participant', 'not_host', 'not_leader',
    'session_not_found', 'invitation_not_found', 'user_not_found', 'not_found', 'session_ended',
    'session_not_started', 'session_full', 'already_in_session', 'invalid_mode', 'version_conflict',
    'invitation_expired', 'invalid_exercise', 'rate_limited'
  ] loop
    execute format('create sequence private.refused_%s as bigint', v_code);
    execute format('comment on sequence private.refused_%s is %L', v_code,
      'Counts refusals; it survives the roll-back that a refusal is.');
    execute format('revoke all on sequence private.refused_%s from public, anon, authenticated', v_code);
    execute format('grant usage on sequence private.refused_%s to authenticated, service_role', v_code);
    execute format('grant select on sequence private.refused_%s to service_role', v_code);
  end loop;
end
$$;

create function private.refuse(p_code text, p_detail text, p_members jsonb default null) returns void
language plpgsql
set search_path = ''
as $$
declare
  v_sqlstate text := 'PT' || coalesce(private.error_status(p_code), '500');
begin
  -- Reading happens in read-only transactions, in which nothing can be counted.
  if current_setting('transaction_read_only') = 'off' then
    perform nextval(to_regclass('private.refused_' || p_code));
  end if;
  if p_members is null then
    raise exception using errcode = v_sqlstate, message = p_code, detail = p_detail;
  end if;
  raise exception using errcode = v_sqlstate, message = p_code, detail = p_detail, hint = p_members::text;
end
$$;
comment on function private.refuse(text, text, jsonb) is
  'Raises an error that REST and the edge functions answer alike: SQLSTATE PTxyz carries the HTTP '
  'status, MESSAGE the stable code, DETAIL a sentence for a person, HINT further members as JSON.';

create function private.require(p_condition boolean, p_detail text) returns void
language plpgsql
set search_path = ''
as $$
begin
  if p_condition is distinct from true then
    perform private.refuse('invalid_request', p_detail);
  end if;
end
$$;
comment on function private.require(boolean, text) is
  'Refuses with invalid_request unless the condition is true; a NULL condition is not true.';

create function private.caller() returns uuid
language plpgsql stable
set search_path = ''
as $$
declare
  v_caller uuid := (select auth.uid());
begin
  if v_caller is null then
    perform private.refuse('unauthenticated', 'Sign in first.');
  end if;
  return v_caller;
end
$$;
comment on function private.caller() is
  'The signed-in person; refuses with unauthenticated when there is none.';

create function private.epoch_ms(p_at timestamptz) returns bigint
language sql immutable parallel safe
set search_path = ''
as $$ select floor(extract(epoch from p_at) * 1000)::bigint $$;
comment on function private.epoch_ms(timestamptz) is
  'Milliseconds since 1970-01-01 UTC, the unit of time in every answer.';

revoke all on all functions in schema private from public;
grant execute on function
  private.error_status(text), private.refuse(text, text, jsonb), private.require(boolean, text),
  private.caller(), private.epoch_ms(timestamptz)
to authenticated, service_role;
