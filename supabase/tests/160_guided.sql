-- Guided mode: one leads, the version guards each step, nobody waits for ever.
begin;
select plan(97);

do $$ begin
  perform tests.scene('g', 'active', 'friends', 'guided');
  perform tests.scene('s', 'active');
  perform tests.scene('p', 'pending', 'friends', 'guided');
end $$;
create function pg_temp.sql(p_command text, p_prefix text, variadic p_rest text[] default '{}') returns text language sql as $$
  select format('select public.%I(%s)', p_command, array_to_string(array[quote_literal(tests.session(p_prefix))] || p_rest, ', ')) $$;
create function pg_temp.version() returns text language sql as $$ select s.version::text from public.live_sessions s where s.id = tests.session('g') $$;
create function pg_temp.current() returns text language sql as $$ select s.current_exercise_id from public.live_sessions s where s.id = tests.session('g') $$;
create function pg_temp.last_event() returns text language sql as $$
  select e.type || ' ' || (e.event_data -> 'data')::text from public.live_session_events e where e.session_id = tests.session('g') order by e.seq desc limit 1 $$;
create function pg_temp.lead(p_command text, variadic p_rest text[] default '{}') returns text language sql as $$
  select tests.act('g.host', pg_temp.sql(p_command, 'g', variadic p_rest)) $$;

-- Every route, by person.
with command (name, rest) as (values
  ('choose_live_session_exercise', array['''row''', '0']), ('next_live_session_exercise', array['0']), ('previous_live_session_exercise', array['0']),
  ('change_live_session_plan', array['''[]''', '0']), ('start_live_session_ready_check', array['30', '''all''']), ('start_live_session_rest', array['60']),
  ('extend_live_session_rest', array['60']), ('skip_live_session_rest', '{}'), ('pause_live_session', '{}'), ('resume_live_session', '{}'))
select is(tests.attempt('g.' || p.who, pg_temp.sql(c.name, 'g', variadic c.rest)), p.outcome, p.who || ': ' || c.name)
from command c, (values ('participant', 'PT403 not_leader'), ('stranger', 'PT404 session_not_found')) as p (who, outcome);
with command (name, rest) as (values
  ('choose_live_session_exercise', array['''row''', '0']), ('next_live_session_exercise', array['0']), ('previous_live_session_exercise', array['0']),
  ('change_live_session_plan', array['''[]''', '0']), ('report_live_session_ready', array['true']), ('start_live_session_ready_check', array['30', '''all''']),
  ('start_live_session_rest', array['60']), ('extend_live_session_rest', array['60']), ('skip_live_session_rest', '{}'))
select is(tests.attempt(p.who, pg_temp.sql(c.name, p.scene, variadic c.rest)), p.outcome, p.who || ': ' || c.name)
from command c, (values ('s.host', 's', 'PT409 invalid_mode'), ('p.host', 'p', 'PT409 session_not_started')) as p (who, scene, outcome);
select is(tests.attempt('s.host', pg_temp.sql('pause_live_session', 's')), '1 rows', 'the host of a shared session pauses it');
select is(tests.attempt('s.participant', pg_temp.sql('pause_live_session', 's')), 'PT403 not_host', 'nobody else does');
select is(tests.attempt('s.host', pg_temp.sql('transfer_live_session_lead', 's', quote_literal(tests.id('s.participant')))), 'PT409 invalid_mode', 'it has no lead to hand over');

-- The plan.
select is(pg_temp.lead('next_live_session_exercise', '0'), 'PT422 invalid_exercise', 'without a plan there is no next');
select is(pg_temp.version(), '0', 'and nothing moved');
select is(pg_temp.lead('change_live_session_plan', quote_literal('[{"exerciseId": "squat", "targetSets": 3, "targetRepsMin": 5}, {"exerciseId": "bench", "targetSets": 3}, {"exerciseId": "squat", "targetSets": 1}]'), '0'),
  '1 rows', 'the leader makes a plan');
select is(pg_temp.lead('next_live_session_exercise', '0'), 'PT409 version_conflict', 'an outdated version is refused');
select is(pg_temp.lead('next_live_session_exercise', '1'), '1 rows', 'next is the first of the plan');
select is(pg_temp.last_event(), 'exercise_changed {"exerciseId": "squat", "targetSets": 3, "exerciseName": "squat", "targetRepsMin": 5}', 'with its targets');
select is(pg_temp.lead('next_live_session_exercise', '1'), 'PT409 version_conflict', 'a double tap moves once');
select is(pg_temp.lead('next_live_session_exercise', pg_temp.version()), '1 rows', 'next');
select is(pg_temp.lead('next_live_session_exercise', pg_temp.version()), '1 rows', 'next');
select is(pg_temp.current(), 'squat', 'an exercise may stand in the plan twice');
select is(pg_temp.lead('next_live_session_exercise', pg_temp.version()), 'PT422 invalid_exercise', 'the plan ends');
select is(pg_temp.lead('previous_live_session_exercise', pg_temp.version()), '1 rows', 'and goes back');
select is(pg_temp.current(), 'bench', 'to the one before');
select is(pg_temp.lead('choose_live_session_exercise', '''dips''', pg_temp.version(), '''Dips'''), '1 rows', 'the leader may leave the plan');
select is(pg_temp.last_event(), 'exercise_changed {"exerciseId": "dips", "exerciseName": "Dips"}', 'for something else');
select is(pg_temp.lead('next_live_session_exercise', pg_temp.version()), '1 rows', 'and goes on where it was left');
select is((select s.plan_position from public.live_sessions s where s.id = tests.session('g')), 2, 'at the third');
select is(pg_temp.lead('change_live_session_plan', quote_literal('[{"exerciseId": "bench", "targetSets": 3}, {"exerciseId": "row", "targetSets": 1}]'), pg_temp.version()), '1 rows', 'what the group is at is dropped');
select is(pg_temp.lead('next_live_session_exercise', pg_temp.version()), 'PT422 invalid_exercise', 'after the last there was nothing');
select is(pg_temp.lead('previous_live_session_exercise', pg_temp.version()), '1 rows', 'before it there was');
select is(pg_temp.current(), 'bench', 'the first');

-- Ready, and the reset.
create temporary table r on commit drop as select tests.fetch('g.participant', pg_temp.sql('report_live_session_ready', 'g', 'true')) as answer;
select is((select array[answer -> 'ready', answer -> 'waitingFor'] from r), array[jsonb_build_array(tests.id('g.host'), tests.id('g.participant')), '[]'], 'who is ready, and who is waited for');
select is(tests.act('g.participant', pg_temp.sql('report_live_session_ready', 'g', 'true')), '1 rows', 'again');
select is((select count(*) from public.live_session_events e where e.session_id = tests.session('g') and e.type = 'ready_status_changed'), 1::bigint, 'appends nothing');
select is(pg_temp.lead('next_live_session_exercise', pg_temp.version()), '1 rows', 'the group moves on');
select is((select count(*) from public.live_session_participants p where p.session_id = tests.session('g') and p.ready_for_next), 0::bigint, 'and nobody is ready any more');

-- Ready checks.
select is(pg_temp.lead('start_live_session_ready_check', '30', '''quorum'''), 'PT400 invalid_request', 'a quorum needs a number');
select is(pg_temp.lead('start_live_session_ready_check', '30', '''all'''), '1 rows', 'everyone is asked');
select is(tests.act('g.friend', format('select public.join_live_session(%L)', tests.session('g'))), '1 rows', 'someone joins late');
select is(tests.act('g.participant', pg_temp.sql('report_live_session_ready', 'g', 'true')), '1 rows', 'who was asked is ready');
select is(pg_temp.last_event(), 'ready_check {"late": [], "state": "open", "reason": "ready"}', 'and the step is open: nobody waits for who came late');
select is(pg_temp.lead('start_live_session_ready_check', '30', '''all'''), '1 rows', 'asked again');
update public.live_session_ready_checks c set deadline = clock_timestamp() where c.session_id = tests.session('g');
select is((private.run_janitor(clock_timestamp()) -> 'readyChecksEnded')::integer, 1, 'at the deadline');
select is(pg_temp.last_event(), format('ready_check {"late": [{"userId": "%s", "displayName": "g.friend"}], "state": "open", "reason": "deadline"}', tests.id('g.friend')), 'the step is open and who is late is named');
select is(pg_temp.lead('start_live_session_ready_check', '30', '''all'''), '1 rows', 'asked once more');
select is(tests.act('g.friend', format('select public.leave_live_session(%L)', tests.session('g'))), '1 rows', 'who was waited for leaves');
select matches(pg_temp.last_event(), '"state": "open"', 'and is waited for no longer');

-- Rests and pauses.
select is(pg_temp.lead('extend_live_session_rest', '30'), 'PT400 invalid_request', 'there is no rest to extend');
select is(pg_temp.lead('start_live_session_rest', '90'), '1 rows', 'a rest');
select is(pg_temp.lead('extend_live_session_rest', '30'), '1 rows', 'extended');
select ok((select s.rest_ends_at between clock_timestamp() + interval '119 seconds' and clock_timestamp() + interval '120 seconds' from public.live_sessions s where s.id = tests.session('g')), 'is one absolute end');
select is(pg_temp.lead('pause_live_session'), '1 rows', 'a pause');
update public.live_sessions s set paused_at = s.paused_at - interval '1 minute', rest_ends_at = s.rest_ends_at - interval '1 minute' where s.id = tests.session('g');
select is(pg_temp.lead('resume_live_session'), '1 rows', 'of a minute');
select ok((select s.rest_ends_at between clock_timestamp() + interval '119 seconds' and clock_timestamp() + interval '120 seconds' from public.live_sessions s where s.id = tests.session('g')), 'keeps what was left');
select is(pg_temp.lead('skip_live_session_rest'), '1 rows', 'skipped');
create temporary table skipped on commit drop as select pg_temp.version() as version;
select is(pg_temp.lead('skip_live_session_rest'), '1 rows', 'skipping what is over succeeds');
select is(pg_temp.version(), (select version from skipped), 'and changes nothing');
select is(pg_temp.lead('choose_live_session_exercise', '''  ''', pg_temp.version()), 'PT400 invalid_request', 'blanks are no exercise');
select is(pg_temp.last_event(), format('rest_ended {"skipped": true, "version": %s}', pg_temp.version()), 'it is over');

-- The lead.
select is(tests.act('g.participant', pg_temp.sql('transfer_live_session_lead', 'g', quote_literal(tests.id('g.participant')))), 'PT403 not_leader', 'nobody takes the lead from who is there');
select is(pg_temp.lead('transfer_live_session_lead', quote_literal(tests.id('g.stranger'))), 'PT404 user_not_found', 'nor is it given to who is not');
create temporary table v on commit drop as select pg_temp.version() as version;
select is(pg_temp.lead('transfer_live_session_lead', quote_literal(tests.id('g.participant'))), '1 rows', 'the leader hands over');
select is(pg_temp.lead('choose_live_session_exercise', '''row''', (select version from v)), 'PT403 not_leader', 'a late command of the former leader is refused');
select is(pg_temp.lead('transfer_live_session_lead', quote_literal(tests.id('g.host'))), 'PT403 not_leader', 'and nobody takes it back');
update public.live_session_participants p set last_active_at = now() - interval '61 seconds' where p.user_id = tests.id('g.participant');
select is(pg_temp.lead('transfer_live_session_lead', quote_literal(tests.id('g.host'))), '1 rows', 'until the leader is silent for a minute');
select is(tests.act('g.participant', pg_temp.sql('next_live_session_exercise', 'g', pg_temp.version())), 'PT403 not_leader', 'who comes back follows');

select * from finish();
rollback;
