-- Sets and their numbers: limits, retries, e1RM, records, amending and removing.
begin;
select plan(72);

-- A set as a person logs it, by its parts; the answer of act().
create function pg_temp.set_sql(
  p_prefix text, p_weight numeric, p_reps integer, p_minute integer, p_type text default 'working',
  p_exercise text default 'squat', p_id uuid default gen_random_uuid()
) returns text language sql as $$
  select format('insert into public.live_session_sets
    (id, session_id, exercise_id, exercise_name, set_type, weight_kg, reps, timestamp_ms)
    values (%L, %L, %L, initcap(%L), %L, %s, %s, %s)',
    p_id, tests.session(p_prefix), p_exercise, p_exercise, p_type, p_weight, p_reps,
    private.epoch_ms(now()) + p_minute * 1000)
$$;
create function pg_temp.at(p_ms bigint) returns text language sql as $$
  select format('insert into public.live_session_sets
    (session_id, exercise_id, exercise_name, weight_kg, reps, timestamp_ms)
    values (%L, ''squat'', ''Squat'', 100, 5, %s)', tests.session('a'), p_ms)
$$;

do $$ begin
  perform tests.scene('a', 'active');
  perform tests.create_person('lifter');
  perform tests.create_person('mirror');
end $$;

-- Limits, at the edge and past it.
select is(tests.attempt('a.host', pg_temp.set_sql('a', 0, 1, 0)), '1 rows', '0 kg × 1');
select is(tests.attempt('a.host', pg_temp.set_sql('a', 2000, 1000, 0)), '1 rows', '2000 kg × 1000');
select is(tests.attempt('a.host', pg_temp.set_sql('a', 62.125, 5, 0)), '1 rows', 'to the gram');
select is(tests.attempt('a.host', pg_temp.set_sql('a', 2000.001, 1, 0)), 'PT400 invalid_request', 'more than 2000 kg');
select is(tests.attempt('a.host', pg_temp.set_sql('a', -0.001, 1, 0)), 'PT400 invalid_request', 'less than nothing');
select is(tests.attempt('a.host', pg_temp.set_sql('a', 100, 0, 0)), 'PT400 invalid_request', 'no repetition');
select is(tests.attempt('a.host', pg_temp.set_sql('a', 100, 1001, 0)), 'PT400 invalid_request', '1001 repetitions');
select is(tests.attempt('a.host', replace(pg_temp.set_sql('a', 42, 5, 0), ', 42,', ', ''NaN'',')), 'PT400 invalid_request', 'NaN');
select is(tests.attempt('a.host', pg_temp.set_sql('a', 100, 5, 0, 'working', '')), 'PT400 invalid_request', 'no exercise');
select is(tests.attempt('a.host', pg_temp.set_sql('a', 100, 5, 0, 'working', repeat('x', 101))), 'PT400 invalid_request', 'a long exercise');
select is(tests.attempt('a.host', pg_temp.set_sql('a', 100, 5, 0, 'cardio')), '22P02', 'an unknown type of set');
select is(tests.attempt('a.host', pg_temp.at(private.epoch_ms(s.started_at) - 299000)), '1 rows', '5 minutes before the start')
from public.live_sessions s where s.id = tests.session('a');
select is(tests.attempt('a.host', pg_temp.at(private.epoch_ms(s.started_at) - 301000)), 'PT400 invalid_request', 'earlier than that')
from public.live_sessions s where s.id = tests.session('a');
select is(tests.attempt('a.host', pg_temp.at(private.epoch_ms(clock_timestamp()) + 295000)), '1 rows', '5 minutes from now');
select is(tests.attempt('a.host', pg_temp.at(private.epoch_ms(clock_timestamp()) + 310000)), 'PT400 invalid_request', 'later than that');
select throws_ok(
  format('insert into public.live_session_sets (session_id, user_id, exercise_id, exercise_name, weight_kg, reps, timestamp_ms) values (%L, %L, ''squat'', ''Squat'', 5000, 5, %s)',
    tests.session('a'), tests.id('a.host'), private.epoch_ms(now())),
  'PT400', 'invalid_request', 'the owner of the database is held to the same');

-- Retries.
select is(tests.act('a.host', pg_temp.set_sql('a', 70, 5, 1, 'working', 'press', 'aaaaaaaa-0000-4000-8000-000000000001')),
  '1 rows', 'a set with an id of the client''s');
create temporary table mark on commit drop as
  select s.last_event_seq as seq, s.total_sets_completed as sets from public.live_sessions s where s.id = tests.session('a');
select is(tests.act('a.host', pg_temp.set_sql('a', 75, 5, 1, 'working', 'press', 'aaaaaaaa-0000-4000-8000-000000000001')),
  '0 rows', 'the same id again succeeds and stores nothing');
select is((select row(s.last_event_seq, s.total_sets_completed)::text from public.live_sessions s where s.id = tests.session('a')),
  (select row(m.seq, m.sets)::text from mark m), 'counts nothing twice and appends nothing');
select is((select s.weight_kg from public.live_session_sets s where s.id = 'aaaaaaaa-0000-4000-8000-000000000001'),
  70.000, 'and what was logged first stands');
select is(tests.attempt('a.participant', pg_temp.set_sql('a', 70, 5, 1, 'working', 'press', 'aaaaaaaa-0000-4000-8000-000000000001')),
  'PT400 invalid_request', 'another person''s id is refused');
do $$ begin perform tests.scene('z', 'active', 'private'); end $$;
select is(tests.act('z.host', pg_temp.set_sql('z', 70, 5, 1, 'working', 'press', 'aaaaaaaa-0000-4000-8000-000000000002')), '1 rows', 'a set');
select is(tests.act('z.host', format('select public.end_live_session(%L)', tests.session('z'))), '1 rows', 'the session ends');
select is(tests.act('z.host', pg_temp.set_sql('z', 70, 5, 1, 'working', 'press', 'aaaaaaaa-0000-4000-8000-000000000002')), '0 rows',
  'a retry that arrives after the end still succeeds');
select is(tests.act('z.host', pg_temp.set_sql('z', 70, 5, 1)), 'PT409 session_ended', 'a new set does not');

-- Epley.
select is(private.epley_e1rm(100, 1), 100.000, 'one repetition is the maximum itself');
select is(private.epley_e1rm(100, 5), 116.667, '100 kg × 5: 116.667 kg');
select is(private.epley_e1rm(60, 30), 120.000, '60 kg × 30: 120 kg');

-- Records.
insert into public.workouts (user_id, started_at, ended_at, sets) values (tests.id('lifter'), 1000, 2000,
  '[{"id": "x", "exerciseId": "bench", "weightKg": 60, "reps": 5, "timestampMs": 1500},
    {"id": "y", "exerciseId": "bench", "weightKg": 70, "reps": 1, "timestampMs": 1600},
    {"exerciseId": 7, "weightKg": "heavy"}, null, {"exerciseId": "bench", "weightKg": 9999, "reps": 5}]');
select results_eq(
  $$select b.exercise_id, b.e1rm_kg, b.achieved_at_ms from private.exercise_bests b where b.user_id = tests.id('lifter')$$,
  $$values ('bench', 70.000, 1500::bigint)$$, 'the best of a workout; what is malformed there is passed over');
do $$ begin
  perform tests.become('lifter');
  perform set_config('tests.r', public.open_live_session('shared') -> 'session' ->> 'id', true);
  perform public.start_live_session(tests.session('r'));
  perform tests.become_owner();
end $$;
create function pg_temp.flags(p_prefix text, p_exercise text) returns text language sql as $$
  select string_agg(case when s.is_pr then 'PR' else '-' end, ' ' order by s.timestamp_ms, s.id)
  from public.live_session_sets s where s.session_id = tests.session(p_prefix) and s.exercise_id = p_exercise
$$;
select is(tests.act('lifter', pg_temp.set_sql('r', 60, 5, 10, 'working', 'bench')), '1 rows', 'equal to the best of earlier workouts');
select is(pg_temp.flags('r', 'bench'), '-', 'is no record: strictly above');
select is(tests.act('lifter', pg_temp.set_sql('r', 200, 1, 11, 'warmup', 'bench')), '1 rows', 'a warm-up, however heavy');
select is(pg_temp.flags('r', 'bench'), '- -', 'is none either');
select is(tests.act('lifter', pg_temp.set_sql('r', 61, 5, 20, 'working', 'bench')), '1 rows', 'strictly above');
select is(pg_temp.flags('r', 'bench'), '- - PR', 'is a record, and the warm-up was no measure');
select is(tests.act('lifter', pg_temp.set_sql('r', 40, 5, 20, 'working', 'row')), '1 rows', 'the first time with an exercise');
select is(pg_temp.flags('r', 'row'), '-', 'is no record');
select is(tests.act('lifter', pg_temp.set_sql('r', 62, 5, 15, 'working', 'bench', 'aaaaaaaa-0000-4000-8000-000000000003')), '1 rows',
  'a set done earlier arrives late');
select is(pg_temp.flags('r', 'bench'), '- - PR -', 'and takes the record from the one after it');
select is((select string_agg(e.type::text, ' ' order by e.seq) from (
    select * from public.live_session_events e where e.session_id = tests.session('r') order by e.seq desc limit 2) e),
  'set_completed pr_revoked', 'of which everybody hears');
select is((select p.pr_count from public.live_session_participants p where p.session_id = tests.session('r')), 1, 'one record is left');
select is(tests.act('lifter', 'update public.live_session_sets set weight_kg = 50 where id = ''aaaaaaaa-0000-4000-8000-000000000003'''), '1 rows',
  'it is amended');
select is(pg_temp.flags('r', 'bench'), '- - - PR', 'and the record goes back');
select is((select string_agg(e.type || ' ' || (e.event_data #>> '{data,weightKg}'), ', ' order by e.seq) from (
    select * from public.live_session_events e where e.session_id = tests.session('r') order by e.seq desc limit 2) e),
  'set_updated 50, set_updated 61', 'of which everybody hears too');
select is(tests.act('lifter', 'update public.live_session_sets set weight_kg = 50 where id = ''aaaaaaaa-0000-4000-8000-000000000003'''), '1 rows',
  'amending to the same');
select is((select e.type::text || (e.event_data #>> '{data,weightKg}') from public.live_session_events e
  where e.session_id = tests.session('r') order by e.seq desc limit 1), 'set_updated61', 'appends nothing');
select is(tests.act('lifter', 'update public.live_session_sets set exercise_id = ''row'', exercise_name = ''Row'', weight_kg = 80 where id = ''aaaaaaaa-0000-4000-8000-000000000003'''),
  '1 rows', 'it was another exercise after all');
select is(pg_temp.flags('r', 'row'), '- -', 'done before the first of that exercise it is no record, nor is the lighter one after it');
select is(tests.act('lifter', 'delete from public.live_session_sets where id = ''aaaaaaaa-0000-4000-8000-000000000003'''), '1 rows', 'it is removed');
select is((select e.event_data -> 'data' ->> 'setId' from public.live_session_events e
  where e.session_id = tests.session('r') and e.type = 'set_removed'), 'aaaaaaaa-0000-4000-8000-000000000003', 'of which everybody hears');
select is(tests.attempt('lifter', format('update public.live_session_sets set timestamp_ms = 5 where session_id = %L', tests.session('r'))),
  'PT400 invalid_request', 'what is amended is held to the same limits');

-- A retry of logging it arrives after it was removed: it stays removed.
select is(tests.act('lifter', pg_temp.set_sql('r', 62, 5, 15, 'working', 'bench', 'aaaaaaaa-0000-4000-8000-000000000003')), '0 rows',
  'a late retry does not bring back what was removed');
select is(tests.attempt('a.host', pg_temp.set_sql('a', 62, 5, 1, 'working', 'bench', 'aaaaaaaa-0000-4000-8000-000000000003')), 'PT400 invalid_request',
  'nor is its id anybody else''s');

-- Several amended in one statement: the log ends with what is stored.
select is(tests.act('lifter', pg_temp.set_sql('r', 30, 5, 40, 'working', 'dip', 'aaaaaaaa-0000-4000-8000-0000000000d0')), '1 rows', 'three sets, each a record or the first');
select is(tests.act('lifter', pg_temp.set_sql('r', 40, 5, 42, 'working', 'dip', 'aaaaaaaa-0000-4000-8000-0000000000d2')), '1 rows', 'one');
select is(tests.act('lifter', pg_temp.set_sql('r', 50, 5, 44, 'working', 'dip', 'aaaaaaaa-0000-4000-8000-0000000000d4')), '1 rows', 'and another');
select is(tests.act('lifter', 'update public.live_session_sets set weight_kg = 45 where exercise_id = ''dip'' and weight_kg >= 40'), '2 rows', 'amended to the same weight');
select results_eq(
  $$select s.id, s.is_pr from public.live_session_sets s where s.exercise_id = 'dip' order by s.timestamp_ms$$,
  $$select distinct on (t.at_ms) t.id, t.is_pr from (
      select (e.event_data #>> '{data,setId}')::uuid as id, e.seq, s.timestamp_ms as at_ms,
        e.type <> 'pr_revoked' and (e.event_data #>> '{data,isPR}')::boolean as is_pr
      from public.live_session_events e join public.live_session_sets s on s.id = (e.event_data #>> '{data,setId}')::uuid
      where e.session_id = tests.session('r') and s.exercise_id = 'dip') t
    order by t.at_ms, t.seq desc$$,
  'the last word of the log on each set is what is stored');

-- Bests are kept apart by person and by what they come from, whatever ids people choose.
create temporary table bests on commit drop as select * from private.exercise_bests;
select is(tests.act('mirror', format($sql$insert into public.workouts (id, user_id, started_at, ended_at, sets) values (%L, %L, 0, 0,
  '[{"exerciseId": "bench", "weightKg": 1, "reps": 1, "timestampMs": 0}]')$sql$, tests.session('r'), tests.id('mirror'))), '1 rows',
  'a stranger''s workout with the id of somebody''s session');
select is(tests.act('mirror', 'delete from public.workouts'), '1 rows', 'comes and goes');
select is(tests.act('lifter', format($sql$insert into public.workouts (id, user_id, started_at, ended_at, sets) values (%L, %L, 0, 0,
  '[{"exerciseId": "bench", "weightKg": 1, "reps": 1, "timestampMs": 0}]')$sql$, tests.session('r'), tests.id('lifter'))), '1 rows',
  'so does one''s own');
select is(tests.act('lifter', format('update public.workouts set id = gen_random_uuid() where id = %L', tests.session('r'))), '1 rows', 'under changing ids');
select is(tests.act('lifter', 'delete from public.workouts where started_at = 0'), '1 rows', 'until it is deleted');
select set_eq('select * from private.exercise_bests', 'select * from bests', 'and no best is lost, forged or left over');

-- Trainings that overlap in time: what was lifted before a set counts, wherever it was.
do $$ begin
  perform tests.create_person('twice');
  perform tests.become('twice');
  perform set_config('tests.t1', public.open_live_session('shared') -> 'session' ->> 'id', true);
  perform public.start_live_session(tests.session('t1'));
  execute pg_temp.set_sql('t1', 100, 1, 1);
  execute pg_temp.set_sql('t1', 150, 1, 20);
  perform public.end_live_session(tests.session('t1'));
  perform set_config('tests.t2', public.open_live_session('shared') -> 'session' ->> 'id', true);
  perform public.start_live_session(tests.session('t2'));
  execute pg_temp.set_sql('t2', 95, 1, 10);
  execute pg_temp.set_sql('t2', 110, 1, 12);
  execute pg_temp.set_sql('t2', 140, 1, 30);
  perform tests.become_owner();
end $$;
select is(pg_temp.flags('t2', 'squat'), '- PR -', 'the best before the moment of each set is the measure');

-- However it came about, the outcome is that of logging it right the first time: two hundred random
-- changes by one person, then the same sets logged in order by another.
do $$
declare
  v_step integer;
  v_id uuid;
begin
  perform setseed(0.42);
  perform tests.become('lifter');
  for v_step in 1..200 loop
    select s.id into v_id from public.live_session_sets s
    where s.session_id = tests.session('r') and s.user_id = tests.id('lifter') order by random() limit 1;
    case floor(random() * 4)
      when 0 then
        update public.live_session_sets s
        set weight_kg = floor(random() * 40) * 2.5, reps = 1 + floor(random() * 12),
          timestamp_ms = private.epoch_ms(now()) + floor(random() * 250) * 1000
        where s.id = v_id;
      when 1 then
        update public.live_session_sets s
        set exercise_id = (array['bench', 'row', 'curl'])[1 + floor(random() * 3)::integer],
          set_type = (array['working', 'working', 'warmup'])[1 + floor(random() * 3)::integer]::public.live_session_set_type
        where s.id = v_id;
      when 2 then
        delete from public.live_session_sets s where s.id = v_id and random() < 0.5;
      else
        execute pg_temp.set_sql('r', (floor(random() * 40) * 2.5)::numeric, 1 + floor(random() * 12)::integer,
          floor(random() * 250)::integer, 'working', (array['bench', 'row', 'curl'])[1 + floor(random() * 3)::integer]);
    end case;
  end loop;
  perform tests.become_owner();
end $$;
insert into public.workouts (user_id, started_at, ended_at, sets)
select tests.id('mirror'), w.started_at, w.ended_at, w.sets from public.workouts w where w.user_id = tests.id('lifter');
do $$ begin
  perform tests.become('mirror');
  perform set_config('tests.m', public.open_live_session('shared') -> 'session' ->> 'id', true);
  perform public.start_live_session(tests.session('m'));
  perform tests.become_owner();
end $$;
do $$
declare
  v_set public.live_session_sets;
begin
  for v_set in select * from public.live_session_sets s where s.session_id = tests.session('r') order by s.timestamp_ms, s.id loop
    -- Ids differ, but keep their order, which decides between sets of the same millisecond.
    insert into public.live_session_sets
      (id, session_id, user_id, exercise_id, exercise_name, set_type, weight_kg, reps, timestamp_ms)
    values (overlay(v_set.id::text placing 'f' from 15)::uuid, tests.session('m'), tests.id('mirror'), v_set.exercise_id,
      v_set.exercise_name, v_set.set_type, v_set.weight_kg, v_set.reps, v_set.timestamp_ms);
  end loop;
end $$;
select cmp_ok((select count(*) from public.live_session_sets s where s.session_id = tests.session('m')), '>', 20::bigint, 'plenty is left to compare');
select results_eq(
  format('select s.exercise_id, s.weight_kg, s.reps, s.timestamp_ms, s.e1rm_kg, s.is_pr from public.live_session_sets s where s.session_id = %L order by s.timestamp_ms, s.id', tests.session('r')),
  format('select s.exercise_id, s.weight_kg, s.reps, s.timestamp_ms, s.e1rm_kg, s.is_pr from public.live_session_sets s where s.session_id = %L order by s.timestamp_ms, s.id', tests.session('m')),
  'the same sets and records');
select is(
  (select row(p.sets_completed, p.total_volume_kg, p.pr_count)::text from public.live_session_participants p where p.session_id = tests.session('r')),
  (select row(p.sets_completed, p.total_volume_kg, p.pr_count)::text from public.live_session_participants p where p.session_id = tests.session('m')),
  'the same counters');
select results_eq(
  format('select b.exercise_id, b.e1rm_kg, b.achieved_at_ms from private.exercise_bests b where b.source_id = %L order by 1, 3', tests.session('r')),
  format('select b.exercise_id, b.e1rm_kg, b.achieved_at_ms from private.exercise_bests b where b.source_id = %L order by 1, 3', tests.session('m')),
  'the same bests for the sessions to come');

-- A number that goes out to everybody has no more digits than anybody needs.
create temporary table lengthy as select gen_random_uuid() as id;
grant select on lengthy to public;
select is(
  tests.act('mirror', format('insert into public.live_session_sets
    (id, session_id, exercise_id, exercise_name, weight_kg, reps, timestamp_ms, intensity_score)
    values (%L, %L, ''squat'', ''Squat'', 1, 1, %s, 7.5%s1)', (select id from lengthy), tests.session('m'),
    private.epoch_ms(now()), repeat('0', 16000))),
  '1 rows', 'an intensity of sixteen thousand digits');
select is((select length(s.intensity_score::text) from public.live_session_sets s where s.id = (select id from lengthy)), length('7.500'), 'is kept to a thousandth');
select is(
  (select left(e.event_data -> 'data' ->> 'intensityScore', 9) from public.live_session_events e
    where e.session_id = tests.session('m') and e.event_data -> 'data' ->> 'setId' = (select id::text from lengthy)),
  '7.5', 'and told without idle zeros');

select * from finish();
rollback;
