-- Months come and go.

create function private.add_month(p_table text, p_month date) returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_start timestamp := date_trunc('month', p_month::timestamp);
  v_name text := format('%s_%s', p_table, to_char(v_start, 'YYYY_MM'));
  v_from uuid := private.first_id_at(v_start at time zone 'UTC');
  v_until uuid := private.first_id_at((v_start + interval '1 month') at time zone 'UTC');
  v_is_misplaced boolean;
begin
  if to_regclass(format('partitions.%I', v_name)) is not null then
    return false;
  end if;
  execute format('create table partitions.%I (like public.%I including defaults including constraints including storage)',
    v_name, p_table);
  execute format('alter table partitions.%I enable row level security', v_name);
  execute format('revoke all on partitions.%I from public, anon, authenticated, service_role', v_name);
  execute format('comment on table partitions.%I is %L', v_name,
    format('Rows of public.%s whose session was made in %s.', p_table, to_char(p_month, 'YYYY-MM')));
  -- What came while the month was missing. It only moves: nothing is logged, counted or told again.
  execute format('select exists (select from partitions.%I where session_id >= %L and session_id < %L)',
    p_table || '_default', v_from, v_until) into v_is_misplaced;
  if v_is_misplaced then
    execute format('alter table partitions.%I disable trigger user', p_table || '_default');
    execute format('with misplaced as (delete from partitions.%I where session_id >= %L and session_id < %L returning *)
      insert into partitions.%I select * from misplaced', p_table || '_default', v_from, v_until, v_name);
    execute format('alter table partitions.%I enable trigger user', p_table || '_default');
  end if;
  execute format('alter table public.%I attach partition partitions.%I for values from (%L) to (%L)',
    p_table, v_name, v_from, v_until);
  return true;
end
$$;
comment on function private.add_month(text, date) is
  'Makes the partition of a month, unless it is there, and moves to it what came without it.';

create function private.drop_months(p_table text, p_until timestamptz) returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_name text;
  v_start timestamp;
  v_count integer := 0;
begin
  for v_name, v_start in
    select c.relname, to_timestamp(right(c.relname, 7), 'YYYY_MM')::timestamp
    from pg_catalog.pg_inherits i
    join pg_catalog.pg_class c on c.oid = i.inhrelid
    where i.inhparent = format('public.%I', p_table)::regclass and c.relname ~ '_\d{4}_\d{2}$'
    order by c.relname
  loop
    exit when (v_start + interval '1 month') at time zone 'UTC' > p_until;
    -- Each session has said goodbye to its history first.
    continue when exists (
      select from public.live_sessions s
      where s.id >= private.first_id_at(v_start at time zone 'UTC')
        and s.id < private.first_id_at((v_start + interval '1 month') at time zone 'UTC')
        and s.history_dropped_at is null
    );
    execute format('drop table partitions.%I', v_name);
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;
comment on function private.drop_months(text, timestamptz) is
  'Drops the partitions of months before a moment, all of whose sessions have dropped their history.';

create function private.keep_months(p_at timestamptz) returns void
language plpgsql
set search_path = ''
-- Less than it takes to be thought a deadlock: whoever trains goes first, and in a minute it is tried again.
set lock_timeout = '200ms'
as $$
declare
  v_month date := date_trunc('month', p_at at time zone 'UTC')::date;
  v_table text;
  v_offset integer;
begin
  foreach v_table in array array['live_session_sets', 'live_session_events'] loop
    for v_offset in -1 .. 3 loop
      begin
        perform private.add_month(v_table, (v_month + v_offset * interval '1 month')::date);
      exception
        when others then
          raise warning 'janitor: month % of % was not made: % %', v_offset, v_table, sqlstate, sqlerrm;
      end;
    end loop;
  end loop;
  begin
    perform private.drop_months('live_session_events', p_at - interval '90 days');
  exception
    when others then
      raise warning 'janitor: no month was dropped: % %', sqlstate, sqlerrm;
  end;
end
$$;
comment on function private.keep_months(timestamptz) is
  'Makes the months to come, three ahead, and drops those of events that are over. Nearly always there is '
  'nothing to do.';

revoke all on function
  private.add_month(text, date), private.drop_months(text, timestamptz), private.keep_months(timestamptz)
from public;
