-- How it is going.

create or replace view monitoring.table_sizes as
select n.nspname as schema_name, c.relname as table_name, s.estimated_rows, s.table_bytes, s.index_bytes
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
cross join lateral (
  select sum(nullif(l.reltuples, -1))::bigint as estimated_rows,
    sum(pg_catalog.pg_table_size(l.oid))::bigint as table_bytes,
    sum(pg_catalog.pg_indexes_size(l.oid))::bigint as index_bytes
  from pg_catalog.pg_partition_tree(c.oid) t
  join pg_catalog.pg_class l on l.oid = t.relid
  where t.isleaf
  union all
  select nullif(c.reltuples, -1)::bigint, pg_catalog.pg_table_size(c.oid), pg_catalog.pg_indexes_size(c.oid)
  where c.relkind = 'r'
) s
where n.nspname in ('public', 'private') and c.relkind in ('r', 'p') and s.table_bytes is not null;

create view monitoring.months as
select p.relname as table_name, c.relname as partition_name,
  pg_catalog.pg_get_expr(c.relpartbound, c.oid) as bounds,
  nullif(c.reltuples, -1)::bigint as estimated_rows,
  pg_catalog.pg_table_size(c.oid) as table_bytes, pg_catalog.pg_indexes_size(c.oid) as index_bytes
from pg_catalog.pg_inherits i
join pg_catalog.pg_class c on c.oid = i.inhrelid
join pg_catalog.pg_class p on p.oid = i.inhparent
where c.relnamespace = 'partitions'::regnamespace and c.relkind = 'r';
comment on view monitoring.months is 'The partitions, their rows (estimated) and bytes.';

create view monitoring.misplaced_rows as
select 'live_session_sets' as table_name, count(*) as rows, min(private.month_of_id(s.session_id)) as first_month
from partitions.live_session_sets_default s where private.is_time_ordered(s.session_id)
union all
select 'live_session_events', count(*), min(private.month_of_id(e.session_id))
from partitions.live_session_events_default e where private.is_time_ordered(e.session_id);
comment on view monitoring.misplaced_rows is
  'Rows whose month was missing when they came; more than none means that private.run_janitor() is not called, or '
  'cannot make months. private.add_month() makes up for it.';
revoke all on monitoring.months, monitoring.misplaced_rows from public, anon, authenticated;
grant select on monitoring.months, monitoring.misplaced_rows to service_role;

drop function pg_temp.partition(text), pg_temp.put_up(text, text), pg_temp.take_down(text), pg_temp.keep(text),
  pg_temp.functions_of(regclass), pg_temp.views_of(regclass), pg_temp.grants(aclitem[], oid, text),
  pg_temp.amend(regprocedure, text, text);
commit;
