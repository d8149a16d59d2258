-- A live workout session: its settings, its state and its counters.

create type public.live_session_mode as enum ('shared', 'guided');
comment on type public.live_session_mode is
  'shared: everybody does their own workout. guided: one person leads.';
create type public.live_session_status as enum ('pending', 'active', 'ended');
comment on type public.live_session_status is
  'pending to active to ended, or pending to ended; nothing leaves ended.';
create type public.live_session_visibility as enum ('private', 'friends', 'public');
comment on type public.live_session_visibility is
  'Who may find a session: only those invited, friends of the host, or everyone signed in.';

create function private.is_plan(p_plan jsonb) returns boolean
language plpgsql immutable parallel safe
set search_path = ''
as $$
declare
  v_item jsonb;
  v_key text;
  v_number numeric;
begin
  if jsonb_typeof(p_plan) is distinct from 'array' or jsonb_array_length(p_plan) > 100 then
    return false;
  end if;
  for v_item in select value from jsonb_array_elements(p_plan) loop
    if jsonb_typeof(v_item) <> 'object'
      or jsonb_typeof(v_item -> 'exerciseId') is distinct from 'string'
      or char_length(v_item ->> 'exerciseId') not between 1 and 100
      or not v_item ? 'targetSets'
      or v_item - array['exerciseId', 'targetSets', 'targetRepsMin', 'targetRepsMax'] <> '{}'
    then
      return false;
    end if;
    foreach v_key in array array['targetSets', 'targetRepsMin', 'targetRepsMax'] loop
      continue when not v_item ? v_key;
      if jsonb_typeof(v_item -> v_key) <> 'number' then
        return false;
      end if;
      v_number := (v_item ->> v_key)::numeric;
      if v_number <> trunc(v_number)
        or v_number not between 1 and (case v_key when 'targetSets' then 100 else 1000 end)
      then
        return false;
      end if;
    end loop;
    if (v_item ->> 'targetRepsMin')::numeric > (v_item ->> 'targetRepsMax')::numeric then
      return false;
    end if;
  end loop;
  return true;
end
$$;
comment on function private.is_plan(jsonb) is
  'Whether a value is a list of planned exercises '
  '[{exerciseId, targetSets, targetRepsMin?, targetRepsMax?}] of at most 100.';

create table public.live_sessions (
  id uuid primary key default gen_random_uuid(),
  host_id uuid not null,
  mode public.live_session_mode not null,
  status public.live_session_status not null default 'pending',
  name text check (char_length(name) between 1 and 100),
  theme text check (char_length(theme) between 1 and 50),
  created_at timestamptz not null default clock_timestamp(),
  started_at timestamptz,
  ended_at timestamptz,
  current_exercise_id text check (char_length(current_exercise_id) between 1 and 100),
  plan_position integer check (plan_position >= 0),
  planned_exercises jsonb not null default '[]'
    constraint live_sessions_planned_exercises_check check (private.is_plan(planned_exercises)),
  participant_count integer not null default 0,
  total_sets_completed integer not null default 0 check (total_sets_completed >= 0),
  visibility public.live_session_visibility not null default 'friends',
  max_participants integer not null default 10 check (max_participants between 2 and 50),
  version bigint not null default 0 check (version >= 0),
  last_event_seq bigint not null default 0 check (last_event_seq >= 0),
  paused_at timestamptz,
  rest_ends_at timestamptz,
  summary jsonb,
  history_dropped_at timestamptz,
  constraint live_sessions_capacity check (participant_count between 0 and max_participants),
  constraint live_sessions_times_fit_status check (
    case status
      when 'pending' then started_at is null and ended_at is null
      when 'active' then started_at is not null and ended_at is null
      when 'ended' then ended_at is not null
    end
  ),
  constraint live_sessions_summary_when_ended check ((summary is not null) = (status = 'ended')),
  constraint live_sessions_only_active_pauses
    check (status = 'active' or (paused_at is null and rest_ends_at is null))
);
comment on table public.live_sessions is
  'A workout that several people do together, live. Clients read it; only commands change it.';
comment on column public.live_sessions.rest_ends_at is
  'When the group''s rest ends, on the server''s clock; null when there is none.';
comment on column public.live_sessions.paused_at is 'Since when it is paused; null when it is not.';
comment on column public.live_sessions.total_sets_completed is 'Kept by the database.';
comment on column public.live_sessions.planned_exercises is
  '[{exerciseId, targetSets, targetRepsMin?, targetRepsMax?}], in the order of the plan.';
comment on column public.live_sessions.current_exercise_id is 'What the leader has the group do.';
comment on column public.live_sessions.visibility is 'Who may find it, beside those invited.';
comment on column public.live_sessions.max_participants is
  'How many may be in it at once, the host included.';
comment on column public.live_sessions.host_id is
  'Not a foreign key on purpose: a session outlives the account of its host.';
comment on column public.live_sessions.participant_count is
  'People in the session now; once it has ended, those who were in it at the end.';
comment on column public.live_sessions.version is 'Raised by every action of the leader.';
comment on column public.live_sessions.last_event_seq is
  'Number of the latest event. The lock on this row hands the numbers out, so they have no gap.';
comment on column public.live_sessions.plan_position is
  'Where the group stands in planned_exercises, from 0; kept while it does something outside the plan.';
comment on column public.live_sessions.history_dropped_at is
  'When events, reactions and messages of a session that ended long ago were dropped.';
comment on column public.live_sessions.summary is
  'Frozen at the end: {participantCount, totalSets, totalVolumeKg, durationMs, activeMs}. It names nobody, '
  'for friends of the host may read the row.';
create index live_sessions_host_id_idx on public.live_sessions (host_id, created_at desc, id desc);
comment on index public.live_sessions_host_id_idx is
  'Serves browsing the sessions of one''s friends, newest first.';
create index live_sessions_public_idx on public.live_sessions (created_at desc, id desc)
  where visibility = 'public' and status <> 'ended';
comment on index public.live_sessions_public_idx is 'Serves browsing public sessions, newest first.';

create function private.guard_session() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_was public.live_sessions := old;
begin
  if old.status = 'ended' and (select auth.uid()) is null then
    -- The owner of the database may mend derived numbers and drop history; nothing else of what has ended.
    v_was.participant_count := new.participant_count;
    v_was.total_sets_completed := new.total_sets_completed;
    v_was.summary := new.summary;
    v_was.history_dropped_at := new.history_dropped_at;
  end if;
  if old.status = 'ended' and new is distinct from v_was then
    perform private.refuse('session_ended', 'This session has ended; nothing of it changes any more.');
  end if;
  if new.id <> old.id or new.mode <> old.mode or new.last_event_seq < old.last_event_seq then
    perform private.refuse('invalid_request', 'id, mode and event numbers of a session do not change.');
  end if;
  if old.status = 'active' and new.status = 'pending' then
    perform private.refuse('invalid_request', 'A session that has started does not become pending again.');
  end if;
  return new;
end
$$;

comment on function private.guard_session() is
  'The state machine, on every path: pending to active to ended, or pending to ended; nothing leaves '
  'ended.';

create trigger live_sessions_10_guard before update on public.live_sessions
  for each row execute function private.guard_session();

alter table public.live_sessions enable row level security;
revoke all on public.live_sessions from public, anon, authenticated;
-- No insert, update or delete: sessions change through commands, which see to the event and the rules.
grant select on public.live_sessions to authenticated, service_role;

revoke all on function private.is_plan(jsonb), private.guard_session() from public;
