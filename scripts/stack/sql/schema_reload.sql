-- As on the platform: changed schemas are announced, and the REST server reads them anew.

create or replace function extensions.pgrst_ddl_watch() returns event_trigger
language plpgsql
as $$
begin
  if exists (
    select from pg_catalog.pg_event_trigger_ddl_commands() as command
    where command.object_type in (
      'schema', 'table', 'foreign table', 'view', 'materialized view', 'function', 'type', 'rule',
      'table column'
    )
    and coalesce(command.schema_name, '') not in ('pg_temp', 'auth', 'realtime')
  ) then
    notify pgrst, 'reload schema';
  end if;
end;
$$;

create or replace function extensions.pgrst_drop_watch() returns event_trigger
language plpgsql
as $$
begin
  if exists (
    select from pg_catalog.pg_event_trigger_dropped_objects() as dropped
    where dropped.object_type in (
      'schema', 'table', 'foreign table', 'view', 'materialized view', 'function', 'type', 'rule',
      'table column'
    )
    and not dropped.is_temporary
    and coalesce(dropped.schema_name, '') not in ('auth', 'realtime')
  ) then
    notify pgrst, 'reload schema';
  end if;
end;
$$;

do $$
begin
  if not exists (select from pg_catalog.pg_event_trigger where evtname = 'pgrst_ddl_watch') then
    create event trigger pgrst_ddl_watch on ddl_command_end
      execute function extensions.pgrst_ddl_watch();
  end if;
  if not exists (select from pg_catalog.pg_event_trigger where evtname = 'pgrst_drop_watch') then
    create event trigger pgrst_drop_watch on sql_drop
      execute function extensions.pgrst_drop_watch();
  end if;
end;
$$;
