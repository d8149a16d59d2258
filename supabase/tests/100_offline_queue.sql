-- A queue replayed: a verdict for each set, and one bad set does not lose the others.
begin;
select plan(12);

do $$ begin
  perform tests.scene('a', 'active');
  perform tests.scene('z', 'ended');
end $$;
create function pg_temp.queue() returns jsonb language sql as $$
  select jsonb_agg(jsonb_build_object('id', ('aaaaaaaa-0000-4000-8000-00000000000' || n)::uuid, 'exerciseId', 'row', 'exerciseName', 'Row',
    'weightKg', 60 + n, 'reps', 8, 'timestampMs', private.epoch_ms(now()) + n) order by n)
  from generate_series(1, 3) n
$$;
create function pg_temp.log(p_who text, p_scene text, p_sets jsonb) returns jsonb language sql as $$
  select tests.fetch(p_who, format('select public.log_live_sets(%L, %L)', tests.session(p_scene), p_sets)) -> 'results'
$$;
create function pg_temp.outcomes(p_results jsonb) returns text language sql as $$
  select string_agg(r.value ->> 'outcome', ' ' order by r.ordinality) from jsonb_array_elements(p_results) with ordinality r
$$;

select is(pg_temp.outcomes(pg_temp.log('a.host', 'a', pg_temp.queue())), 'stored stored stored', 'a queue is stored');
select is(pg_temp.outcomes(pg_temp.log('a.host', 'a', pg_temp.queue())), 'duplicate duplicate duplicate', 'repeating it changes nothing');
select is((select row(p.sets_completed, p.pr_count)::text from public.live_session_participants p
  where p.session_id = tests.session('a') and p.user_id = tests.id('a.host')), '(4,2)', 'counted once, records in their order');
select is(
  pg_temp.outcomes(pg_temp.log('a.participant', 'a', jsonb_build_array(
    (pg_temp.queue() -> 0) || '{"id": "bbbbbbbb-0000-4000-8000-000000000001"}',
    (pg_temp.queue() -> 0) || '{"id": "bbbbbbbb-0000-4000-8000-000000000002", "reps": -3}',
    (pg_temp.queue() -> 0) || '{"id": "bbbbbbbb-0000-4000-8000-000000000003", "weightKg": "heavy"}',
    (pg_temp.queue() -> 0) || '{"id": "bbbbbbbb-0000-4000-8000-000000000004", "reps": 5.5}',
    (pg_temp.queue() -> 0) || '{"id": "no id"}',
    (pg_temp.queue() -> 0) - 'id',
    (pg_temp.queue() -> 0) || '{"id": "bbbbbbbb-0000-4000-8000-000000000005", "setType": "cardio"}',
    (pg_temp.queue() -> 0) || '{"id": "bbbbbbbb-0000-4000-8000-000000000006", "color": "red"}',
    (pg_temp.queue() -> 0) || '{"id": "bbbbbbbb-0000-4000-8000-000000000007", "weightKg": 1e30}',
    'null', '7',
    -- Another person's id.
    pg_temp.queue() -> 0,
    (pg_temp.queue() -> 0) || '{"id": "bbbbbbbb-0000-4000-8000-000000000008"}',
    (pg_temp.queue() -> 0) || '{"id": "bbbbbbbb-0000-4000-8000-000000000001"}'))),
  'stored ' || repeat('invalid_request ', 11) || 'stored duplicate', 'each bad set by itself');
select ok(not exists (select from jsonb_array_elements(pg_temp.log('a.participant', 'a', '[{"id": "x"}]')) r
  where r.value ->> 'detail' like '%syntax%' or r.value ->> 'detail' is null), 'no reason speaks of the inside');
select is(pg_temp.outcomes(pg_temp.log('z.host', 'z', pg_temp.queue())),
  'invalid_request invalid_request invalid_request', 'ids of somebody else''s sets, in a session that has ended');
select is(pg_temp.outcomes(pg_temp.log('z.host', 'z', jsonb_build_array((pg_temp.queue() -> 0) || jsonb_build_object('id', gen_random_uuid())))),
  'session_ended', 'a set too late');
select is(pg_temp.outcomes(pg_temp.log('a.blocked', 'a', jsonb_build_array((pg_temp.queue() -> 0) || jsonb_build_object('id', gen_random_uuid())))),
  'session_not_found', 'a session one may not see');
select is(tests.attempt('a.host', format('select public.log_live_sets(%L, ''{}'')', tests.session('a'))), 'PT400 invalid_request', 'no list');

-- What is good is stored at once: its events in the order of the sets, and what happens once for all happens once.
create function pg_temp.after_restart(p_n integer) returns jsonb language sql as $$
  select (pg_temp.queue() -> 0) || jsonb_build_object('id', ('cccccccc-0000-4000-8000-00000000000' || p_n)::uuid,
    'exerciseId', 'press', 'weightKg', 100 + p_n, 'timestampMs', private.epoch_ms(now()) + p_n)
$$;
create temporary table told_before as
select count(*) as messages from realtime.messages m where m.topic like 'workout_presence:' || tests.id('a.participant') || '%';
select is(
  pg_temp.outcomes(pg_temp.log('a.participant', 'a', jsonb_build_array(
    pg_temp.after_restart(2), pg_temp.after_restart(1), pg_temp.after_restart(2), pg_temp.after_restart(3)))),
  'stored stored duplicate stored', 'the same set twice in one queue');
select is((
  select string_agg(right(e.event_data -> 'data' ->> 'setId', 1), ' ' order by e.seq) from public.live_session_events e
  where e.session_id = tests.session('a') and e.event_data -> 'data' ->> 'setId' like 'cccccccc%'
    and e.type = 'set_completed'
), '2 1 3', 'events in the order of the queue');
select is((
  select count(*) - (select t.messages from told_before t) from realtime.messages m
  where m.topic like 'workout_presence:' || tests.id('a.participant') || '%'
), 1::bigint, 'presence is told of once');

select * from finish();
rollback;
