-- What hangs on the tables, as statements that put it up again. Collected before anything is taken down.

create temporary table kept (
  number integer generated always as identity,
  of_table text not null,
  -- Keys, indexes and who may do what; then rows are moved; then what would act upon them.
  stage text not null check (stage in ('before rows', 'after rows')),
  statement text not null
) on commit drop;

create function pg_temp.grants(p_acl aclitem[], p_owner oid, p_format text) returns setof text
language sql
set search_path = ''
as $$
  select format(p_format, a.privilege_type)
    || ' to ' || case a.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end
    || case when a.is_grantable then ' with grant option' else '' end
  from aclexplode(p_acl) a
  where a.grantee <> p_owner
$$;

create function pg_temp.keep(p_table text) returns void
language plpgsql
set search_path = ''
as $$
declare
  v_table regclass := format('public.%I', p_table);
begin
  insert into pg_temp.kept (of_table, stage, statement)
  select p_table, 'before rows', k.statement
  from pg_class c
  cross join lateral (
    select format('alter table public.%I add constraint %I %s', p_table, x.conname, case x.contype
      when 'p' then 'primary key (id, session_id)' else pg_get_constraintdef(x.oid) end)
    from pg_constraint x where x.conrelid = c.oid and x.contype in ('p', 'u', 'f')
    union all
    select pg_get_indexdef(i.indexrelid) from pg_index i
    where i.indrelid = c.oid and not exists (select from pg_constraint x where x.conindid = i.indexrelid)
      and i.indexrelid::regclass::text not like '%\_month\_key'
    union all
    select format('comment on index public.%I is %L', o.relname, obj_description(o.oid, 'pg_class'))
    from pg_index i join pg_class o on o.oid = i.indexrelid
    where i.indrelid = c.oid and obj_description(o.oid, 'pg_class') is not null
    union all
    select format('comment on constraint %I on public.%I is %L', x.conname, p_table, obj_description(x.oid, 'pg_constraint'))
    from pg_constraint x
    where x.conrelid = c.oid and x.contype in ('p', 'u', 'f') and obj_description(x.oid, 'pg_constraint') is not null
    union all
    select format('comment on table public.%I is %L', p_table, obj_description(c.oid, 'pg_class'))
    union all
    select format('alter table public.%I enable row level security', p_table) where c.relrowsecurity
    union all
    select format('alter table public.%I force row level security', p_table) where c.relforcerowsecurity
    union all
    select format('create policy %I on public.%I as %s for %s to %s', p.policyname, p_table, p.permissive, p.cmd,
        (select string_agg(quote_ident(r), ', ') from unnest(p.roles) r))
      || coalesce(' using (' || p.qual || ')', '') || coalesce(' with check (' || p.with_check || ')', '')
    from pg_policies p where p.schemaname = 'public' and p.tablename = p_table
    union all
    select format('comment on policy %I on public.%I is %L', p.polname, p_table, obj_description(p.oid, 'pg_policy'))
    from pg_policy p where p.polrelid = c.oid and obj_description(p.oid, 'pg_policy') is not null
    union all
    select g from pg_temp.grants(c.relacl, c.relowner, format('grant %%s on public.%I', p_table)) g
    union all
    select g
    from pg_attribute a, pg_temp.grants(a.attacl, c.relowner, format('grant %%s (%I) on public.%I', a.attname, p_table)) g
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    union all
    select format('alter publication %I add table public.%I', p.pubname, p_table)
    from pg_publication_rel r join pg_publication p on p.oid = r.prpubid where r.prrelid = c.oid
    union all
    -- Whoever listens hears of the table, not of its months.
    select format('alter publication %I set (publish_via_partition_root = true)', p.pubname)
    from pg_publication_rel r join pg_publication p on p.oid = r.prpubid where r.prrelid = c.oid
  ) k (statement)
  where c.oid = v_table;

  insert into pg_temp.kept (of_table, stage, statement)
  select p_table, 'after rows', k.statement
  from pg_class c
  cross join lateral (
    select f.statement
    from pg_proc p
    cross join lateral (
      select pg_get_functiondef(p.oid)
      union all
      select format('revoke all on function %s from public', p.oid::regprocedure)
      union all
      select g from pg_temp.grants(coalesce(p.proacl, acldefault('f', p.proowner)), p.proowner,
        'grant %s on function ' || p.oid::regprocedure) g
      union all
      select format('comment on function %s is %L', p.oid::regprocedure, obj_description(p.oid, 'pg_proc'))
      where obj_description(p.oid, 'pg_proc') is not null
    ) f (statement)
    where p.oid in (select pg_temp.functions_of(v_table))
    union all
    select f.statement
    from pg_class v
    cross join lateral (
      select format('create view %s %s as %s', v.oid::regclass,
        coalesce('with (' || array_to_string(v.reloptions, ', ') || ')', ''), pg_get_viewdef(v.oid))
      union all
      select g from pg_temp.grants(v.relacl, v.relowner, 'grant %s on ' || v.oid::regclass) g
      union all
      select format('comment on view %s is %L', v.oid::regclass, obj_description(v.oid, 'pg_class'))
      where obj_description(v.oid, 'pg_class') is not null
    ) f (statement)
    where v.oid in (select pg_temp.views_of(v_table))
    union all
    select f.statement
    from pg_trigger t
    cross join lateral (
      select pg_get_triggerdef(t.oid)
      union all
      select format('alter table public.%I %s trigger %I', p_table,
        case t.tgenabled when 'D' then 'disable' when 'R' then 'enable replica' else 'enable always' end, t.tgname)
      where t.tgenabled <> 'O'
      union all
      select format('comment on trigger %I on public.%I is %L', t.tgname, p_table, obj_description(t.oid, 'pg_trigger'))
      where obj_description(t.oid, 'pg_trigger') is not null
    ) f (statement)
    where t.tgrelid = c.oid and not t.tgisinternal
    union all
    -- The id of a set leads to its key from now on.
    select format('alter table %s add constraint %I %s', x.conrelid::regclass, x.conname,
      replace(pg_get_constraintdef(x.oid), 'REFERENCES public.live_session_sets(id)', 'REFERENCES private.live_session_set_ids(id)'))
    from pg_constraint x where x.contype = 'f' and x.confrelid = c.oid
  ) k (statement)
  where c.oid = v_table;
end
$$;

-- Those that take or return a row.
create function pg_temp.functions_of(p_table regclass) returns setof oid
language sql
set search_path = ''
as $$
  select p.oid
  from pg_proc p
  join pg_type t on t.typrelid = p_table
  where array[t.oid, t.typarray] && (coalesce(p.proallargtypes, p.proargtypes::oid[]) || p.prorettype)
$$;

create function pg_temp.views_of(p_table regclass) returns setof oid
language sql
set search_path = ''
as $$
  select distinct r.ev_class
  from pg_depend d
  join pg_rewrite r on r.oid = d.objid
  where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = p_table
$$;
