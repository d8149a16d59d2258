-- What the tables themselves hold, whoever writes: each check, foreign key and unique index refuses what
-- breaks it, by its own name. Most stand behind a trigger or a function that refuses first, so here the
-- owner of the database writes with the triggers off.
begin;
select plan(123);

do $$
declare
  v_set uuid;
begin
  perform tests.scene('p', 'pending', 'public');
  perform tests.scene('a', 'active', 'public', 'guided');
  perform tests.scene('z', 'ended', 'public');
  perform tests.create_person('newcomer');
  perform tests.become('a.host');
  perform public.create_live_session_invitation_link(tests.session('a'));
  perform public.start_live_session_ready_check(tests.session('a'), 30, 'all');
  insert into public.live_session_messages (session_id, message) values (tests.session('a'), 'Go!');
  select s.id into v_set from public.live_session_sets s
  where s.session_id = tests.session('a') and s.user_id = tests.id('a.participant') limit 1;
  insert into public.live_session_reactions (session_id, to_user_id, emote, target_set_id)
  values (tests.session('a'), tests.id('a.participant'), 'fire', v_set);
  insert into public.quick_reactions (to_user_id, emote) values (tests.id('a.participant'), 'bolt');
  insert into public.workouts (user_id, started_at, ended_at, sets) values (tests.id('a.host'), 1000, 2000, '[]');
  delete from public.live_session_sets s where s.user_id = tests.id('a.host');
  perform tests.become_owner();
  update public.quick_reactions q set set_id = v_set where q.from_user_id = tests.id('a.host');
  insert into private.idempotency_keys (user_id, key_hash, request_hash) values (tests.id('a.host'), 'key', 'request');
  insert into private.presence_settings (user_id, visible) values (tests.id('a.host'), true);
  insert into private.presence_hidden_from (user_id, hidden_from_id) values (tests.id('a.host'), tests.id('a.friend'));
  insert into private.revoked_sign_ins (id, user_id) values ('over', tests.id('a.host'));
end $$;

set constraints all immediate;
do $$
declare
  v_table regclass;
begin
  for v_table in
    select c.oid from pg_class c where c.relkind in ('r', 'p') and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
  loop
    execute format('alter table %s disable trigger user', v_table);
  end loop;
end $$;

-- What refuses the statement: SQLSTATE and constraint. Leaves nothing behind.
create function pg_temp.refusal(p_sql text) returns text language plpgsql as $$
declare
  v_rows bigint;
  v_constraint text;
begin
  execute p_sql;
  get diagnostics v_rows = row_count;
  raise exception using errcode = 'TE000', message = format('%s rows accepted', v_rows);
exception
  when others then
    get stacked diagnostics v_constraint = constraint_name;
    return case when sqlstate = 'TE000' then sqlerrm else sqlstate || ' ' || v_constraint end;
end
$$;

-- Changes one row of the table.
create function pg_temp.change(p_table text, p_set text, p_where text) returns text language sql as $$
  select pg_temp.refusal(format('update %s t set %s where t.ctid = (select t.ctid from %1$s t where %3$s limit 1)',
    p_table, p_set, p_where))
$$;

select is(pg_temp.change(c.relation, c.change, c.which), '23514 ' || c.name, c.name)
from (values
  ('exercise_bests_source_kind_check', 'private.exercise_bests', 'source_kind = ''rumour''', 'true'),
  ('friendships_not_oneself', 'public.friendships', 'friend_id = user_id', 'true'),
  ('live_session_events_data_fits_type', 'public.live_session_events', 'event_data = event_data || ''{"type": "other"}''', 'true'),
  ('live_session_events_data_fits_type', 'public.live_session_events', 'event_data = event_data || ''{"data": []}''', 'true'),
  ('live_session_events_seq_check', 'public.live_session_events', 'seq = 0', 'true'),
  ('live_session_invitation_links_expires_later', 'private.live_session_invitation_links', 'expires_at = created_at', 'true'),
  ('live_session_invitation_links_max_uses_check', 'private.live_session_invitation_links', 'max_uses = 0', 'true'),
  ('live_session_invitation_links_max_uses_check', 'private.live_session_invitation_links', 'max_uses = 51', 'true'),
  ('live_session_invitation_links_uses', 'private.live_session_invitation_links', 'uses = max_uses + 1', 'true'),
  ('live_session_invitations_expires_later', 'public.live_session_invitations', 'expires_at = created_at', 'true'),
  ('live_session_invitations_not_oneself', 'public.live_session_invitations', 'recipient_id = host_id', 'true'),
  ('live_session_messages_message_check', 'public.live_session_messages', 'message = ''''', 'true'),
  ('live_session_participants_current_exercise_id_check', 'public.live_session_participants', 'current_exercise_id = ''''', 'true'),
  ('live_session_participants_display_name_check', 'public.live_session_participants', 'display_name = ''''', 'true'),
  ('live_session_participants_pr_count_check', 'public.live_session_participants', 'pr_count = -1', 'true'),
  ('live_session_participants_sets_completed_check', 'public.live_session_participants', 'sets_completed = -1', 'true'),
  ('live_session_participants_total_volume_kg_check', 'public.live_session_participants', 'total_volume_kg = -1', 'true'),
  ('live_session_reactions_not_oneself', 'public.live_session_reactions', 'to_user_id = from_user_id', 'true'),
  ('live_session_ready_checks_policy_check', 'public.live_session_ready_checks', 'policy = ''some''', 'true'),
  ('live_session_ready_checks_quorum_check', 'public.live_session_ready_checks', 'policy = ''quorum'', quorum = 0', 'true'),
  ('live_session_ready_checks_quorum_fits', 'public.live_session_ready_checks', 'policy = ''quorum'', quorum = null', 'true'),
  ('live_session_sets_exercise_id_check', 'public.live_session_sets', 'exercise_id = ''''', 'true'),
  ('live_session_sets_exercise_name_check', 'public.live_session_sets', 'exercise_name = ''''', 'true'),
  ('live_session_sets_intensity_score_check', 'public.live_session_sets', 'intensity_score = -1', 'true'),
  ('live_session_sets_reps_check', 'public.live_session_sets', 'reps = 0', 'true'),
  ('live_session_sets_weight_kg_check', 'public.live_session_sets', 'weight_kg = -1', 'true'),
  ('live_sessions_capacity', 'public.live_sessions', 'participant_count = max_participants + 1', 'true'),
  ('live_sessions_current_exercise_id_check', 'public.live_sessions', 'current_exercise_id = ''''', 'true'),
  ('live_sessions_last_event_seq_check', 'public.live_sessions', 'last_event_seq = -1', 'true'),
  ('live_sessions_max_participants_check', 'public.live_sessions', 'max_participants = 51', 'true'),
  ('live_sessions_name_check', 'public.live_sessions', 'name = ''''', 'true'),
  ('live_sessions_only_active_pauses', 'public.live_sessions', 'paused_at = now()', 't.status = ''pending'''),
  ('live_sessions_only_active_pauses', 'public.live_sessions', 'rest_ends_at = now()', 't.status = ''ended'''),
  ('live_sessions_plan_position_check', 'public.live_sessions', 'plan_position = -1', 'true'),
  ('live_sessions_planned_exercises_check', 'public.live_sessions', 'planned_exercises = ''{}''', 'true'),
  ('live_sessions_summary_when_ended', 'public.live_sessions', 'summary = ''{}''', 't.status = ''active'''),
  ('live_sessions_theme_check', 'public.live_sessions', 'theme = ''''', 'true'),
  ('live_sessions_times_fit_status', 'public.live_sessions', 'started_at = null', 't.status = ''active'''),
  ('live_sessions_total_sets_completed_check', 'public.live_sessions', 'total_sets_completed = -1', 'true'),
  ('live_sessions_version_check', 'public.live_sessions', 'version = -1', 'true'),
  ('presence_hidden_from_somebody_else', 'private.presence_hidden_from', 'hidden_from_id = user_id', 'true'),
  ('quick_reactions_not_oneself', 'public.quick_reactions', 'to_user_id = from_user_id', 'true'),
  ('users_avatar_url_check', 'public.users', 'avatar_url = repeat(''x'', 2049)', 'true'),
  ('users_display_name_check', 'public.users', 'display_name = ''''', 'true'),
  ('workout_presence_current_exercise_id_check', 'public.workout_presence', 'current_exercise_id = ''''', 'true'),
  ('workout_presence_current_exercise_name_check', 'public.workout_presence', 'current_exercise_name = ''''', 'true'),
  ('workout_presence_session_fits', 'public.workout_presence', 'is_in_live_session = false', 't.live_session_id is not null'),
  ('workouts_ended_after_started', 'public.workouts', 'ended_at = started_at - 1', 'true'),
  ('workouts_sets_check', 'public.workouts', 'sets = ''{}''', 'true')
) as c (name, relation, change, which);

-- A row that points to what is not there.
select is(pg_temp.change(f.relation, f.key || ' = gen_random_uuid()', f.key || ' is not null and ' || f.which), '23503 ' || f.name, f.name)
from (values
  ('archived_workouts_session_id_fkey', 'private.archived_workouts', 'session_id', 'true'),
  ('exercise_bests_user_id_fkey', 'private.exercise_bests', 'user_id', 'true'),
  ('friendships_friend_id_fkey', 'public.friendships', 'friend_id', 'true'),
  ('friendships_user_id_fkey', 'public.friendships', 'user_id', 'true'),
  ('idempotency_keys_user_id_fkey', 'private.idempotency_keys', 'user_id', 'true'),
  ('live_session_events_session_id_fkey', 'public.live_session_events', 'session_id', 'true'),
  ('live_session_invitation_links_session_id_fkey', 'private.live_session_invitation_links', 'session_id', 'true'),
  ('live_session_invitations_recipient_id_fkey', 'public.live_session_invitations', 'recipient_id', 'true'),
  ('live_session_invitations_session_id_fkey', 'public.live_session_invitations', 'session_id', 'true'),
  ('live_session_messages_participant_fkey', 'public.live_session_messages', 'user_id', 'true'),
  -- Nothing hangs on this participation, or on this person, that would complain first.
  ('live_session_participants_session_id_fkey', 'public.live_session_participants', 'session_id', 'session_id = tests.session(''p'')'),
  ('live_session_reactions_from_fkey', 'public.live_session_reactions', 'from_user_id', 'true'),
  ('live_session_reactions_target_set_id_fkey', 'public.live_session_reactions', 'target_set_id', 'true'),
  ('live_session_reactions_to_fkey', 'public.live_session_reactions', 'to_user_id', 'true'),
  ('live_session_ready_checks_session_id_fkey', 'public.live_session_ready_checks', 'session_id', 'true'),
  ('live_session_removals_session_id_fkey', 'private.live_session_removals', 'session_id', 'true'),
  ('live_session_sets_participant_fkey', 'public.live_session_sets', 'user_id', 'true'),
  ('presence_hidden_from_hidden_from_id_fkey', 'private.presence_hidden_from', 'hidden_from_id', 'true'),
  ('presence_hidden_from_user_id_fkey', 'private.presence_hidden_from', 'user_id', 'true'),
  ('presence_settings_user_id_fkey', 'private.presence_settings', 'user_id', 'true'),
  ('quick_reactions_from_user_id_fkey', 'public.quick_reactions', 'from_user_id', 'true'),
  ('quick_reactions_set_id_fkey', 'public.quick_reactions', 'set_id', 'true'),
  ('quick_reactions_to_user_id_fkey', 'public.quick_reactions', 'to_user_id', 'true'),
  ('rate_limits_user_id_fkey', 'private.rate_limits', 'user_id', 'true'),
  ('removed_live_session_sets_session_id_fkey', 'private.removed_live_session_sets', 'session_id', 'true'),
  ('users_id_fkey', 'public.users', 'id', 'id = tests.id(''newcomer'')'),
  ('workout_presence_live_session_id_fkey', 'public.workout_presence', 'live_session_id', 'true'),
  ('workout_presence_user_id_fkey', 'public.workout_presence', 'user_id', 'true'),
  ('workouts_user_id_fkey', 'public.workouts', 'user_id', 'true')
) as f (name, relation, key, which);

-- A second row with the same key, and every other id another.
create function pg_temp.repeat_key(p_table text, p_key text[], p_which text) returns text language sql as $$
  select pg_temp.refusal(format(
    'insert into %s select r.* from %1$s t, jsonb_populate_record(t, %L) r where %s limit 1',
    p_table,
    (select coalesce(jsonb_object_agg(a.attname, case a.atttypid when 'uuid'::regtype then gen_random_uuid()::text
        else '\x' || md5(random()::text) end), '{}')
      from pg_attribute a
      where a.attrelid = p_table::regclass and a.attnum > 0 and a.atttypid in ('uuid'::regtype, 'bytea'::regtype)
        and a.attname <> all (p_key)),
    p_which))
$$;

select is(pg_temp.repeat_key(k.relation, k.key, k.which), '23505 ' || k.name, k.name)
from (values
  ('archived_workouts_pkey', 'private.archived_workouts', array['session_id', 'user_id'], 'true'),
  ('archived_workouts_workout_key', 'private.archived_workouts', array['workout_id'], 'true'),
  ('exercise_bests_pkey', 'private.exercise_bests', array['user_id', 'source_id'], 'true'),
  ('idempotency_keys_pkey', 'private.idempotency_keys', array['user_id', 'key_hash'], 'true'),
  ('live_session_invitation_links_code_key', 'private.live_session_invitation_links', array['code_hash'], 'true'),
  ('live_session_invitation_links_pkey', 'private.live_session_invitation_links', array['id'], 'true'),
  ('live_session_removals_pkey', 'private.live_session_removals', array['session_id', 'user_id'], 'true'),
  ('rate_limits_pkey', 'private.rate_limits', array['user_id', 'scope_id'], 'true'),
  ('revoked_sign_ins_pkey', 'private.revoked_sign_ins', array['user_id'], 'true'),
  ('removed_live_session_sets_pkey', 'private.removed_live_session_sets', array['id'], 'true'),
  ('friendships_pair_key', 'public.friendships', array['user_id', 'friend_id'], 'true'),
  ('friendships_pkey', 'public.friendships', array['id'], 'true'),
  ('live_session_events_pkey', 'public.live_session_events', array['id'], 'true'),
  ('live_session_events_seq_key', 'public.live_session_events', array['session_id'], 'true'),
  ('live_session_invitations_pkey', 'public.live_session_invitations', array['id'], 'true'),
  ('live_session_invitations_recipient_key', 'public.live_session_invitations', array['session_id', 'recipient_id'], 'true'),
  ('live_session_messages_pkey', 'public.live_session_messages', array['id'], 'true'),
  ('live_session_participants_one_leader', 'public.live_session_participants', array['session_id'], 't.is_leader'),
  ('live_session_participants_one_open_session', 'public.live_session_participants', array['user_id'], 't.left_at is null'),
  ('live_session_participants_person_key', 'public.live_session_participants', array['session_id', 'user_id'], 't.left_at is not null'),
  ('live_session_participants_pkey', 'public.live_session_participants', array['id'], 'true'),
  ('live_session_reactions_pkey', 'public.live_session_reactions', array['id'], 'true'),
  ('live_session_ready_checks_pkey', 'public.live_session_ready_checks', array['session_id'], 'true'),
  ('live_session_sets_pkey', 'public.live_session_sets', array['id'], 'true'),
  ('live_sessions_pkey', 'public.live_sessions', array['id'], 'true'),
  ('quick_reactions_pkey', 'public.quick_reactions', array['id'], 'true'),
  ('users_pkey', 'public.users', array['id'], 'true'),
  ('workout_presence_pkey', 'public.workout_presence', array['id'], 't.is_in_live_session'),
  ('workout_presence_user_id_key', 'public.workout_presence', array['user_id'], 't.is_in_live_session'),
  ('workouts_pkey', 'public.workouts', array['id'], 'true')
) as k (name, relation, key, which);

-- The policies by themselves, without the triggers and column grants in front of them. Updates read
-- nothing, for what they read would have to satisfy the policy on reading as well.
grant insert, update on all tables in schema public to authenticated;
select is(tests.attempt(w.who, w.sql), '42501', format('%s: %s', w.who, w.sql))
from (values
  ('a.host', format('insert into public.friendships (user_id, friend_id, status) values (%L, %L, ''requested'')', tests.id('a.stranger'), tests.id('newcomer'))),
  ('a.participant', format('update public.friendships set user_id = %L, friend_id = %L', tests.id('a.stranger'), tests.id('newcomer'))),
  ('a.host', format('insert into public.live_session_messages (session_id, user_id, message) values (%L, %L, ''x'')', tests.session('a'), tests.id('a.participant'))),
  ('a.left', format('insert into public.live_session_messages (session_id, user_id, message) values (%L, %L, ''x'')', tests.session('a'), tests.id('a.left'))),
  ('a.host', format('insert into public.live_session_reactions (session_id, from_user_id, to_user_id, emote) values (%L, %L, %L, ''like'')', tests.session('a'), tests.id('a.participant'), tests.id('a.left'))),
  ('a.left', format('insert into public.live_session_reactions (session_id, from_user_id, to_user_id, emote) values (%L, %L, %L, ''like'')', tests.session('a'), tests.id('a.left'), tests.id('a.host'))),
  ('a.host', format('insert into public.quick_reactions (from_user_id, to_user_id, emote) values (%L, %L, ''like'')', tests.id('a.participant'), tests.id('a.host'))),
  ('a.host', format('insert into public.live_session_sets (session_id, user_id, exercise_id, exercise_name, weight_kg, reps, timestamp_ms, e1rm_kg, is_pr) values (%L, %L, ''row'', ''Row'', 1, 1, 1, 1, false)', tests.session('a'), tests.id('a.participant'))),
  ('a.left', format('insert into public.live_session_sets (session_id, user_id, exercise_id, exercise_name, weight_kg, reps, timestamp_ms, e1rm_kg, is_pr) values (%L, %L, ''row'', ''Row'', 1, 1, 1, 1, false)', tests.session('a'), tests.id('a.left'))),
  ('a.participant', format('update public.live_session_sets set user_id = %L', tests.id('a.host'))),
  ('a.left', 'update public.live_session_sets set reps = 7'),
  ('a.participant', format('update public.live_session_participants set user_id = %L', tests.id('newcomer'))),
  ('a.stranger', format('update public.users set id = %L', tests.id('newcomer'))),
  ('a.participant', format('insert into public.workouts (user_id, started_at, ended_at, sets) values (%L, 1, 2, ''[]'')', tests.id('a.host'))),
  ('a.host', format('update public.workouts set user_id = %L', tests.id('a.participant')))
) as w (who, sql);

select * from finish();
rollback;
