-- Guided mode as the API exposes it: with its caller's rights, each only calls its command.

create function public.choose_live_session_exercise(
  session_id_param uuid, exercise_id_param text, expected_version_param bigint,
  exercise_name_param text default null
) returns jsonb
language sql
set search_path = ''
as $$
  select private.choose_exercise(session_id_param, exercise_id_param, exercise_name_param, expected_version_param)
$$;
comment on function public.choose_live_session_exercise(uuid, text, bigint, text) is
  'The leader picks an exercise, in the plan or not: {session, serverNow}.';

create function public.next_live_session_exercise(
  session_id_param uuid, expected_version_param bigint
) returns jsonb
language sql
set search_path = ''
as $$
  select private.walk_plan(session_id_param, 1, expected_version_param)
$$;
comment on function public.next_live_session_exercise(uuid, bigint) is
  'The leader goes on to the next exercise of the plan: {session, serverNow}.';

create function public.previous_live_session_exercise(
  session_id_param uuid, expected_version_param bigint
) returns jsonb
language sql
set search_path = ''
as $$
  select private.walk_plan(session_id_param, -1, expected_version_param)
$$;
comment on function public.previous_live_session_exercise(uuid, bigint) is
  'The leader goes back to the previous exercise of the plan: {session, serverNow}.';

create function public.change_live_session_plan(
  session_id_param uuid, planned_exercises_param jsonb, expected_version_param bigint
) returns jsonb
language sql
set search_path = ''
as $$
  select private.change_plan(session_id_param, planned_exercises_param, expected_version_param)
$$;
comment on function public.change_live_session_plan(uuid, jsonb, bigint) is
  'The leader changes the plan: {session, serverNow}.';

create function public.report_live_session_ready(
  session_id_param uuid, is_ready_param boolean
) returns jsonb
language sql
set search_path = ''
as $$
  select private.report_ready(session_id_param, is_ready_param)
$$;
comment on function public.report_live_session_ready(uuid, boolean) is
  'A participant''s ready flag: {session, participant, ready, waitingFor, serverNow}.';

create function public.start_live_session_ready_check(
  session_id_param uuid, deadline_seconds_param integer, policy_param text,
  quorum_param integer default null
) returns jsonb
language sql
set search_path = ''
as $$
  select private.start_ready_check(session_id_param, deadline_seconds_param, policy_param, quorum_param)
$$;
comment on function public.start_live_session_ready_check(uuid, integer, text, integer) is
  'The leader asks who is ready: {session, ready, waitingFor, readyCheck?, serverNow}.';

create function public.start_live_session_rest(
  session_id_param uuid, seconds_param integer
) returns jsonb
language sql
set search_path = ''
as $$
  select private.rest(session_id_param, 'start', seconds_param)
$$;
comment on function public.start_live_session_rest(uuid, integer) is
  'The leader starts a rest: {session, serverNow}.';

create function public.extend_live_session_rest(
  session_id_param uuid, seconds_param integer
) returns jsonb
language sql
set search_path = ''
as $$
  select private.rest(session_id_param, 'extend', seconds_param)
$$;
comment on function public.extend_live_session_rest(uuid, integer) is
  'The leader extends a rest: {session, serverNow}.';

create function public.skip_live_session_rest(
  session_id_param uuid
) returns jsonb
language sql
set search_path = ''
as $$
  select private.rest(session_id_param, 'skip', null)
$$;
comment on function public.skip_live_session_rest(uuid) is
  'The leader ends a rest: {session, serverNow}.';

create function public.pause_live_session(
  session_id_param uuid
) returns jsonb
language sql
set search_path = ''
as $$
  select private.set_paused(session_id_param, true)
$$;
comment on function public.pause_live_session(uuid) is
  'Pauses the session: {session, serverNow}.';

create function public.resume_live_session(
  session_id_param uuid
) returns jsonb
language sql
set search_path = ''
as $$
  select private.set_paused(session_id_param, false)
$$;
comment on function public.resume_live_session(uuid) is
  'Resumes the session: {session, serverNow}.';

create function public.transfer_live_session_lead(
  session_id_param uuid, user_id_param uuid
) returns jsonb
language sql
set search_path = ''
as $$
  select private.hand_over_lead(session_id_param, user_id_param)
$$;
comment on function public.transfer_live_session_lead(uuid, uuid) is
  'Hands the lead over, or takes it from a silent leader: {session, serverNow}.';

revoke all on function
  private.show_sign_of_life(uuid, uuid), private.ready_lists(uuid, timestamptz),
  private.close_ready_check(uuid, uuid, text), private.settle_ready_check(uuid, timestamptz),
  private.settle_after_departure(), private.clear_ready_check(), private.lead(uuid, bigint, boolean),
  private.move_group(public.live_sessions, uuid, text, text, integer),
  private.plan_index(jsonb, text, integer),
  private.choose_exercise(uuid, text, text, bigint), private.walk_plan(uuid, integer, bigint),
  private.change_plan(uuid, jsonb, bigint), private.report_ready(uuid, boolean),
  private.start_ready_check(uuid, integer, text, integer), private.rest(uuid, text, integer),
  private.set_paused(uuid, boolean), private.hand_over_lead(uuid, uuid),
  public.choose_live_session_exercise(uuid, text, bigint, text),
  public.next_live_session_exercise(uuid, bigint),
  public.previous_live_session_exercise(uuid, bigint),
  public.change_live_session_plan(uuid, jsonb, bigint),
  public.report_live_session_ready(uuid, boolean),
  public.start_live_session_ready_check(uuid, integer, text, integer),
  public.start_live_session_rest(uuid, integer),
  public.extend_live_session_rest(uuid, integer),
  public.skip_live_session_rest(uuid),
  public.pause_live_session(uuid),
  public.resume_live_session(uuid),
  public.transfer_live_session_lead(uuid, uuid)
from public, anon, authenticated;
grant execute on function
  private.choose_exercise(uuid, text, text, bigint), private.walk_plan(uuid, integer, bigint),
  private.change_plan(uuid, jsonb, bigint), private.report_ready(uuid, boolean),
  private.start_ready_check(uuid, integer, text, integer), private.rest(uuid, text, integer),
  private.set_paused(uuid, boolean), private.hand_over_lead(uuid, uuid),
  public.choose_live_session_exercise(uuid, text, bigint, text),
  public.next_live_session_exercise(uuid, bigint),
  public.previous_live_session_exercise(uuid, bigint),
  public.change_live_session_plan(uuid, jsonb, bigint),
  public.report_live_session_ready(uuid, boolean),
  public.start_live_session_ready_check(uuid, integer, text, integer),
  public.start_live_session_rest(uuid, integer),
  public.extend_live_session_rest(uuid, integer),
  public.skip_live_session_rest(uuid),
  public.pause_live_session(uuid),
  public.resume_live_session(uuid),
  public.transfer_live_session_lead(uuid, uuid)
to authenticated;
