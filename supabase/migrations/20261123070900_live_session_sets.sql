-- The sets that people do: logged straight into the table, checked and counted here.

create type public.live_session_set_type as enum ('warmup', 'working');
comment on type public.live_session_set_type is
  'Warm-up sets count for volume, working sets for records as well.';

create table public.live_session_sets (
  id uuid primary key default gen_random_uuid(),
  session_id uuid not null,
  user_id uuid not null default auth.uid(),
  exercise_id text not null check (char_length(exercise_id) between 1 and 100),
  exercise_name text not null check (char_length(exercise_name) between 1 and 100),
  set_type public.live_session_set_type not null default 'working',
  weight_kg numeric(7, 3) not null check (weight_kg between 0 and 2000),
  reps integer not null check (reps between 1 and 1000),
  timestamp_ms bigint not null,
  e1rm_kg numeric(9, 3),
  is_pr boolean not null default false,
  intensity_score numeric check (intensity_score between 0 and 1000),
  created_at timestamptz not null default clock_timestamp(),
  constraint live_session_sets_participant_fkey foreign key (session_id, user_id)
    references public.live_session_participants (session_id, user_id) on delete cascade
);
comment on table public.live_session_sets is
  'One set of one exercise. Its owner logs, amends and removes it while the session is active.';
comment on column public.live_session_sets.intensity_score is 'The client''s own measure; not interpreted.';
comment on column public.live_session_sets.set_type is 'Only working sets can be records.';
comment on column public.live_session_sets.id is
  'May come from the client: logging the same id again changes nothing.';
comment on column public.live_session_sets.timestamp_ms is 'When it was done, epoch milliseconds.';
comment on column public.live_session_sets.e1rm_kg is 'Written by the database (Epley).';
comment on column public.live_session_sets.is_pr is
  'Written by the database: a working set strictly above the best there was before it, if any.';
create index live_session_sets_exercise_idx
  on public.live_session_sets (session_id, user_id, exercise_id, timestamp_ms);
comment on index public.live_session_sets_exercise_idx is
  'Serves the best set of an exercise so far in a session, and the foreign key.';
create index live_session_sets_session_idx on public.live_session_sets (session_id, timestamp_ms);
comment on index public.live_session_sets_session_idx is
  'Serves a session''s sets in the order they were done.';
create index live_session_sets_user_idx on public.live_session_sets (user_id, timestamp_ms desc);
comment on index public.live_session_sets_user_idx is 'Serves one''s own sets, over all sessions.';

create table private.removed_live_session_sets (
  id uuid primary key,
  session_id uuid not null references public.live_sessions (id) on delete cascade,
  user_id uuid not null
);
comment on table private.removed_live_session_sets is
  'Ids of sets that their owner removed: a late retry of logging one must not bring it back.';
create index removed_live_session_sets_session_idx on private.removed_live_session_sets (session_id);
comment on index private.removed_live_session_sets_session_idx is 'Serves the foreign key.';
revoke all on private.removed_live_session_sets from public, anon, authenticated;

create function private.check_set(p_set public.live_session_sets, p_session public.live_sessions)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if p_session.status = 'pending' then
    perform private.refuse('session_not_started', 'Sets can be logged once the session has started.');
  end if;
  perform private.require(char_length(p_set.exercise_id) between 1 and 100,
    'exercise_id has 1 to 100 characters.');
  perform private.require(char_length(p_set.exercise_name) between 1 and 100,
    'exercise_name has 1 to 100 characters.');
  perform private.require(p_set.weight_kg between 0 and 2000, 'weight_kg lies between 0 and 2000.');
  perform private.require(p_set.reps between 1 and 1000, 'reps lies between 1 and 1000.');
  perform private.require(p_set.intensity_score is null or p_set.intensity_score between 0 and 1000,
    'intensity_score lies between 0 and 1000.');
  perform private.require(
    p_set.timestamp_ms >= private.epoch_ms(p_session.started_at - interval '5 minutes'),
    'timestamp_ms lies before the start of the session.');
  perform private.require(
    p_set.timestamp_ms <= private.epoch_ms(clock_timestamp() + interval '5 minutes'),
    'timestamp_ms lies in the future.');
end
$$;
comment on function private.check_set(public.live_session_sets, public.live_sessions) is
  'Refuses a set that its session cannot take, each reason with its own words.';

create function private.set_owner(p_set_id uuid) returns uuid
language sql stable
set search_path = ''
as $$
  select s.user_id from public.live_session_sets s where s.id = p_set_id
  union all
  select r.user_id from private.removed_live_session_sets r where r.id = p_set_id
  limit 1
$$;
comment on function private.set_owner(uuid) is
  'Who logged the set with this id, be it there still or removed since; NULL if nobody has.';

create function private.before_set_insert() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := (select auth.uid());
  v_owner uuid;
begin
  if v_caller is not null and new.user_id is distinct from v_caller then
    perform private.refuse('permission_denied', 'You can log your own sets only.');
  end if;
  -- A retry: the answer to the first attempt got lost. Looked for before anything else, for it must
  -- succeed even when the session has ended meanwhile.
  v_owner := private.set_owner(new.id);
  if v_owner = new.user_id then
    return null;
  end if;
  perform private.require(v_owner is null, 'This id belongs to another set.');
  perform private.check_set(new, private.require_presence(new.session_id, new.user_id));
  -- A twin of this request may have committed while this one waited for the session.
  if private.set_owner(new.id) = new.user_id then
    return null;
  end if;
  -- Here, not after the statement: of a great many rows the first too many ends it.
  perform private.limit_rate(new.user_id, 'set', new.session_id, 60, interval '1 minute');
  new.created_at := clock_timestamp();
  new.e1rm_kg := private.epley_e1rm(new.weight_kg, new.reps);
  new.is_pr := private.is_personal_record(new);
  return new;
end
$$;
comment on function private.before_set_insert() is
  'Checks a set and fills in what the server knows; an id that one already logged is passed over. '
  'Definer: it locks the session and reads bests.';

create function private.before_set_update() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := (select auth.uid());
begin
  if (new.id, new.session_id, new.user_id, new.created_at)
    is distinct from (old.id, old.session_id, old.user_id, old.created_at)
  then
    perform private.refuse('permission_denied', 'A set stays in its session and with its owner.');
  end if;
  if v_caller is not null and new.user_id is distinct from v_caller then
    perform private.refuse('permission_denied', 'You can amend your own sets only.');
  end if;
  perform private.check_set(new, private.require_presence(new.session_id, new.user_id));
  -- Not for flags that are being refreshed because another set changed.
  if pg_catalog.pg_trigger_depth() = 1 then
    perform private.limit_rate(new.user_id, 'set_change', new.session_id, 300, interval '1 minute');
  end if;
  new.e1rm_kg := private.epley_e1rm(new.weight_kg, new.reps);
  new.is_pr := private.is_personal_record(new);
  return new;
end
$$;
comment on function private.before_set_update() is
  'Checks an amended set and fills in again what the server knows. Definer: it locks the session and '
  'reads bests.';

create function private.before_set_delete() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  -- The session or the participation itself is being deleted, and takes its sets along.
  if not exists (
    select from public.live_session_participants p
    where p.session_id = old.session_id and p.user_id = old.user_id
  ) then
    return old;
  end if;
  perform private.require_presence(old.session_id, old.user_id);
  perform private.limit_rate(old.user_id, 'set_change', old.session_id, 300, interval '1 minute');
  return old;
end
$$;
comment on function private.before_set_delete() is
  'A set is removed only by someone who is in the session while it is open. Definer: it locks the '
  'session.';

create trigger live_session_sets_05_lock before insert or update or delete on public.live_session_sets
  for each statement execute function private.lock_current_session();
create trigger live_session_sets_10_insert before insert on public.live_session_sets
  for each row execute function private.before_set_insert();
create trigger live_session_sets_10_update before update on public.live_session_sets
  for each row execute function private.before_set_update();
create trigger live_session_sets_10_delete before delete on public.live_session_sets
  for each row execute function private.before_set_delete();

alter table public.live_session_sets enable row level security;

create policy live_session_sets_select on public.live_session_sets for select to authenticated
using (
  live_session_sets.user_id = (select auth.uid())
  or live_session_sets.session_id = any (array(select private.joined_session_ids()))
);
comment on policy live_session_sets_select on public.live_session_sets is
  'Inside: the people who are or were in it. One''s own sets stay one''s own whatever happens.';
create policy live_session_sets_insert on public.live_session_sets for insert to authenticated
with check (
  live_session_sets.user_id = (select auth.uid())
  and live_session_sets.session_id = any (array(select private.current_session_ids()))
);
comment on policy live_session_sets_insert on public.live_session_sets is
  'One''s own, in the session one is in; that it is active is the trigger''s to say, with its own '
  'code.';
create policy live_session_sets_update on public.live_session_sets for update to authenticated
using (live_session_sets.user_id = (select auth.uid()))
with check (
  live_session_sets.user_id = (select auth.uid())
  and live_session_sets.session_id = any (array(select private.current_session_ids()))
);
comment on policy live_session_sets_update on public.live_session_sets is
  'One''s own, in the session one is in; that it is active is the trigger''s to say.';
create policy live_session_sets_delete on public.live_session_sets for delete to authenticated
using (live_session_sets.user_id = (select auth.uid()));
comment on policy live_session_sets_delete on public.live_session_sets is
  'One''s own; that one is in the session and that it is active is the trigger''s to say.';

revoke all on public.live_session_sets from public, anon, authenticated;
grant select, delete on public.live_session_sets to authenticated;
-- e1rm_kg and is_pr may be sent, for older frontends do, and are overwritten; they are never stored.
grant insert (id, session_id, user_id, exercise_id, exercise_name, set_type, weight_kg, reps,
  timestamp_ms, intensity_score, e1rm_kg, is_pr) on public.live_session_sets to authenticated;
grant update (exercise_id, exercise_name, set_type, weight_kg, reps, timestamp_ms, intensity_score)
  on public.live_session_sets to authenticated;
grant select on public.live_session_sets to service_role;

revoke all on function
  private.set_owner(uuid),
  private.check_set(public.live_session_sets, public.live_sessions),
  private.before_set_insert(), private.before_set_update(), private.before_set_delete()
from public;
