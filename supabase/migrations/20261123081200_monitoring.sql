-- How it is going, for whoever runs it. Readable by the service role alone; not exposed by the API.

create schema monitoring;
comment on schema monitoring is 'Views for whoever runs the service. Not exposed by the API.';
revoke all on schema monitoring from public;
grant usage on schema monitoring to service_role;

create index live_sessions_created_at_brin on public.live_sessions using brin (created_at);
comment on index public.live_sessions_created_at_brin is
  'Serves the time windows of monitoring: the table grows in order of time.';
create index live_session_sets_created_at_brin on public.live_session_sets using brin (created_at);
comment on index public.live_session_sets_created_at_brin is
  'Serves the time windows of monitoring: the table grows in order of time.';
create index live_session_events_created_at_brin on public.live_session_events using brin (created_at);
comment on index public.live_session_events_created_at_brin is
  'Serves the time windows of monitoring: the table grows in order of time.';

create view monitoring.sessions_per_hour as
select date_trunc('hour', e.created_at) as hour,
  count(*) filter (where e.type = 'session_created') as created,
  count(*) filter (where e.type = 'session_started') as started,
  count(*) filter (where e.type = 'session_ended') as ended,
  count(*) filter (where e.type = 'user_joined') as joined,
  count(*) filter (where e.type = 'user_left') as departed
from public.live_session_events e
where e.created_at > now() - interval '7 days'
  and e.type in ('session_created', 'session_started', 'session_ended', 'user_joined', 'user_left')
group by 1;
comment on view monitoring.sessions_per_hour is
  'Sessions created, started and ended, people joined and departed, by hour of the last seven days.';

create view monitoring.active_now as
select
  (select count(*) from public.live_sessions s where s.status = 'pending') as pending_sessions,
  (select count(*) from public.live_sessions s where s.status = 'active') as active_sessions,
  (select count(*) from public.live_session_participants p where p.left_at is null) as people_in_sessions,
  (select count(*) from public.workout_presence w
    where w.last_updated_at >= now() - interval '5 minutes' and w.status <> 'finished') as people_training;
comment on view monitoring.active_now is 'What is going on at this moment.';

create view monitoring.sets_per_minute as
select date_trunc('minute', s.created_at) as minute, count(*) as sets,
  count(distinct s.user_id) as people, count(distinct s.session_id) as sessions
from public.live_session_sets s
where s.created_at > now() - interval '1 hour'
group by 1;
comment on view monitoring.sets_per_minute is 'Sets logged, by minute of the last hour.';

create view monitoring.time_to_first_set as
select count(f.seconds) as sessions, count(*) - count(f.seconds) as sessions_without_a_set,
  percentile_cont(0.5) within group (order by f.seconds) as median_seconds,
  percentile_cont(0.95) within group (order by f.seconds) as p95_seconds
from (
  select extract(epoch from (
    select min(t.created_at) from public.live_session_sets t where t.session_id = s.id
  ) - s.started_at)::double precision as seconds
  from public.live_sessions s
  where s.created_at > now() - interval '1 day' and s.started_at is not null
) f;
comment on view monitoring.time_to_first_set is
  'From the start of a session to its first set, in seconds, for sessions of the last day.';

create view monitoring.refusals as
select substr(q.sequencename, 9) as code, private.error_status(substr(q.sequencename, 9)) as status,
  coalesce(q.last_value, 0) as refused
from pg_catalog.pg_sequences q
where q.schemaname = 'private' and q.sequencename like 'refused\_%';
comment on view monitoring.refusals is
  'Actions refused since the beginning, by code; those of reading calls are not counted.';

create view monitoring.function_times as
select f.funcname as function, f.calls, round(f.total_time::numeric, 3) as total_ms,
  round(f.self_time::numeric, 3) as self_ms,
  round((f.total_time / nullif(f.calls, 0))::numeric, 3) as ms_a_call
from pg_catalog.pg_stat_user_functions f
where f.schemaname = 'private';
comment on view monitoring.function_times is
  'Time spent in triggers and commands, where the server tracks it (track_functions = all).';

create view monitoring.unused_indexes as
select i.relname as table_name, i.indexrelname as index_name,
  pg_catalog.pg_relation_size(i.indexrelid) as bytes
from pg_catalog.pg_stat_user_indexes i
join pg_catalog.pg_index x on x.indexrelid = i.indexrelid
where i.schemaname in ('public', 'private') and i.idx_scan = 0
  -- A unique index earns its keep by what it refuses.
  and not x.indisunique;
comment on view monitoring.unused_indexes is 'Indexes that no query has used since statistics were reset.';

create view monitoring.table_sizes as
select n.nspname as schema_name, c.relname as table_name,
  nullif(c.reltuples, -1)::bigint as estimated_rows,
  pg_catalog.pg_table_size(c.oid) as table_bytes, pg_catalog.pg_indexes_size(c.oid) as index_bytes
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname in ('public', 'private') and c.relkind = 'r';
comment on view monitoring.table_sizes is 'Rows (estimated) and bytes of each table and its indexes.';

revoke all on all tables in schema monitoring from public, anon, authenticated;
grant select on all tables in schema monitoring to service_role;
