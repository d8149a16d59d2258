-- Who may do what, pinned by list: a policy, grant, trigger or definer function that nobody planned fails
-- here. Change a list only together with the migration that means it.
begin;
select plan(17);

create function pg_temp.oids() returns table (oid oid, name text, definer boolean, config text[])
language sql as $$
  select p.oid, (n.nspname || '.' || p.proname) collate "default", p.prosecdef, p.proconfig
  from pg_catalog.pg_proc p
  join pg_catalog.pg_namespace n on n.oid = p.pronamespace
  where n.nspname in ('public', 'private')
    -- Extensions bring functions of their own.
    and not exists (select from pg_catalog.pg_depend d where d.objid = p.oid and d.deptype = 'e')
$$;

select set_eq(
$$select c.relname::text collate "default", p.polname::text collate "default", p.polcmd::text, p.polpermissive, p.polroles::regrole[]::text
from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
where n.nspname in ('public', 'private', 'realtime') order by 1, 2$$,
$$values
  ('friendships', 'friendships_delete', 'd', true, '{authenticated}'),
  ('friendships', 'friendships_insert', 'a', true, '{authenticated}'),
  ('friendships', 'friendships_select', 'r', true, '{authenticated}'),
  ('friendships', 'friendships_update', 'w', true, '{authenticated}'),
  ('live_session_events', 'live_session_events_select', 'r', true, '{authenticated}'),
  ('live_session_invitations', 'live_session_invitations_select', 'r', true, '{authenticated}'),
  ('live_session_messages', 'live_session_messages_insert', 'a', true, '{authenticated}'),
  ('live_session_messages', 'live_session_messages_select', 'r', true, '{authenticated}'),
  ('live_session_participants', 'live_session_participants_select', 'r', true, '{authenticated}'),
  ('live_session_participants', 'live_session_participants_update', 'w', true, '{authenticated}'),
  ('live_session_reactions', 'live_session_reactions_insert', 'a', true, '{authenticated}'),
  ('live_session_reactions', 'live_session_reactions_select', 'r', true, '{authenticated}'),
  ('live_session_ready_checks', 'live_session_ready_checks_select', 'r', true, '{authenticated}'),
  ('live_session_sets', 'live_session_sets_delete', 'd', true, '{authenticated}'),
  ('live_session_sets', 'live_session_sets_insert', 'a', true, '{authenticated}'),
  ('live_session_sets', 'live_session_sets_select', 'r', true, '{authenticated}'),
  ('live_session_sets', 'live_session_sets_update', 'w', true, '{authenticated}'),
  ('live_sessions', 'live_sessions_select', 'r', true, '{authenticated}'),
  ('messages', 'live_session_channel_insert', 'a', true, '{authenticated}'),
  ('messages', 'live_workout_channels_select', 'r', true, '{authenticated}'),
  ('quick_reactions', 'quick_reactions_insert', 'a', true, '{authenticated}'),
  ('quick_reactions', 'quick_reactions_select', 'r', true, '{authenticated}'),
  ('users', 'users_select', 'r', true, '{authenticated}'),
  ('users', 'users_update', 'w', true, '{authenticated}'),
  ('workout_presence', 'workout_presence_select', 'r', true, '{authenticated}'),
  ('workouts', 'workouts_delete', 'd', true, '{authenticated}'),
  ('workouts', 'workouts_insert', 'a', true, '{authenticated}'),
  ('workouts', 'workouts_select', 'r', true, '{authenticated}'),
  ('workouts', 'workouts_update', 'w', true, '{authenticated}')
$$, 'policies: one permissive policy for a table and command, to signed-in people only');

select is_empty(
$$select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relrowsecurity$$,
'every table in public has row level security');
select is_empty(
$$select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname in ('public', 'private') and c.relkind in ('v', 'm', 'f')$$,
'there is no view to slip past it');

select set_eq(
$$select c.relname::text collate "default", x.privilege, string_agg(a.attname, ', ' order by a.attnum)
from pg_class c join pg_namespace n on n.oid = c.relnamespace
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped,
unnest(array['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) x (privilege)
where n.nspname in ('public', 'private') and c.relkind in ('r', 'p')
and has_column_privilege('authenticated', c.oid, a.attnum, x.privilege)
group by 1, 2 order by 1, 2$$,
$$values
  ('friendships', 'INSERT', 'id, user_id, friend_id, status'),
  ('friendships', 'SELECT', 'id, user_id, friend_id, status, created_at, updated_at'),
  ('friendships', 'UPDATE', 'status'),
  ('live_session_events', 'SELECT', 'id, session_id, user_id, type, event_data, created_at, seq'),
  ('live_session_invitations', 'SELECT', 'id, session_id, host_id, recipient_id, status, created_at, expires_at'),
  ('live_session_messages', 'INSERT', 'id, session_id, user_id, message'),
  ('live_session_messages', 'SELECT', 'id, session_id, user_id, message, created_at'),
  ('live_session_participants', 'SELECT', 'id, session_id, user_id, display_name, avatar_url, status, joined_at, last_active_at, current_exercise_id, sets_completed, is_leader, ready_for_next, total_volume_kg, pr_count, left_at'),
  ('live_session_participants', 'UPDATE', 'status, current_exercise_id'),
  ('live_session_reactions', 'INSERT', 'id, session_id, from_user_id, to_user_id, emote, target_set_id'),
  ('live_session_reactions', 'SELECT', 'id, session_id, from_user_id, to_user_id, emote, target_set_id, created_at'),
  ('live_session_ready_checks', 'SELECT', 'session_id, policy, quorum, started_at, deadline'),
  ('live_session_sets', 'INSERT', 'id, session_id, user_id, exercise_id, exercise_name, set_type, weight_kg, reps, timestamp_ms, e1rm_kg, is_pr, intensity_score'),
  ('live_session_sets', 'SELECT', 'id, session_id, user_id, exercise_id, exercise_name, set_type, weight_kg, reps, timestamp_ms, e1rm_kg, is_pr, intensity_score, created_at'),
  ('live_session_sets', 'UPDATE', 'exercise_id, exercise_name, set_type, weight_kg, reps, timestamp_ms, intensity_score'),
  ('live_sessions', 'SELECT', 'id, host_id, mode, status, name, theme, created_at, started_at, ended_at, current_exercise_id, plan_position, planned_exercises, participant_count, total_sets_completed, visibility, max_participants, version, last_event_seq, paused_at, rest_ends_at, summary, history_dropped_at'),
  ('quick_reactions', 'INSERT', 'id, from_user_id, to_user_id, emote, set_id'),
  ('quick_reactions', 'SELECT', 'id, from_user_id, to_user_id, emote, set_id, created_at'),
  ('users', 'SELECT', 'id, display_name, avatar_url, created_at, updated_at'),
  ('users', 'UPDATE', 'display_name, avatar_url'),
  ('workout_presence', 'SELECT', 'id, user_id, is_in_live_session, live_session_id, current_exercise_id, current_exercise_name, workout_started_at, last_set_completed_at, status, last_updated_at'),
  ('workouts', 'INSERT', 'id, user_id, started_at, ended_at, sets, routine_id, routine_name, plan_id, completion_pct, created_at'),
  ('workouts', 'SELECT', 'id, user_id, started_at, ended_at, sets, routine_id, routine_name, plan_id, completion_pct, created_at'),
  ('workouts', 'UPDATE', 'id, user_id, started_at, ended_at, sets, routine_id, routine_name, plan_id, completion_pct, created_at')
$$, 'what signed-in people may read and write, by column');
select set_eq(
$$select c.relname::text collate "default", x.privilege from pg_class c join pg_namespace n on n.oid = c.relnamespace,
unnest(array['DELETE', 'TRUNCATE', 'TRIGGER', 'MAINTAIN']) x (privilege)
where n.nspname in ('public', 'private') and c.relkind in ('r', 'p') and has_table_privilege('authenticated', c.oid, x.privilege)
order by 1, 2$$,
$$values ('friendships', 'DELETE'), ('live_session_sets', 'DELETE'), ('workouts', 'DELETE')$$,
'what signed-in people may delete');
select is_empty(
$$select c.relname, x.privilege from pg_class c join pg_namespace n on n.oid = c.relnamespace,
unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN']) x (privilege)
where n.nspname in ('public', 'private') and c.relkind in ('r', 'p', 'v', 'm', 'S')
and (has_table_privilege('anon', c.oid, x.privilege)
  or (x.privilege in ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES') and has_any_column_privilege('anon', c.oid, x.privilege)))$$,
'anon may do nothing with any table');
select set_eq(
$$select c.relname::text collate "default", string_agg(x.privilege, ', ' order by x.privilege) from pg_class c join pg_namespace n on n.oid = c.relnamespace,
unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) x (privilege)
where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname not in ('users', 'friendships', 'workouts')
and has_table_privilege('service_role', c.oid, x.privilege)
group by 1 order by 1$$,
$$values
  ('live_session_events', 'SELECT'),
  ('live_session_invitations', 'SELECT'),
  ('live_session_messages', 'SELECT'),
  ('live_session_participants', 'SELECT'),
  ('live_session_reactions', 'SELECT'),
  ('live_session_ready_checks', 'SELECT'),
  ('live_session_sets', 'SELECT'),
  ('live_sessions', 'SELECT'),
  ('quick_reactions', 'SELECT'),
  ('workout_presence', 'SELECT')
$$,
'not even the service role writes past the rules');
select is_empty(
$$select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname in ('public', 'private') and c.relowner <> 'postgres'::regrole$$,
'the owner of every table is the owner of the database');

select set_eq(
$$select (n.nspname || '.' || c.relname) collate "default", t.tgname::text collate "default", p.proname::text collate "default"
from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
join pg_proc p on p.oid = t.tgfoid join pg_namespace pn on pn.oid = p.pronamespace
where not t.tgisinternal and t.tgparentid = 0 and (n.nspname in ('public', 'private') or pn.nspname = 'private')
and t.tgenabled = 'O' order by 1, 2$$,
$$values
  ('auth.sessions', 'sessions_revoke_sign_in', 'revoke_sign_in'),
  ('auth.users', 'users_copy_email', 'copy_email'),
  ('auth.users', 'users_create_profile', 'create_profile'),
  ('auth.users', 'users_leave_for_good', 'leave_for_good'),
  ('private.live_session_removals', 'live_session_removals_50_topic', 'follow_removal'),
  ('public.friendships', 'friendships_05_lock', 'lock_current_session'),
  ('public.friendships', 'friendships_10_guard', 'guard_friendship'),
  ('public.friendships', 'friendships_50_parted_delete', 'follow_friendships'),
  ('public.friendships', 'friendships_50_parted_insert', 'follow_friendships'),
  ('public.friendships', 'friendships_50_parted_update', 'follow_friendships'),
  ('public.live_session_events', 'live_session_events_10_number', 'number_event'),
  ('public.live_session_events', 'live_session_events_50_broadcast', 'broadcast_event'),
  ('public.live_session_events', 'live_session_events_70_ready', 'settle_after_departure'),
  ('public.live_session_invitations', 'live_session_invitations_50_broadcast', 'broadcast_invitation'),
  ('public.live_session_messages', 'live_session_messages_05_lock', 'lock_current_session'),
  ('public.live_session_messages', 'live_session_messages_10_check', 'before_message'),
  ('public.live_session_messages', 'live_session_messages_50_event', 'after_message'),
  ('public.live_session_participants', 'live_session_participants_05_lock', 'lock_current_session'),
  ('public.live_session_participants', 'live_session_participants_20_status', 'report_status'),
  ('public.live_session_participants', 'live_session_participants_50_count', 'count_participants'),
  ('public.live_session_participants', 'live_session_participants_60_presence', 'follow_participation'),
  ('public.live_session_reactions', 'live_session_reactions_05_lock', 'lock_current_session'),
  ('public.live_session_reactions', 'live_session_reactions_10_check', 'before_reaction'),
  ('public.live_session_reactions', 'live_session_reactions_50_event', 'after_reaction'),
  ('public.live_session_sets', 'live_session_sets_05_lock', 'lock_current_session'),
  ('public.live_session_sets', 'live_session_sets_10_delete', 'before_set_delete'),
  ('public.live_session_sets', 'live_session_sets_10_insert', 'before_set_insert'),
  ('public.live_session_sets', 'live_session_sets_10_update', 'before_set_update'),
  ('public.live_session_sets', 'live_session_sets_50_delete', 'after_sets_delete'),
  ('public.live_session_sets', 'live_session_sets_50_insert', 'after_sets_insert'),
  ('public.live_session_sets', 'live_session_sets_50_update', 'after_sets_update'),
  ('public.live_sessions', 'live_sessions_10_guard', 'guard_session'),
  ('public.live_sessions', 'live_sessions_11_guard_rest', 'guard_session'),
  ('public.live_sessions', 'live_sessions_60_presence', 'follow_session'),
  ('public.live_sessions', 'live_sessions_70_archive', 'archive_session'),
  ('public.live_sessions', 'live_sessions_75_ready', 'clear_ready_check'),
  ('public.quick_reactions', 'quick_reactions_10_check', 'before_quick_reaction'),
  ('public.quick_reactions', 'quick_reactions_50_broadcast', 'broadcast_quick_reaction'),
  ('public.users', 'users_10_touch', 'touch_updated_at'),
  ('public.users', 'users_20_forget', 'forget_person'),
  ('public.workout_presence', 'workout_presence_50_broadcast', 'broadcast_presence'),
  ('public.workouts', 'workouts_50_bests', 'follow_workouts')
$$, 'triggers');
select is_empty(
$$select t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
where not t.tgisinternal and n.nspname in ('public', 'private') and t.tgenabled <> 'O'$$, 'none of them disabled');

select set_eq($$select o.name from pg_temp.oids() o where o.definer order by 1$$,
$$values
  ('private.accept_invitation'),
  ('private.after_message'),
  ('private.after_reaction'),
  ('private.after_sets_delete'),
  ('private.after_sets_insert'),
  ('private.after_sets_update'),
  ('private.archive_session'),
  ('private.archive_workouts'),
  ('private.before_message'),
  ('private.before_quick_reaction'),
  ('private.before_reaction'),
  ('private.before_set_delete'),
  ('private.before_set_insert'),
  ('private.before_set_update'),
  ('private.blocked_ids'),
  ('private.broadcast_event'),
  ('private.broadcast_invitation'),
  ('private.broadcast_presence'),
  ('private.broadcast_quick_reaction'),
  ('private.browsed_live_sessions'),
  ('private.can_see_session'),
  ('private.change_plan'),
  ('private.choose_exercise'),
  ('private.clear_ready_check'),
  ('private.copy_email'),
  ('private.count_participants'),
  ('private.create_link'),
  ('private.create_profile'),
  ('private.current_session_ids'),
  ('private.decline_invitation'),
  ('private.end_session_by_host'),
  ('private.events_from_inside'),
  ('private.export_person'),
  ('private.follow_friendships'),
  ('private.follow_participation'),
  ('private.follow_removal'),
  ('private.follow_session'),
  ('private.follow_workouts'),
  ('private.forget_person'),
  ('private.friend_ids'),
  ('private.hand_over_lead'),
  ('private.heartbeat'),
  ('private.hidden_session_ids'),
  ('private.hide_presence'),
  ('private.hiding_ids'),
  ('private.invitation_json'),
  ('private.invite_friends'),
  ('private.invited_session_ids'),
  ('private.is_invisible'),
  ('private.is_signed_out'),
  ('private.join_session'),
  ('private.joined_session_ids'),
  ('private.keep_answer'),
  ('private.leave_for_good'),
  ('private.leave_session'),
  ('private.limit_rate'),
  ('private.lock_current_session'),
  ('private.lock_session'),
  ('private.may_hear'),
  ('private.number_event'),
  ('private.open_session'),
  ('private.presence_json'),
  ('private.presence_of_friends'),
  ('private.presence_settings_of'),
  ('private.present_session'),
  ('private.recall_answer'),
  ('private.redeem_code'),
  ('private.remove_participant'),
  ('private.report_ready'),
  ('private.report_status'),
  ('private.require_presence'),
  ('private.rest'),
  ('private.revoke_invitation'),
  ('private.revoke_link'),
  ('private.revoke_sign_in'),
  ('private.run_clock'),
  ('private.run_janitor'),
  ('private.set_paused'),
  ('private.settle_after_departure'),
  ('private.show_presence'),
  ('private.shown_presence_ids'),
  ('private.snapshot_from_inside'),
  ('private.start_ready_check'),
  ('private.start_session'),
  ('private.topic'),
  ('private.topics_of_caller'),
  ('private.transfer_host'),
  ('private.update_session'),
  ('private.walk_plan')
$$, 'functions that run with their owner''s rights: in schema private only');
select is_empty(
$$select o.name from pg_temp.oids() o
where o.definer and coalesce(obj_description(o.oid, 'pg_proc'), '') not like '%Definer:%'$$,
'each of which says why');
select is_empty($$select o.name from pg_temp.oids() o where not coalesce(o.config, '{}') @> array['search_path=""']$$,
'no function depends on its caller''s search path');
select is_empty(
$$select o.name from pg_temp.oids() o where coalesce(obj_description(o.oid, 'pg_proc'), '') = ''$$,
'every function says what it is for');
select set_eq(
$$select o.name from pg_temp.oids() o where has_function_privilege('authenticated', o.oid, 'execute') order by 1$$,
$$values
  ('private.accept_invitation'),
  ('private.blocked_ids'),
  ('private.browsed_live_sessions'),
  ('private.caller'),
  ('private.change_plan'),
  ('private.check_queued_set'),
  ('private.log_queued_sets'),
  ('private.choose_exercise'),
  ('private.create_link'),
  ('private.current_session_ids'),
  ('private.decline_invitation'),
  ('private.end_session_by_host'),
  ('private.epoch_ms'),
  ('private.error_status'),
  ('private.event_json'),
  ('private.events_from_inside'),
  ('private.export_person'),
  ('private.friend_ids'),
  ('private.hand_over_lead'),
  ('private.heartbeat'),
  ('private.hidden_session_ids'),
  ('private.hide_presence'),
  ('private.idempotency_key'),
  ('private.invitation_json'),
  ('private.invite_friends'),
  ('private.invited_session_ids'),
  ('private.is_gone'),
  ('private.is_signed_out'),
  ('private.join_session'),
  ('private.joined_session_ids'),
  ('private.keep_answer'),
  ('private.leave_session'),
  ('private.may_hear'),
  ('private.open_session'),
  ('private.participant_json'),
  ('private.participant_summary'),
  ('private.paused_ms'),
  ('private.presence_json'),
  ('private.presence_of_friends'),
  ('private.presence_settings_of'),
  ('private.recall_answer'),
  ('private.redeem_code'),
  ('private.refuse'),
  ('private.remove_participant'),
  ('private.report_ready'),
  ('private.require'),
  ('private.require_insight'),
  ('private.require_visible'),
  ('private.rest'),
  ('private.revoke_invitation'),
  ('private.revoke_link'),
  ('private.session_json'),
  ('private.session_summary'),
  ('private.session_totals'),
  ('private.set_paused'),
  ('private.show_presence'),
  ('private.shown_presence_ids'),
  ('private.snapshot_from_inside'),
  ('private.start_ready_check'),
  ('private.start_session'),
  ('private.topic'),
  ('private.topic_for_caller'),
  ('private.topic_session_id'),
  ('private.topic_user_id'),
  ('private.topics_of_caller'),
  ('private.transfer_host'),
  ('private.update_session'),
  ('private.walk_plan'),
  ('public.accept_live_session_invitation'),
  ('public.browse_live_session_invitations'),
  ('public.browse_live_sessions'),
  ('public.change_live_session_plan'),
  ('public.choose_live_session_exercise'),
  ('public.create_live_session'),
  ('public.create_live_session_invitation_link'),
  ('public.decline_live_session_invitation'),
  ('public.end_live_session'),
  ('public.export_my_data'),
  ('public.extend_live_session_rest'),
  ('public.friends_presence'),
  ('public.get_live_session_events'),
  ('public.get_live_session_snapshot'),
  ('public.get_live_session_summary'),
  ('public.get_participant_summary'),
  ('public.get_presence_settings'),
  ('public.heartbeat_presence'),
  ('public.hide_presence_from'),
  ('public.invite_to_live_session'),
  ('public.join_live_session'),
  ('public.leave_live_session'),
  ('public.live_topics'),
  ('public.log_live_sets'),
  ('public.next_live_session_exercise'),
  ('public.open_live_session'),
  ('public.pause_live_session'),
  ('public.previous_live_session_exercise'),
  ('public.redeem_live_session_invitation_link'),
  ('public.remove_live_session_participant'),
  ('public.report_live_session_ready'),
  ('public.resume_live_session'),
  ('public.revoke_live_session_invitation'),
  ('public.revoke_live_session_invitation_link'),
  ('public.set_presence_visibility'),
  ('public.show_presence_to'),
  ('public.skip_live_session_rest'),
  ('public.start_live_session'),
  ('public.start_live_session_ready_check'),
  ('public.start_live_session_rest'),
  ('public.transfer_live_session_host'),
  ('public.transfer_live_session_lead'),
  ('public.update_live_session')
$$, 'functions that signed-in people may execute');
select is_empty(
$$select o.name from pg_temp.oids() o where has_function_privilege('anon', o.oid, 'execute')$$,
'anon may execute none');
select is_empty(
$$select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname in ('public', 'private') and c.relkind in ('r', 'p') and coalesce(obj_description(c.oid, 'pg_class'), '') = ''$$,
'every table says what it is for');

select * from finish();
rollback;
