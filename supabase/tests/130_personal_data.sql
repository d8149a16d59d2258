-- An account goes: other people's sessions stay readable, with their numbers and someone nameless. And
-- what a person takes away beforehand.
begin;
select plan(24);

do $$ begin
  perform tests.scene('a', 'active');
  perform tests.scene('z', 'ended');
  perform tests.become('a.host');
  insert into public.live_session_messages (session_id, message) values (tests.session('a'), 'My secret');
  insert into public.live_session_reactions (session_id, to_user_id, emote) values (tests.session('a'), tests.id('a.participant'), 'fire');
  insert into public.quick_reactions (to_user_id, emote) values (tests.id('a.friend'), 'bolt');
  perform tests.become_owner();
end $$;

-- The export.
create temporary table export on commit drop as select tests.fetch('a.host', 'select public.export_my_data()') as document;
select is((select array_agg(k order by k) from export, jsonb_object_keys(document) k),
  array['exportedAt', 'friendships', 'invitations', 'messages', 'participations', 'presence', 'presenceSettings', 'profile', 'quickReactions', 'reactions', 'sets', 'workouts'],
  'everything there is of a person');
select is((select document #>> '{profile,email}' from export), 'a.host@test.invalid', 'with their own address');
select is((select document #>> '{messages,0,message}' from export), 'My secret', 'what they wrote');
select is((select jsonb_array_length(document -> 'sets') from export), 1, 'what they did');
select ok((select document::text not like '%a.participant@%' and document::text not like '%a.stranger%' from export), 'and nobody else''s');
select ok(not exists (select from jsonb_array_elements((tests.fetch('a.blocked', 'select public.export_my_data()')) -> 'friendships') f
  where f.value ->> 'status' = 'blocked'), 'who is blocked does not learn it here either');
select is(tests.fetch('a.removed', 'select public.export_my_data()') -> 'participations', '[]'::jsonb, 'who was removed learns nothing of the session');
select is(jsonb_array_length(tests.fetch('a.removed', 'select public.export_my_data()') -> 'sets'), 1, 'but has their own sets');
select is(tests.attempt('anon', 'select public.export_my_data()'), '42501', 'anon exports nothing');

-- The numbers before.
create temporary table before on commit drop as
  select s.id, s.total_sets_completed, s.summary - 'participantCount' as summary from public.live_sessions s where s.id in (tests.session('a'), tests.session('z'));
create temporary table people on commit drop as
  select p.id, p.sets_completed, p.total_volume_kg, p.pr_count from public.live_session_participants p where p.session_id in (tests.session('a'), tests.session('z'));
-- Someone was late for a ready check, and is named in the log.
insert into public.live_session_events (session_id, user_id, type, event_data)
values (tests.session('a'), tests.id('a.participant'), 'ready_check', jsonb_build_object('type', 'ready_check', 'data', jsonb_build_object('state', 'open', 'reason', 'deadline',
  'late', jsonb_build_array(jsonb_build_object('userId', tests.id('a.participant'), 'displayName', 'a.participant'), jsonb_build_object('userId', tests.id('a.host'), 'displayName', 'a.host')))));
create temporary table gone on commit drop as select tests.id('a.host') as a, tests.id('z.host') as z;
create temporary table mark on commit drop as select s.last_event_seq as seq from public.live_sessions s where s.id = tests.session('a');

select lives_ok('delete from auth.users u where u.email in (''a.host@test.invalid'', ''z.host@test.invalid'')', 'two accounts go');
select is((select count(*) from public.users u, gone g where u.id in (g.a, g.z)), 0::bigint, 'with their profiles');
select is((select string_agg(e.type::text, ' ' order by e.seq) from public.live_session_events e, mark m
  where e.session_id = tests.session('a') and e.seq > m.seq), 'user_left host_changed leader_changed', 'the open session is left, and its host''s role passes on');
select is((select s.host_id from public.live_sessions s where s.id = tests.session('a')), tests.id('a.participant'), 'to who is there');
select bag_eq('select * from people',
  $$select p.id, p.sets_completed, p.total_volume_kg, p.pr_count from public.live_session_participants p where p.session_id in (tests.session('a'), tests.session('z'))$$,
  'everybody''s numbers are as they were');
select bag_eq('select * from before',
  $$select s.id, s.total_sets_completed, s.summary - 'participantCount' from public.live_sessions s where s.id in (tests.session('a'), tests.session('z'))$$,
  'so are the sessions''');
select is(tests.attempt('z.participant', format('select from public.live_session_sets s where s.session_id = %L', tests.session('z'))), '5 rows', 'who was there still reads everything');
select is((select array_agg(distinct p.display_name) from public.live_session_participants p, gone g where p.user_id in (g.a, g.z)), array['Deleted user'],
  'with someone nameless in it');
select is((select m.message from public.live_session_messages m where m.session_id = tests.session('a')), '[deleted]', 'whose words are gone');
select is((select count(*) from public.live_session_events e where e.session_id in (tests.session('a'), tests.session('z'))
  and (e.event_data::text like '%a.host%' or e.event_data::text like '%z.host%' or e.event_data::text like '%My secret%')), 0::bigint, 'from the log as well');
select is((select count(*) from public.workouts w, gone g where w.user_id in (g.a, g.z)) + (select count(*) from private.exercise_bests b, gone g where b.user_id in (g.a, g.z))
  + (select count(*) from public.workout_presence w, gone g where w.user_id in (g.a, g.z)) + (select count(*) from public.quick_reactions q, gone g where q.from_user_id in (g.a, g.z))
  + (select count(*) from public.live_session_invitations i, gone g where i.host_id in (g.a, g.z)) + (select count(*) from private.rate_limits r, gone g where r.user_id in (g.a, g.z)),
  0::bigint, 'nothing of their own is left');
select is((select s.last_event_seq = count(e.*) from public.live_sessions s join public.live_session_events e on e.session_id = s.id
  where s.id = tests.session('a') group by s.id), true, 'the log has no gap');
select is(tests.act('a.participant', format('select public.end_live_session(%L)', tests.session('a'))), '1 rows', 'the session ends as any other');
select is(tests.fetch('a.participant', format('select public.get_live_session_summary(%L)', tests.session('a'))) ->> 'totalSets', '5', 'with all its sets');

-- The last one in a session deletes their account.
do $$ begin
  perform tests.create_person('alone');
  perform tests.become('alone');
  perform set_config('tests.s', public.open_live_session('shared') -> 'session' ->> 'id', true);
  perform public.start_live_session(tests.session('s'));
  execute tests.log_set(tests.session('s'));
  perform tests.become_owner();
  delete from auth.users u where u.email = 'alone@test.invalid';
end $$;
select is((select s.status::text from public.live_sessions s where s.id = tests.session('s')), 'ended', 'a session with nobody left ends');

select * from finish();
rollback;
