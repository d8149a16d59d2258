-- Every set and every sign of life moves workout_presence.last_updated_at. Without an index on it, and with room on
-- the page, the row is changed in place (HOT): no index is touched, and nothing is left to vacuum.

drop index public.workout_presence_last_updated_at_idx;
alter table public.workout_presence set (fillfactor = 70);
create index workout_presence_workout_started_at_idx on public.workout_presence (workout_started_at);
comment on index public.workout_presence_workout_started_at_idx is 'Serves clearing rows that are long gone.';

create or replace function private.clear_presence(p_at timestamptz) returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_count integer;
begin
  delete from public.workout_presence w
  where w.id in (
    select n.id from public.workout_presence n
    -- Who is gone for a day has begun before that; which workouts have, an index knows.
    where n.workout_started_at < p_at - interval '1 day' and n.last_updated_at < p_at - interval '1 day'
    order by n.workout_started_at limit 500 for update skip locked
  );
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
