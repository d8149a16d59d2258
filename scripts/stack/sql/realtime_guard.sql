-- On the platform an extension of the server lets a project create policies on realtime.messages
-- and nothing else there. Here membership in the owner's role does the former; this does the
-- latter, so that a migration that cannot be deployed does not pass here.

create or replace function extensions.guard_realtime_schema() returns event_trigger
language plpgsql
as $$
declare
  change record;
begin
  if session_user <> 'postgres' then
    return;
  end if;
  if tg_event = 'sql_drop' then
    select dropped.object_type, dropped.object_identity into change
    from pg_catalog.pg_event_trigger_dropped_objects() as dropped
    where dropped.schema_name = 'realtime' and dropped.object_type <> 'policy'
    limit 1;
  else
    select command.object_type, command.object_identity into change
    from pg_catalog.pg_event_trigger_ddl_commands() as command
    where command.schema_name = 'realtime' and command.object_type <> 'policy'
    limit 1;
  end if;
  if found then
    raise insufficient_privilege using
      message = format('must be owner of %s %s', change.object_type, change.object_identity),
      hint = 'The schema realtime belongs to the platform; a project may only create policies.';
  end if;
end;
$$;

do $$
begin
  if not exists (select from pg_catalog.pg_event_trigger where evtname = 'guard_realtime_schema')
  then
    create event trigger guard_realtime_schema on ddl_command_end
      execute function extensions.guard_realtime_schema();
  end if;
  if not exists (select from pg_catalog.pg_event_trigger where evtname = 'guard_realtime_drops')
  then
    create event trigger guard_realtime_drops on sql_drop
      execute function extensions.guard_realtime_schema();
  end if;
end;
$$;
