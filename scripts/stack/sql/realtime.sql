-- What the platform's Realtime service keeps in a project's database, for local use.
-- Runs as supabase_admin at every start, so every statement can be repeated.

create schema if not exists realtime;
grant usage on schema realtime to supabase_realtime_admin, anon, authenticated, service_role;
grant usage on schema realtime to postgres with grant option;

-- One row a message. Days are partitions so that old messages go by dropping a table.
create table if not exists realtime.messages (
  topic text not null,
  extension text not null,
  payload jsonb,
  event text,
  private boolean default false,
  -- UTC whatever the session's time zone is: the partitions are days in UTC.
  updated_at timestamp without time zone not null default timezone('utc', now()),
  inserted_at timestamp without time zone not null default timezone('utc', now()),
  id uuid not null default gen_random_uuid(),
  binary_payload bytea,
  primary key (id, inserted_at),
  constraint messages_payload_exclusive check (payload is null or binary_payload is null)
) partition by range (inserted_at);

create index if not exists messages_inserted_at_topic_index
  on realtime.messages (inserted_at desc, topic)
  where extension = 'broadcast' and private is true;

alter table realtime.messages enable row level security;
alter table realtime.messages owner to supabase_realtime_admin;
grant select, insert, update on realtime.messages to postgres, anon, authenticated, service_role;

-- Policies on realtime.messages belong to the project, whose migrations run as postgres, and only
-- an owner creates policies. Inheriting is enough for that; becoming the role is not given away.
grant supabase_realtime_admin to postgres with inherit true, set false;

create or replace function realtime.topic()
returns text
language sql
stable
set search_path = ''
as $$
  select nullif(current_setting('realtime.topic', true), '');
$$;
comment on function realtime.topic() is
  'The topic being joined or written, for use in policies on realtime.messages.';

create or replace function realtime.send(
  payload jsonb,
  event text,
  topic text,
  private boolean default true
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  message_id uuid := gen_random_uuid();
begin
  -- For INSERT policies that ask for realtime.topic().
  perform set_config('realtime.topic', send.topic, true);
  insert into realtime.messages (id, topic, extension, event, private, payload)
  values (
    message_id,
    send.topic,
    'broadcast',
    send.event,
    send.private,
    case
      when send.payload ? 'id' then send.payload
      else jsonb_set(send.payload, '{id}', to_jsonb(message_id))
    end
  );
exception
  -- A message that cannot be sent must not undo the work that it tells about.
  when others then
    raise warning 'WarnSendingBroadcastMessage: %', sqlerrm;
end;
$$;
comment on function realtime.send(jsonb, text, text, boolean) is
  'Broadcasts a message to a topic when the transaction commits. Errors become warnings.';

create or replace function realtime.broadcast_changes(
  topic_name text,
  event_name text,
  operation text,
  table_name text,
  table_schema text,
  new record,
  old record,
  level text default 'ROW'
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if level = 'STATEMENT' then
    raise exception 'function can only be triggered for each row, not for each statement';
  end if;
  if operation is null or operation not in ('INSERT', 'UPDATE', 'DELETE') then
    raise exception 'Unexpected operation type: %', operation;
  end if;
  perform realtime.send(
    jsonb_build_object(
      'old_record', old,
      'record', new,
      'operation', operation,
      'table', table_name,
      'schema', table_schema
    ),
    event_name,
    topic_name
  );
exception
  when others then
    raise exception 'Failed to process the row: %', sqlerrm;
end;
$$;
comment on function realtime.broadcast_changes(text, text, text, text, text, record, record, text) is
  'For row triggers: broadcasts the old and the new row to a private topic.';

alter function realtime.topic() owner to supabase_realtime_admin;
alter function realtime.send(jsonb, text, text, boolean) owner to supabase_realtime_admin;
alter function realtime.broadcast_changes(text, text, text, text, text, record, record, text)
  owner to supabase_realtime_admin;
grant execute on function
  realtime.topic(),
  realtime.send(jsonb, text, text, boolean),
  realtime.broadcast_changes(text, text, text, text, text, record, record, text)
to postgres, anon, authenticated, service_role;

create or replace function realtime.maintain_message_partitions()
returns void
language plpgsql
set search_path = ''
as $$
declare
  today date := timezone('utc', now())::date;
  oldest_kept date := (timezone('utc', now()) - interval '72 hours')::date;
  partition_day date;
  partition_name text;
begin
  perform pg_advisory_xact_lock(hashtextextended('realtime.messages partitions', 0));

  for partition_day in
    select today + days from generate_series(-1, 3) as days
  loop
    partition_name := 'messages_' || to_char(partition_day, 'YYYY_MM_DD');
    if to_regclass(format('realtime.%I', partition_name)) is null then
      execute format(
        'create table realtime.%I partition of realtime.messages for values from (%L) to (%L)',
        partition_name, partition_day, partition_day + 1
      );
      execute format('alter table realtime.%I owner to supabase_realtime_admin', partition_name);
    end if;
  end loop;

  for partition_name in
    select child.relname
    from pg_catalog.pg_inherits
    join pg_catalog.pg_class as child on child.oid = pg_inherits.inhrelid
    where pg_inherits.inhparent = 'realtime.messages'::regclass
      and child.relname ~ '^messages_\d{4}_\d{2}_\d{2}$'
      and to_date(right(child.relname, 10), 'YYYY_MM_DD') < oldest_kept
  loop
    execute format('drop table realtime.%I', partition_name);
  end loop;
end;
$$;
comment on function realtime.maintain_message_partitions() is
  'Keeps a partition for each day from yesterday to three days ahead, drops those past 72 hours.';
revoke all on function realtime.maintain_message_partitions() from public;

select realtime.maintain_message_partitions();

-- What the Realtime server reads: new messages only, under the name of the table and not of a day.
do $$
begin
  if not exists (
    select from pg_catalog.pg_publication where pubname = 'supabase_realtime_messages_publication'
  ) then
    create publication supabase_realtime_messages_publication;
  end if;
end;
$$;
alter publication supabase_realtime_messages_publication
  set (publish = 'insert', publish_via_partition_root = true);
alter publication supabase_realtime_messages_publication set table realtime.messages;
