-- Rules of Supabase's database linter that `supabase db advisors` leaves out, in words of our own. Those it
-- has are asked there. 0012 (anonymous sign-in), 0020 (bloat) and 0025 (storage buckets) speak of how a
-- project is set up and used, not of its schema: a test here could not fail.
begin;
select plan(4);

create function pg_temp.ours() returns table (oid oid, schema_name name, relname name, relkind "char") language sql as $$
  select c.oid, n.nspname, c.relname, c.relkind from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('public', 'private', 'monitoring')
$$;

-- 0018: the types that keep pg_upgrade from working.
select is_empty($$select o.relname, a.attname from pg_temp.ours() o join pg_attribute a on a.attrelid = o.oid and a.attnum > 0
  where o.relkind in ('r', 'p', 'm') and format_type(a.atttypid, null) in ('regcollation', 'regconfig', 'regdictionary', 'regnamespace', 'regoper', 'regoperator', 'regproc', 'regprocedure')$$,
  '0018: no column of a type that cannot be upgraded');
-- 0021: keys into Auth's tables go by their primary key.
select is_empty($$select c.conrelid::regclass, c.conname from pg_constraint c
  join pg_class r on r.oid = c.confrelid join pg_namespace n on n.oid = r.relnamespace
  where c.contype = 'f' and n.nspname = 'auth' and c.connamespace in ('public'::regnamespace, 'private'::regnamespace)
    and not exists (select from pg_constraint k where k.conrelid = c.confrelid and k.contype = 'p' and k.conkey = c.confkey)$$,
  '0021: foreign keys into schema auth go by its primary keys');
-- 0026: GraphQL shows the names of whatever a role may select. (0027 says so of the signed-in; they are meant to
-- select what 070_pins.sql lists.)
select is_empty($$select o.relname from pg_temp.ours() o where o.relkind in ('r', 'p', 'v', 'm', 'f')
  and (has_table_privilege('anon', o.oid, 'select') or has_any_column_privilege('anon', o.oid, 'select'))$$,
  '0026: anon sees no table');
-- 0028, 0029: functions with their owner's rights, where the API exposes them.
select is_empty($$select p.oid::regprocedure from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef
  and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')$$,
  '0028, 0029: nothing that the API exposes runs with its owner''s rights');

select * from finish();
rollback;
