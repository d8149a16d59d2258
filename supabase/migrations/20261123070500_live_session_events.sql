-- The event log: everything that others should see, numbered without gaps in commit order.

create type public.live_session_event_type as enum (
  'session_created', 'session_started', 'session_ended', 'user_joined', 'user_left',
  'set_completed', 'exercise_changed', 'reaction', 'status_update', 'ready_status_changed', 'message',
  'set_updated', 'set_removed', 'session_updated', 'session_paused', 'session_resumed',
  'host_changed', 'leader_changed', 'plan_changed', 'ready_check', 'rest_started', 'rest_ended',
  'pr_revoked'
);
comment on type public.live_session_event_type is
  'What can happen in a session. Clients pass over a type that they do not know.';

create table public.live_session_events (
  id uuid primary key default gen_random_uuid(),
  session_id uuid not null references public.live_sessions (id) on delete cascade,
  user_id uuid not null,
  type public.live_session_event_type not null,
  event_data jsonb not null,
  created_at timestamptz not null,
  seq bigint not null check (seq > 0),
  constraint live_session_events_seq_key unique (session_id, seq),
  constraint live_session_events_data_fits_type
    check (event_data ->> 'type' = type::text and jsonb_typeof(event_data -> 'data') = 'object')
);
comment on table public.live_session_events is
  'The log of a session. Only the database writes it; feed, catch-up and broadcast read it.';
comment on column public.live_session_events.user_id is 'Whose doing it was.';
comment on column public.live_session_events.event_data is
  '{type, data}: the same type as the column, and what belongs to it in camelCase.';
comment on column public.live_session_events.seq is
  'From 1 without gaps, in the order of commit: a client that misses a number knows it.';

create function private.number_event() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  update public.live_sessions s set last_event_seq = s.last_event_seq + 1
  where s.id = new.session_id
  returning s.last_event_seq into new.seq;
  -- Taken under the session's lock, so that times never run against the numbers.
  new.created_at := clock_timestamp();
  return new;
end
$$;
comment on function private.number_event() is
  'Gives every event the next number of its session, whatever path it comes by. The lock on the '
  'session''s row is held until commit, which makes numbers gap-free and in commit order. Definer: '
  'nobody may update sessions directly.';

create trigger live_session_events_10_number before insert on public.live_session_events
  for each row execute function private.number_event();

create function private.append_event(
  p_session_id uuid, p_user_id uuid, p_type public.live_session_event_type, p_data jsonb default '{}'
) returns void
language sql
set search_path = ''
as $$
  insert into public.live_session_events (session_id, user_id, type, event_data)
  values (p_session_id, p_user_id, p_type,
    jsonb_build_object('type', p_type, 'data', jsonb_strip_nulls(p_data)))
$$;
comment on function private.append_event(uuid, uuid, public.live_session_event_type, jsonb) is
  'Appends one event to a session''s log; members of the data that are null are left out.';

alter table public.live_session_events enable row level security;
revoke all on public.live_session_events from public, anon, authenticated;
-- Read only, for everyone: an event that a client could write would be a lie to all others.
grant select on public.live_session_events to authenticated, service_role;

revoke all on function
  private.number_event(),
  private.append_event(uuid, uuid, public.live_session_event_type, jsonb)
from public;
