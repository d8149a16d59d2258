-- One transaction, which the last of these files ends.
begin;
set local search_path = '';
set local lock_timeout = '10s';
set local maintenance_work_mem = '512MB';

do $$
begin
  if to_regnamespace('partitions') is not null then
    raise exception 'The tables are partitioned already; nothing was changed.';
  end if;
  if to_regprocedure('private.run_janitor(timestamptz)') is null then
    raise exception 'This is not the database that this file is for, or its migrations are not applied.';
  end if;
end
$$;

-- In the order in which everybody else locks.
lock table public.live_sessions, public.live_session_participants, public.live_session_sets,
  public.live_session_events, public.live_session_reactions, public.quick_reactions in access exclusive mode;

create schema partitions;
comment on schema partitions is
  'The months of partitioned tables. Not exposed by the API: rows are reached through the tables they belong to.';
revoke all on schema partitions from public;
