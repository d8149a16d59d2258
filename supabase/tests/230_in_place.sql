-- What every set changes is changed in place (HOT): no index has to be told, and nothing is left to vacuum. An index on
-- one of these columns, or with a condition on it, ends that silently.
begin;
select plan(3);

do $$ begin perform tests.scene('a', 'active'); end $$;

create temporary table changed on commit drop as
select t.relid::regclass as name, t.n_tup_upd, t.n_tup_hot_upd from pg_stat_xact_user_tables t where t.n_tup_upd > 0;
create function pg_temp.since() returns table (name text, updates bigint, in_place bigint) language sql as $$
  select t.relid::regclass::text, t.n_tup_upd - coalesce(c.n_tup_upd, 0), t.n_tup_hot_upd - coalesce(c.n_tup_hot_upd, 0)
  from pg_stat_xact_user_tables t left join changed c on c.name = t.relid
  where t.n_tup_upd > coalesce(c.n_tup_upd, 0)
$$;

do $$ begin
  perform tests.become('a.host');
  execute tests.log_set(tests.session('a'));
  execute tests.log_set(tests.session('a'));
  perform tests.become_owner();
end $$;
select results_eq('select name from pg_temp.since() order by name collate "C"',
  array['live_session_participants', 'live_sessions', 'private.rate_limits', 'workout_presence'], 'what sets change');
select results_eq('select name, in_place from pg_temp.since()', 'select name, updates from pg_temp.since()', 'all of it in place');

drop table changed;
create temporary table changed on commit drop as
select t.relid::regclass as name, t.n_tup_upd, t.n_tup_hot_upd from pg_stat_xact_user_tables t where t.n_tup_upd > 0;
do $$ begin
  perform tests.become('a.host');
  perform public.heartbeat_presence('resting', 'squat', 'Squat');
  perform tests.become_owner();
end $$;
select is((select s.in_place || ' of ' || s.updates from pg_temp.since() s where s.name = 'workout_presence'), '1 of 1', 'so is a sign of life');

select * from finish();
rollback;
