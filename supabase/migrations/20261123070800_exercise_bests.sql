-- What each person has lifted best, per exercise and training: the measure of a personal record,
-- in one index look-up however long the history is.

create function private.epley_e1rm(p_weight_kg numeric, p_reps integer) returns numeric
language sql immutable parallel safe
set search_path = ''
as $$
  select round(case when p_reps = 1 then p_weight_kg else p_weight_kg * (1 + p_reps / 30.0) end, 3)
$$;
comment on function private.epley_e1rm(numeric, integer) is
  'Estimated one-repetition maximum in kg, to a gram. Epley (1985), Poundage Chart: w·(1 + reps/30), '
  'and the weight itself at one repetition.';

create table private.exercise_bests (
  user_id uuid not null references public.users (id) on delete cascade,
  exercise_id text not null,
  source_kind text not null check (source_kind in ('workout', 'session')),
  source_id uuid not null,
  e1rm_kg numeric not null,
  achieved_at_ms bigint not null,
  primary key (source_id, source_kind, user_id, exercise_id, achieved_at_ms)
);
comment on table private.exercise_bests is
  'For each training and exercise the sets that were the best of it so far: so that the best before any '
  'moment is one look-up, also where trainings overlap. Derived: from workouts and from the working sets of '
  'live sessions.';
comment on column private.exercise_bests.source_id is
  'The workout or the live session. People choose the ids of their workouts, so it says nothing without '
  'user_id and source_kind.';
comment on column private.exercise_bests.achieved_at_ms is 'When the set was done, epoch milliseconds.';
create index exercise_bests_best_idx
  on private.exercise_bests (user_id, exercise_id, e1rm_kg desc) include (source_kind, source_id, achieved_at_ms);
comment on index private.exercise_bests_best_idx is
  'Serves the one question asked of this table: the best of all other trainings.';

create function private.derive_workout_bests(p_workout public.workouts) returns void
language sql
set search_path = ''
as $$
  delete from private.exercise_bests b
  where b.source_kind = 'workout' and b.source_id = p_workout.id and b.user_id = p_workout.user_id;
  insert into private.exercise_bests
    (user_id, exercise_id, source_kind, source_id, e1rm_kg, achieved_at_ms)
  select distinct on (r.exercise_id, r.at_ms)
    p_workout.user_id, r.exercise_id, 'workout', p_workout.id, r.e1rm_kg, r.at_ms
  from (
    select s.exercise_id, s.at_ms, s.e1rm_kg, max(s.e1rm_kg) over (
      partition by s.exercise_id order by s.at_ms, s.ordinality
      rows between unbounded preceding and 1 preceding
    ) as best_before
    from (
      select
        e.ordinality,
        e.value ->> 'exerciseId' as exercise_id,
        private.epley_e1rm((e.value ->> 'weightKg')::numeric, (e.value ->> 'reps')::numeric::integer)
          as e1rm_kg,
        coalesce(
          case when jsonb_typeof(e.value -> 'timestampMs') = 'number'
            and (e.value ->> 'timestampMs')::numeric between 0 and 9007199254740991
            then (e.value ->> 'timestampMs')::numeric::bigint end,
          p_workout.started_at
        ) as at_ms
      from jsonb_array_elements(p_workout.sets) with ordinality e
      -- The column belongs to the host application: a malformed element there must not stop it.
      where case
        when jsonb_typeof(e.value) = 'object'
          and jsonb_typeof(e.value -> 'exerciseId') = 'string'
          and jsonb_typeof(e.value -> 'weightKg') = 'number'
          and jsonb_typeof(e.value -> 'reps') = 'number'
          and char_length(e.value ->> 'exerciseId') between 1 and 100
        then (e.value ->> 'weightKg')::numeric between 0 and 2000
          and (e.value ->> 'reps')::numeric between 1 and 1000
      end
    ) s
  ) r
  where r.best_before is null or r.e1rm_kg > r.best_before
  order by r.exercise_id, r.at_ms, r.e1rm_kg desc
$$;
comment on function private.derive_workout_bests(public.workouts) is
  'Derives again what one finished workout contributes to its owner''s bests.';

create table private.archived_workouts (
  session_id uuid not null references public.live_sessions (id) on delete cascade,
  user_id uuid not null,
  workout_id uuid not null constraint archived_workouts_workout_key unique,
  primary key (session_id, user_id)
);
comment on table private.archived_workouts is
  'Which row of workouts came from which session: it is written once, and its sets are not measured '
  'twice as bests.';
create index archived_workouts_user_id_idx on private.archived_workouts (user_id);
comment on index private.archived_workouts_user_id_idx is
  'Serves what becomes of someone''s rows when their account goes.';
revoke all on private.archived_workouts from public, anon, authenticated;

create function private.follow_workouts() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if tg_op <> 'INSERT' then
    delete from private.exercise_bests b
    where b.source_kind = 'workout' and b.source_id = old.id and b.user_id = old.user_id;
  end if;
  -- A session's own sets count as its bests already.
  if tg_op <> 'DELETE'
    and not exists (
      select from private.archived_workouts a where a.workout_id = new.id and a.user_id = new.user_id
    )
  then
    perform private.derive_workout_bests(new);
  end if;
  return null;
end
$$;
comment on function private.follow_workouts() is
  'Keeps bests in step with the workouts table. Definer: bests are not the client''s to write.';

create trigger workouts_50_bests after insert or update or delete on public.workouts
  for each row execute function private.follow_workouts();

-- Histories that were there before this table.
select private.derive_workout_bests(w) from public.workouts w;

revoke all on private.exercise_bests from public, anon, authenticated;
revoke all on function
  private.epley_e1rm(numeric, integer), private.derive_workout_bests(public.workouts),
  private.follow_workouts()
from public;
