-- From one heap to months: everything is taken down, the rows find their place, everything is put up again.

create function pg_temp.take_down(p_table text) returns void
language plpgsql
set search_path = ''
as $$
declare
  v_table regclass := format('public.%I', p_table);
  v_earlier text := p_table || '_earlier';
  v_statement text;
  v_stray text;
begin
  for v_statement in
    select format('drop view %s', v::regclass) from pg_temp.views_of(v_table) v
    union all
    select format('drop function %s', f::regprocedure) from pg_temp.functions_of(v_table) f
    union all
    select format('alter table %s drop constraint %I', x.conrelid::regclass, x.conname)
    from pg_constraint x where x.contype = 'f' and x.confrelid = v_table
    union all
    select format('drop trigger %I on %s', t.tgname, v_table)
    from pg_trigger t where t.tgrelid = v_table and not t.tgisinternal
    union all
    select format('drop policy %I on %s', p.polname, v_table) from pg_policy p where p.polrelid = v_table
    union all
    select format('alter publication %I drop table %s', p.pubname, v_table)
    from pg_publication_rel r join pg_publication p on p.oid = r.prpubid where r.prrelid = v_table
    union all
    select format('revoke all on %s from %s', v_table,
      case a.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end)
    from pg_class c, aclexplode(c.relacl) a
    where c.oid = v_table and a.grantee <> c.relowner
    group by a.grantee
    union all
    select format('alter table %s drop constraint %I', v_table, x.conname)
    from pg_constraint x where x.contype = 'p' and x.conrelid = v_table
  loop
    execute v_statement;
  end loop;
  -- Whatever else there is would go on speaking of the old heap alone.
  select string_agg(distinct pg_describe_object(d.classid, d.objid, d.objsubid), ', ') into v_stray
  from pg_depend d
  join pg_type t on t.typrelid = v_table
  where ((d.refclassid = 'pg_class'::regclass and d.refobjid = v_table)
      or (d.refclassid = 'pg_type'::regclass and d.refobjid in (t.oid, t.typarray)))
    and (d.classid in ('pg_proc'::regclass, 'pg_rewrite'::regclass, 'pg_policy'::regclass, 'pg_trigger'::regclass)
      or (d.classid = 'pg_class'::regclass and d.objid <> v_table and d.deptype = 'n'));
  if v_stray is not null then
    raise exception 'This file does not know what to do with: %', v_stray;
  end if;
  execute format('alter table %s set schema partitions', v_table);
  execute format('alter table partitions.%I rename to %I', p_table, v_earlier);
  if to_regclass(format('partitions.%I', p_table || '_month_key')) is null then
    execute format('alter table partitions.%I add primary key (id, session_id)', v_earlier);
  else
    execute format('alter table partitions.%I add primary key using index %I', v_earlier, p_table || '_month_key');
  end if;
  execute format('comment on table partitions.%I is %L', v_earlier,
    format('Rows of public.%s whose session was made before there were partitions.', p_table));
end
$$;

create function pg_temp.put_up(p_table text, p_stage text) returns void
language plpgsql
set search_path = ''
as $$
declare
  v_statement text;
begin
  for v_statement in
    select k.statement from pg_temp.kept k where k.of_table = p_table and k.stage = p_stage order by k.number
  loop
    execute v_statement;
  end loop;
end
$$;

create function pg_temp.partition(p_table text) returns void
language plpgsql
set search_path = ''
as $$
declare
  v_earlier text := p_table || '_earlier';
  v_role text;
  v_columns text;
  v_month date;
begin
  perform pg_temp.keep(p_table);
  perform pg_temp.take_down(p_table);
  execute format('create table public.%I (like partitions.%I including defaults including constraints
    including storage including comments including statistics) partition by range (session_id)', p_table, v_earlier);
  -- What a new table in this schema is granted by itself, on some platforms.
  for v_role in
    select case a.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end
    from pg_class c, aclexplode(c.relacl) a
    where c.oid = format('public.%I', p_table)::regclass and a.grantee <> c.relowner
    group by a.grantee
  loop
    execute format('revoke all on public.%I from %s', p_table, v_role);
  end loop;
  perform pg_temp.put_up(p_table, 'before rows');

  execute format('create table partitions.%I partition of public.%I default', p_table || '_default', p_table);
  execute format('alter table partitions.%I enable row level security', p_table || '_default');
  execute format('revoke all on partitions.%I from public, anon, authenticated, service_role', p_table || '_default');
  execute format('comment on table partitions.%I is %L', p_table || '_default',
    format('Rows of public.%s that have no month: ids from before that look like one, and what came without it.', p_table));
  -- From the first session whose id tells its time, if there have been such before, and three months ahead.
  for v_month in
    select generate_series(
      least(
        (select private.month_of_id(s.id) from public.live_sessions s
          where private.is_time_ordered(s.id) and s.id between private.first_id_at('2020-01-01 UTC') and private.first_id_at(now())
          order by s.id limit 1),
        date_trunc('month', now() at time zone 'UTC')::date
      )::timestamp,
      now() at time zone 'UTC' + interval '3 months', interval '1 month')::date
  loop
    perform private.add_month(p_table, v_month);
  end loop;

  -- Whatever looks like a month by its id goes there. Of random ids that is one in 128.
  select string_agg(quote_ident(a.attname), ', ' order by a.attnum) into v_columns
  from pg_attribute a
  where a.attrelid = format('public.%I', p_table)::regclass and a.attnum > 0 and not a.attisdropped;
  execute format('with moved as (delete from partitions.%I where session_id < private.last_month_id() returning %s)
    insert into public.%I (%2$s) select * from moved', v_earlier, v_columns, p_table);
  execute format('alter table public.%I attach partition partitions.%I for values from (%L) to (maxvalue)',
    p_table, v_earlier, private.last_month_id());
  perform pg_temp.put_up(p_table, 'after rows');
end
$$;

do $$
begin
  perform pg_temp.partition('live_session_events');
  perform pg_temp.partition('live_session_sets');
end
$$;
