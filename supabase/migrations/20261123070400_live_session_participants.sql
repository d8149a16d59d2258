-- Who is or was in a session, with their numbers; and who was sent away for good.

create type public.live_session_participant_status as enum ('idle', 'resting', 'working_out', 'finished');
comment on type public.live_session_participant_status is 'What somebody is doing at the moment.';

create table public.live_session_participants (
  id uuid primary key default gen_random_uuid(),
  session_id uuid not null references public.live_sessions (id) on delete cascade,
  user_id uuid not null,
  display_name text not null check (char_length(display_name) between 1 and 50),
  avatar_url text,
  status public.live_session_participant_status not null default 'idle',
  joined_at timestamptz not null default clock_timestamp(),
  last_active_at timestamptz not null default clock_timestamp(),
  current_exercise_id text check (char_length(current_exercise_id) between 1 and 100),
  sets_completed integer not null default 0 check (sets_completed >= 0),
  is_leader boolean not null default false,
  ready_for_next boolean not null default false,
  total_volume_kg numeric not null default 0 check (total_volume_kg >= 0),
  pr_count integer not null default 0 check (pr_count >= 0),
  left_at timestamptz,
  constraint live_session_participants_person_key unique (session_id, user_id)
);
comment on table public.live_session_participants is
  'Everyone who is or was in a session. Leaving sets left_at and keeps the row with its numbers.';
comment on column public.live_session_participants.left_at is
  'When they left, or the session ended; null while they are in it.';
comment on column public.live_session_participants.ready_for_next is
  'In guided mode: ready for the next exercise. Every step of the leader resets it.';
comment on column public.live_session_participants.pr_count is
  'Their personal records in this session; kept by the database.';
comment on column public.live_session_participants.total_volume_kg is
  'Sum of weight × repetitions over all their sets; kept by the database.';
comment on column public.live_session_participants.sets_completed is 'Kept by the database.';
comment on column public.live_session_participants.last_active_at is
  'Their latest set or status. Silent for too long, they count as having left.';
comment on column public.live_session_participants.avatar_url is 'As it was when they joined.';
comment on column public.live_session_participants.display_name is 'As it was when they joined.';
comment on column public.live_session_participants.user_id is
  'Not a foreign key on purpose: what happened in a session outlives an account.';
comment on column public.live_session_participants.joined_at is
  'When the present stay began; who has stayed longest inherits the host''s role.';
create unique index live_session_participants_one_open_session
  on public.live_session_participants (user_id) where left_at is null;
comment on index public.live_session_participants_one_open_session is
  'Rule: a person is in at most one session that has not ended (ending sets left_at for all).';
create unique index live_session_participants_one_leader
  on public.live_session_participants (session_id) where is_leader;
comment on index public.live_session_participants_one_leader is 'Rule: a session has at most one leader.';
create index live_session_participants_user_id_idx on public.live_session_participants (user_id);
comment on index public.live_session_participants_user_id_idx is
  'Serves the list of sessions a person was ever in.';

create table private.live_session_removals (
  session_id uuid not null references public.live_sessions (id) on delete cascade,
  user_id uuid not null,
  removed_by uuid not null,
  removed_at timestamptz not null default clock_timestamp(),
  primary key (session_id, user_id)
);
comment on table private.live_session_removals is
  'People whom the host removed: they cannot come back and no longer see the session.';
create index live_session_removals_user_id_idx on private.live_session_removals (user_id);
comment on index private.live_session_removals_user_id_idx is
  'Serves the list of sessions that a person may no longer see.';

create function private.count_participants() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_change integer := (new.left_at is null)::integer
    - case when tg_op = 'UPDATE' then (old.left_at is null)::integer else 0 end;
begin
  if v_change <> 0 then
    -- When a session ends everyone's stay is closed at once and the count stays as it was.
    update public.live_sessions s set participant_count = s.participant_count + v_change
    where s.id = new.session_id and s.status <> 'ended';
  end if;
  return null;
end
$$;
comment on function private.count_participants() is
  'Keeps live_sessions.participant_count. Definer: nobody may update sessions directly, and row '
  'level security would turn the update into one of no rows without a word.';

create trigger live_session_participants_50_count
  after insert or update of left_at on public.live_session_participants
  for each row execute function private.count_participants();

alter table public.live_session_participants enable row level security;
revoke all on public.live_session_participants from public, anon, authenticated;
grant select on public.live_session_participants to authenticated, service_role;
-- What people report about themselves. Joining, leaving and everything counted is not theirs to write.
grant update (status, current_exercise_id) on public.live_session_participants to authenticated;

revoke all on private.live_session_removals from public, anon, authenticated;
revoke all on function private.count_participants() from public;
