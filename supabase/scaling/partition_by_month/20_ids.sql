-- Ids that begin with the time.

create function private.first_id_at(p_at timestamptz) returns uuid
language sql immutable parallel safe
set search_path = ''
as $$ select (lpad(to_hex(private.epoch_ms(p_at)), 12, '0') || repeat('0', 20))::uuid $$;
comment on function private.first_id_at(timestamptz) is
  'Below every time-ordered id made at that moment or later, above every earlier one.';

create function private.time_ordered_id(p_at timestamptz default clock_timestamp()) returns uuid
language sql volatile parallel safe
set search_path = ''
as $$
  -- The time in place of the first 48 of its random bits; version 7 in place of 4.
  select encode(set_bit(set_bit(
    overlay(uuid_send(gen_random_uuid()) placing substring(int8send(private.epoch_ms(p_at)) from 3) from 1 for 6),
    52, 1), 53, 1), 'hex')::uuid
$$;
comment on function private.time_ordered_id(timestamptz) is
  'A new UUID of version 7: 48 bits of time, in milliseconds, and 74 random ones.';

create function private.is_time_ordered(p_id uuid) returns boolean
language sql immutable parallel safe
set search_path = ''
as $$ select substring(p_id::text from 15 for 1) = '7' $$;
comment on function private.is_time_ordered(uuid) is 'Whether an id is of version 7, and so begins with its time.';

create function private.month_of_id(p_id uuid) returns date
language sql immutable parallel safe
set search_path = ''
as $$
  select date_trunc('month', to_timestamp(
    ('x0000' || translate(substring(p_id::text for 13), '-', ''))::bit(64)::bigint / 1000.0) at time zone 'UTC')::date
$$;
comment on function private.month_of_id(uuid) is 'The month (UTC) in which a time-ordered id was made.';

create function private.last_month_id() returns uuid
language sql immutable parallel safe
set search_path = ''
as $$ select '02000000-0000-0000-0000-000000000000'::uuid $$;
comment on function private.last_month_id() is
  'Months have the ids below it, which lasts until September 2039; the heap from before has those above, where '
  'nearly all random ids are.';

revoke all on function
  private.first_id_at(timestamptz), private.time_ordered_id(timestamptz), private.is_time_ordered(uuid),
  private.month_of_id(uuid), private.last_month_id()
from public;
alter table public.live_sessions alter column id set default private.time_ordered_id();
