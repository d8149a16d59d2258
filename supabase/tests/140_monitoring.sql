-- What whoever runs the service sees, and nobody else.
begin;
select plan(14);

do $$ begin perform tests.scene('a', 'active'); end $$;
create temporary table before on commit drop as select * from monitoring.refusals;

select is(tests.attempt('a.host', 'select from monitoring.active_now'), '42501', 'people do not see it');
select is(tests.attempt('anon', 'select from monitoring.active_now'), '42501', 'anon does not');
select cmp_ok((select a.active_sessions from monitoring.active_now a), '>=', 1::bigint, 'sessions that are on');
select cmp_ok((select a.people_in_sessions from monitoring.active_now a), '>=', 2::bigint, 'people in them');
select cmp_ok((select sum(h.created) from monitoring.sessions_per_hour h), '>=', 1::numeric, 'sessions created');
select cmp_ok((select sum(h.joined) from monitoring.sessions_per_hour h), '>=', 3::numeric, 'people joined');
select cmp_ok((select sum(m.sets) from monitoring.sets_per_minute m), '>=', 5::numeric, 'sets logged');
select cmp_ok((select t.sessions from monitoring.time_to_first_set t), '>=', 1::bigint, 'time to the first set');
-- The refusal is rolled back, its count is not.
select is(tests.attempt('a.participant', format('select public.end_live_session(%L)', tests.session('a'))), 'PT403 not_host', 'a refusal');
select is((select r.refused from monitoring.refusals r where r.code = 'not_host') - (select b.refused from before b where b.code = 'not_host'), 1::bigint, 'is counted');
select set_eq('select r.code collate "default" from monitoring.refusals r where r.status is not null', $$values
  ('invalid_request'), ('unauthenticated'), ('permission_denied'), ('not_participant'), ('not_host'), ('not_leader'), ('session_not_found'),
  ('invitation_not_found'), ('user_not_found'), ('not_found'), ('session_ended'), ('session_not_started'), ('session_full'), ('already_in_session'),
  ('invalid_mode'), ('version_conflict'), ('invitation_expired'), ('invalid_exercise'), ('rate_limited')$$, 'every code has a count');
select cmp_ok((select count(*) from monitoring.table_sizes t where t.schema_name = 'public'), '>=', 11::bigint, 'sizes of tables');
select lives_ok('select * from monitoring.unused_indexes', 'unused indexes');
select lives_ok('select * from monitoring.function_times', 'times of functions');

select * from finish();
rollback;
