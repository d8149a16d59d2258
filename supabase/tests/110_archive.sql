-- What remains: the frozen summary, a workout each, bests that count once; and numbers that can be derived
-- again from the facts.
begin;
select plan(19);

do $$ begin perform tests.scene('a', 'active'); end $$;
-- Three quarters of an hour ago, with a pause of ten minutes.
update public.live_sessions s set started_at = s.started_at - interval '45 minutes' where s.id = tests.session('a');
insert into public.live_session_events (session_id, user_id, type, event_data)
select tests.session('a'), tests.id('a.host'), t.type::public.live_session_event_type, jsonb_build_object('type', t.type, 'data', '{}'::jsonb)
from unnest(array['session_paused', 'session_resumed']) t (type);
update public.live_session_events e set created_at = e.created_at - interval '10 minutes'
where e.session_id = tests.session('a') and e.type = 'session_paused';
select is(round((tests.fetch('a.host', format('select public.get_live_session_summary(%L)', tests.session('a'))) ->> 'activeMs')::numeric / 60000), 35::numeric,
  'the summary of a running session leaves pauses out');
select is(tests.act('a.host', format('select public.end_live_session(%L)', tests.session('a'))), '1 rows', 'it ends');
select is((select row(round((s.summary ->> 'durationMs')::numeric / 60000), round((s.summary ->> 'activeMs')::numeric / 60000))::text
  from public.live_sessions s where s.id = tests.session('a')), '(45,35)', 'the frozen one too');
create temporary table frozen on commit drop as select s.summary from public.live_sessions s where s.id = tests.session('a');
select is(tests.fetch('a.left', format('select public.get_live_session_summary(%L)', tests.session('a'))) - 'session' - 'participants',
  (select summary from frozen), 'what is read later is what was frozen');
select is(tests.fetch('a.participant', format('select public.get_participant_summary(%L, %L)', tests.session('a'), tests.id('a.host'))) - 'participant',
  '{"setsCompleted": 1, "totalVolumeKg": 500, "prCount": 0, "exercisesCompleted": 1}'::jsonb, 'a participant''s recap');
select is(tests.attempt('a.participant', format('select public.get_participant_summary(%L, %L)', tests.session('a'), tests.id('a.stranger'))),
  'PT404 user_not_found', 'not of someone who was not there');
select is(tests.attempt('a.removed', format('select public.get_participant_summary(%L, %L)', tests.session('a'), tests.id('a.removed'))),
  'PT404 session_not_found', 'nor for someone who was removed');

-- Everyone who logged a set has it in their history: once, in their own.
select results_eq(
  $$select u.display_name collate "default", jsonb_array_length(w.sets), w.routine_name from public.workouts w join public.users u on u.id = w.user_id
    where u.display_name like 'a.%' order by 1$$,
  $$values ('a.host', 1, 'Scene'), ('a.left', 1, 'Scene'), ('a.participant', 2, 'Scene'), ('a.removed', 1, 'Scene')$$,
  'a workout each');
select is((select array_agg(k order by k) from public.workouts w, jsonb_object_keys(w.sets -> 0) k where w.user_id = tests.id('a.host')),
  array['exerciseId', 'id', 'reps', 'timestampMs', 'weightKg'], 'in the application''s own shape');
select private.archive_workouts(tests.session('a'));
select is((select count(*) from public.workouts w join public.users u on u.id = w.user_id where u.display_name like 'a.%'), 4::bigint, 'archiving again adds nothing');
select is((select count(*) from private.exercise_bests b where b.user_id = tests.id('a.participant')), 1::bigint, 'its sets count once as bests');

-- In the next session the last one counts.
do $$ begin
  perform tests.become('a.participant');
  perform set_config('tests.n', public.open_live_session('shared') -> 'session' ->> 'id', true);
  perform public.start_live_session(tests.session('n'));
  perform tests.become_owner();
end $$;
select is(tests.act('a.participant', replace(tests.log_set(tests.session('n')), '100, 5', '102.5, 5')), '1 rows', 'a heavier set');
select is((select s.is_pr from public.live_session_sets s where s.session_id = tests.session('n')), true, 'is a record against the session before');

-- Derived numbers, spoilt and derived again.
create temporary table was on commit drop as
  select p.user_id, p.sets_completed, p.total_volume_kg, p.pr_count from public.live_session_participants p
  where p.session_id in (tests.session('a'), tests.session('n'));
create temporary table bests on commit drop as select * from private.exercise_bests b where b.user_id in (select w.user_id from was w);
update public.live_session_participants p set sets_completed = 99, total_volume_kg = 1, pr_count = 7 where p.session_id in (tests.session('a'), tests.session('n'));
update public.live_sessions s set total_sets_completed = 99 where s.id = tests.session('a');
delete from private.exercise_bests b where b.user_id in (select w.user_id from was w);
select private.recompute_bests(u.user_id) from (select distinct w.user_id from was w) u;
select private.recompute_session(tests.session('a'));
select private.recompute_session(tests.session('n'));
select set_eq('select * from bests', 'select * from private.exercise_bests b where b.user_id in (select w.user_id from was w)', 'bests');
select bag_eq('select * from was',
  $$select p.user_id, p.sets_completed, p.total_volume_kg, p.pr_count from public.live_session_participants p
    where p.session_id in (tests.session('a'), tests.session('n'))$$, 'counters of participants');
select is((select s.total_sets_completed from public.live_sessions s where s.id = tests.session('a')), 5, 'counters of a session that has ended');
select is((select s.summary from public.live_sessions s where s.id = tests.session('a')), (select summary from frozen), 'its summary');
select throws_ok(format('update public.live_sessions set name = ''x'' where id = %L', tests.session('a')), 'PT409', 'session_ended',
  'nothing else of what has ended');
select is(tests.attempt('a.host', 'select private.recompute_bests(auth.uid())'), '42501', 'nobody else derives');

select * from finish();
rollback;
