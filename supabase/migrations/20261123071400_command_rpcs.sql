-- The commands as the API exposes them: with their caller's rights, each only calls its command.

create function public.open_live_session(
  mode_param public.live_session_mode, name_param text default null, theme_param text default null,
  visibility_param public.live_session_visibility default 'friends',
  max_participants_param integer default 10, planned_exercises_param jsonb default '[]',
  invitee_ids_param uuid[] default '{}'
) returns jsonb
language sql
set search_path = ''
as $$
  select coalesce(
    private.recall_answer('open_live_session', jsonb_build_array(mode_param, name_param, theme_param,
      visibility_param, max_participants_param, planned_exercises_param, invitee_ids_param)),
    private.keep_answer(private.open_session(mode_param, name_param, theme_param, visibility_param,
      max_participants_param, planned_exercises_param, invitee_ids_param)))
$$;
comment on function public.open_live_session(
  public.live_session_mode, text, text, public.live_session_visibility, integer, jsonb, uuid[]) is
  'Creates a session: {session, participant, invitations?, serverNow}.';

create function public.create_live_session(
  host_id_param uuid, mode_param public.live_session_mode, name_param text default null,
  theme_param text default null, planned_exercises_param jsonb default '[]'
) returns public.live_sessions
language plpgsql
set search_path = ''
as $$
declare
  v_id uuid;
  v_session public.live_sessions;
begin
  if host_id_param is distinct from private.caller() then
    perform private.refuse('permission_denied', 'You can host a session in your own name only.');
  end if;
  v_id := private.open_session(mode_param, name_param, theme_param, 'friends', 10,
    coalesce(planned_exercises_param, '[]'), '{}') -> 'session' ->> 'id';
  select s.* into v_session from public.live_sessions s where s.id = v_id;
  return v_session;
end
$$;
comment on function public.create_live_session(uuid, public.live_session_mode, text, text, jsonb) is
  'Creates a session and returns its row. The host is the caller; another''s id is refused.';

create function public.update_live_session(session_id_param uuid, changes_param jsonb) returns jsonb
language sql
set search_path = ''
as $$ select private.update_session(session_id_param, changes_param) $$;
comment on function public.update_live_session(uuid, jsonb) is
  'The host changes {name, theme, visibility, maxParticipants}: {session, serverNow}.';

create function public.join_live_session(session_id_param uuid) returns jsonb
language sql
set search_path = ''
as $$ select private.join_session(session_id_param) $$;
comment on function public.join_live_session(uuid) is
  'Joins or rejoins a session: {session, participant, serverNow}.';

create function public.leave_live_session(session_id_param uuid) returns jsonb
language sql
set search_path = ''
as $$ select private.leave_session(session_id_param) $$;
comment on function public.leave_live_session(uuid) is
  'Leaves a session: {session, participant, serverNow}.';

create function public.start_live_session(session_id_param uuid) returns jsonb
language sql
set search_path = ''
as $$ select private.start_session(session_id_param) $$;
comment on function public.start_live_session(uuid) is 'The host starts it: {session, serverNow}.';

create function public.end_live_session(session_id_param uuid) returns jsonb
language sql
set search_path = ''
as $$ select private.end_session_by_host(session_id_param) $$;
comment on function public.end_live_session(uuid) is
  'The host ends it: {session, summary, serverNow}.';

create function public.transfer_live_session_host(session_id_param uuid, user_id_param uuid) returns jsonb
language sql
set search_path = ''
as $$ select private.transfer_host(session_id_param, user_id_param) $$;
comment on function public.transfer_live_session_host(uuid, uuid) is
  'The host hands the role over: {session, serverNow}.';

create function public.remove_live_session_participant(session_id_param uuid, user_id_param uuid)
returns void
language sql
set search_path = ''
as $$ select private.remove_participant(session_id_param, user_id_param) $$;
comment on function public.remove_live_session_participant(uuid, uuid) is
  'The host removes someone for good.';

revoke all on function
  public.open_live_session(
    public.live_session_mode, text, text, public.live_session_visibility, integer, jsonb, uuid[]),
  public.create_live_session(uuid, public.live_session_mode, text, text, jsonb),
  public.update_live_session(uuid, jsonb), public.join_live_session(uuid),
  public.leave_live_session(uuid), public.start_live_session(uuid), public.end_live_session(uuid),
  public.transfer_live_session_host(uuid, uuid), public.remove_live_session_participant(uuid, uuid)
from public, anon, authenticated;
grant execute on function
  public.open_live_session(
    public.live_session_mode, text, text, public.live_session_visibility, integer, jsonb, uuid[]),
  public.create_live_session(uuid, public.live_session_mode, text, text, jsonb),
  public.update_live_session(uuid, jsonb), public.join_live_session(uuid),
  public.leave_live_session(uuid), public.start_live_session(uuid), public.end_live_session(uuid),
  public.transfer_live_session_host(uuid, uuid), public.remove_live_session_participant(uuid, uuid)
to authenticated;
