-- How often: up to the limit and not once more, each for itself.
begin;
select plan(17);

do $$ begin
  perform tests.scene('a', 'active');
  perform tests.befriend('a.participant', 'a.friend');
end $$;

-- Runs a statement so many times and says how each group of equal outcomes in a row went.
create function pg_temp.often(p_who text, p_sql text, p_times integer) returns text language plpgsql as $$
declare
  v_outcomes text[] := '{}';
begin
  for i in 1..p_times loop
    v_outcomes := v_outcomes || tests.act(p_who, p_sql);
  end loop;
  return (select string_agg(g.outcome || ' ×' || g.count, ', ' order by g.first)
    from (select o.outcome, count(*), min(o.n) as first from unnest(v_outcomes) with ordinality o (outcome, n) group by 1) g);
end $$;
create function pg_temp.wait(p_who text, p_sql text) returns integer language plpgsql as $$
declare
  v_hint text;
begin
  perform tests.become(p_who);
  execute p_sql;
  perform tests.become_owner();
  return null;
exception when sqlstate 'PT429' then
  get stacked diagnostics v_hint = pg_exception_hint;
  perform tests.become_owner();
  return (v_hint::jsonb ->> 'retryAfterSeconds')::integer;
end $$;
create function pg_temp.message() returns text language sql as $$
  select format('insert into public.live_session_messages (session_id, message) values (%L, ''x'')', tests.session('a')) $$;
create function pg_temp.reaction() returns text language sql as $$
  select format('insert into public.live_session_reactions (session_id, to_user_id, emote) values (%L, %L, ''like'')',
    tests.session('a'), tests.id('a.host')) $$;
create function pg_temp.quick(p_to text) returns text language sql as $$
  select format('insert into public.quick_reactions (to_user_id, emote) values (%L, ''like'')', tests.id(p_to)) $$;
-- As if that much time had passed.
create function pg_temp.pass(p_time interval) returns void language sql as $$
  update private.rate_limits r set hits = array(select h - p_time from unnest(r.hits) h) $$;

select is(pg_temp.often('a.participant', pg_temp.message(), 22), '1 rows ×20, PT429 rate_limited ×2', '20 messages');
select cmp_ok(pg_temp.wait('a.participant', pg_temp.message()), '<=', 10, 'the wait is given, and within the window');
select cmp_ok(pg_temp.wait('a.participant', pg_temp.message()), '>=', 8, 'and no less than what is left of it');
select is(pg_temp.often('a.host', pg_temp.message(), 1), '1 rows ×1', 'each person has their own');
select is(pg_temp.often('a.participant', pg_temp.reaction(), 32), '1 rows ×30, PT429 rate_limited ×2', '30 reactions beside them');
select pg_temp.pass('9 seconds');
select is(pg_temp.often('a.participant', pg_temp.message(), 1), 'PT429 rate_limited ×1', 'after 9 seconds: not yet');
select is(pg_temp.wait('a.participant', pg_temp.message()), 1, 'one second more');
select pg_temp.pass('1 second');
select is(pg_temp.often('a.participant', pg_temp.message(), 21), '1 rows ×20, PT429 rate_limited ×1', 'after 10: 20 more');

select is(pg_temp.often('a.participant', pg_temp.quick('a.host'), 11), '1 rows ×10, PT429 rate_limited ×1', '10 quick reactions to one person');
select is(pg_temp.often('a.participant', pg_temp.quick('a.friend'), 1), '1 rows ×1', 'another person is another count');
select cmp_ok(pg_temp.wait('a.participant', pg_temp.quick('a.host')), '>', 50, 'for a minute');

-- Sets: one by one, and many in one statement.
select pg_temp.pass('1 hour');
select is(pg_temp.often('a.participant', tests.log_set(tests.session('a')), 61), '1 rows ×60, PT429 rate_limited ×1', '60 sets a minute');
select is((select p.sets_completed from public.live_session_participants p
  where p.session_id = tests.session('a') and p.user_id = tests.id('a.participant')), 62, 'the one that was refused is not counted');
select is(tests.act('a.host', format(
  'insert into public.live_session_sets (session_id, exercise_id, exercise_name, weight_kg, reps, timestamp_ms)
   select %L, ''squat'', ''Squat'', 50, 5, (extract(epoch from clock_timestamp()) * 1000)::bigint from generate_series(1, 61)', tests.session('a'))),
  'PT429 rate_limited', '61 in one statement');
select is(tests.act('a.host', format(
  'insert into public.live_session_sets (session_id, exercise_id, exercise_name, weight_kg, reps, timestamp_ms)
   select %L, ''squat'', ''Squat'', 50, 5, (extract(epoch from clock_timestamp()) * 1000)::bigint from generate_series(1, 60)', tests.session('a'))),
  '60 rows', 'were one too many');
-- A retry of what is stored is no new action.
select is(tests.act('a.host', format(
  'insert into public.live_session_sets (id, session_id, exercise_id, exercise_name, weight_kg, reps, timestamp_ms)
   select s.id, s.session_id, s.exercise_id, s.exercise_name, s.weight_kg, s.reps, s.timestamp_ms
   from public.live_session_sets s where s.session_id = %L and s.user_id = auth.uid()', tests.session('a'))), '0 rows',
  'retries are not limited');
select is((select max(cardinality(r.hits)) from private.rate_limits r), 60, 'no count holds more than its limit');

select * from finish();
rollback;
