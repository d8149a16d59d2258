-- What follows from sets: e1RM bests, PR flags, counters and events, as if everything had been logged right the
-- first time.

create function private.best_before(p_set public.live_session_sets) returns numeric
language sql stable
set search_path = ''
as $$
  select b.e1rm_kg from private.exercise_bests b
  where b.user_id = p_set.user_id
    and b.exercise_id = p_set.exercise_id
    and not (b.source_kind = 'session' and b.source_id = p_set.session_id)
    and b.achieved_at_ms < p_set.timestamp_ms
  order by b.e1rm_kg desc
  limit 1
$$;
comment on function private.best_before(public.live_session_sets) is
  'The person''s best for the exercise of a set from other trainings before it, in kg, or NULL.';

create function private.is_personal_record(p_set public.live_session_sets) returns boolean
language sql stable
set search_path = ''
as $$
  select p_set.set_type = 'working' and coalesce(p_set.e1rm_kg > greatest(
    (
      select max(s.e1rm_kg) from public.live_session_sets s
      where s.session_id = p_set.session_id
        and s.user_id = p_set.user_id
        and s.exercise_id = p_set.exercise_id
        and s.set_type = 'working'
        -- While a set is being amended its old version is still in the table.
        and s.id <> p_set.id
        and (s.timestamp_ms, s.id) < (p_set.timestamp_ms, p_set.id)
    ),
    private.best_before(p_set)
  ), false)
$$;
comment on function private.is_personal_record(public.live_session_sets) is
  'Whether a working set is strictly above the person''s best for that exercise from sets and trainings '
  'before it. With no best before it there is no record: the first time is none. Sets count in the '
  'order in which they were done.';

create function private.set_event_data(p_set public.live_session_sets) returns jsonb
language sql immutable
set search_path = ''
as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'setId', p_set.id,
    'exerciseId', p_set.exercise_id,
    'exerciseName', p_set.exercise_name,
    'setType', p_set.set_type,
    'weightKg', trim_scale(p_set.weight_kg),
    'reps', p_set.reps,
    'e1rmKg', trim_scale(p_set.e1rm_kg),
    'isPR', p_set.is_pr,
    'intensityScore', p_set.intensity_score
  ))
$$;
comment on function private.set_event_data(public.live_session_sets) is
  'A set as the events set_completed and set_updated carry it.';

create function private.set_reference(p_set public.live_session_sets) returns jsonb
language sql immutable
set search_path = ''
as $$
  select jsonb_build_object('setId', p_set.id, 'exerciseId', p_set.exercise_id,
    'exerciseName', p_set.exercise_name)
$$;
comment on function private.set_reference(public.live_session_sets) is
  'A set as the events set_removed and pr_revoked name it.';

create function private.set_facts(p_set public.live_session_sets) returns jsonb
language sql immutable
set search_path = ''
as $$ select to_jsonb(p_set) - array['e1rm_kg', 'is_pr', 'created_at'] $$;
comment on function private.set_facts(public.live_session_sets) is
  'What a person said of a set, without what the database derived from it.';

create function private.session_bests(p_session_id uuid, p_user_id uuid, p_exercise_id text)
returns table (e1rm_kg numeric, achieved_at_ms bigint)
language sql stable
set search_path = ''
as $$
  select distinct on (r.timestamp_ms) r.e1rm_kg, r.timestamp_ms
  from (
    select s.e1rm_kg, s.timestamp_ms, max(s.e1rm_kg) over (
      order by s.timestamp_ms, s.id rows between unbounded preceding and 1 preceding
    ) as best_before
    from public.live_session_sets s
    where s.session_id = p_session_id and s.user_id = p_user_id and s.exercise_id = p_exercise_id
      and s.set_type = 'working'
  ) r
  where r.best_before is null or r.e1rm_kg > r.best_before
  order by r.timestamp_ms, r.e1rm_kg desc
$$;
comment on function private.session_bests(uuid, uuid, text) is
  'The working sets of a person in a session that were the best of it so far, for one exercise.';

create function private.derive_session_best(p_session_id uuid, p_user_id uuid, p_exercise_id text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- Only what differs: most sets change nothing here.
  delete from private.exercise_bests b
  where b.user_id = p_user_id and b.exercise_id = p_exercise_id
    and b.source_kind = 'session' and b.source_id = p_session_id
    and (b.e1rm_kg, b.achieved_at_ms) not in (
      select d.e1rm_kg, d.achieved_at_ms from private.session_bests(p_session_id, p_user_id, p_exercise_id) d
    );
  insert into private.exercise_bests
    (user_id, exercise_id, source_kind, source_id, e1rm_kg, achieved_at_ms)
  select p_user_id, p_exercise_id, 'session', p_session_id, d.e1rm_kg, d.achieved_at_ms
  from private.session_bests(p_session_id, p_user_id, p_exercise_id) d
  -- An account that is gone keeps its sets in other people's sessions, but needs no bests.
  where exists (select from public.users u where u.id = p_user_id)
  on conflict do nothing;
end
$$;
comment on function private.derive_session_best(uuid, uuid, text) is
  'Derives again what one session contributes to a person''s bests for an exercise.';

create function private.refresh_records(p_session_id uuid, p_user_id uuid, p_exercise_id text, p_from_ms bigint)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.derive_session_best(p_session_id, p_user_id, p_exercise_id);
  -- All flags in one pass; the trigger judges those that differ once more. Touching only them ends the
  -- recursion.
  update public.live_session_sets s set is_pr = f.is_record
  from (
    select t.id, t.set_type = 'working' and coalesce(t.e1rm_kg > greatest(
      max(t.e1rm_kg) filter (where t.set_type = 'working') over (
        order by t.timestamp_ms, t.id rows between unbounded preceding and 1 preceding),
      private.best_before(t)
    ), false) as is_record
    from public.live_session_sets t
    where t.session_id = p_session_id and t.user_id = p_user_id and t.exercise_id = p_exercise_id
  ) f
  where s.id = f.id and s.timestamp_ms >= p_from_ms and s.is_pr is distinct from f.is_record;
end
$$;
comment on function private.refresh_records(uuid, uuid, text, bigint) is
  'After a change at some point of a person''s sets: the best of the session and the PR flags from '
  'there on, as if everything had been logged right the first time.';

create function private.count_sets(
  p_session_id uuid, p_user_id uuid, p_sets bigint, p_volume_kg numeric, p_records bigint
) returns void
language sql
set search_path = ''
as $$
  update public.live_session_participants p
  set sets_completed = p.sets_completed + p_sets,
    total_volume_kg = p.total_volume_kg + p_volume_kg,
    pr_count = p.pr_count + p_records,
    last_active_at = clock_timestamp()
  where p.session_id = p_session_id and p.user_id = p_user_id;
  update public.live_sessions s set total_sets_completed = s.total_sets_completed + p_sets
  where s.id = p_session_id and p_sets <> 0
$$;
comment on function private.count_sets(uuid, uuid, bigint, numeric, bigint) is
  'Adds a change in sets, volume (kg) and records to the counters of a participant and a session.';

create function private.after_sets_insert() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_set public.live_session_sets;
begin
  perform private.count_sets(d.session_id, d.user_id, d.sets, d.volume_kg, d.records)
  from (
    select n.session_id, n.user_id, count(*) as sets, sum(n.weight_kg * n.reps) as volume_kg,
      count(*) filter (where n.is_pr) as records
    from new_sets n
    group by n.session_id, n.user_id
  ) d;
  for v_set in select n.* from new_sets n order by n.timestamp_ms, n.id loop
    perform private.append_event(v_set.session_id, v_set.user_id, 'set_completed',
      private.set_event_data(v_set));
  end loop;
  perform private.refresh_records(d.session_id, d.user_id, d.exercise_id, d.from_ms)
  from (
    select n.session_id, n.user_id, n.exercise_id, min(n.timestamp_ms) as from_ms
    from new_sets n
    group by n.session_id, n.user_id, n.exercise_id
  ) d;
  return null;
end
$$;
comment on function private.after_sets_insert() is
  'Counters, events and records for all sets of one statement. Definer: none of it is the client''s to '
  'write.';

create function private.after_sets_update() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_id uuid;
  v_old public.live_session_sets;
  v_new public.live_session_sets;
  -- What to look at again when every event is written: sets as they are and as they were.
  v_amended public.live_session_sets[] := '{}';
begin
  for v_id in select n.id from new_sets n order by n.timestamp_ms, n.id loop
    select o.* into v_old from old_sets o where o.id = v_id;
    select n.* into v_new from new_sets n where n.id = v_id;
    continue when v_new is not distinct from v_old;
    perform private.count_sets(v_new.session_id, v_new.user_id, 0,
      v_new.weight_kg * v_new.reps - v_old.weight_kg * v_old.reps,
      v_new.is_pr::integer - v_old.is_pr::integer);
    if private.set_facts(v_new) is distinct from private.set_facts(v_old) then
      v_amended := v_amended || v_old || v_new;
      perform private.append_event(v_new.session_id, v_new.user_id, 'set_updated',
        private.set_event_data(v_new));
    elsif v_new.is_pr then
      perform private.append_event(v_new.session_id, v_new.user_id, 'set_updated',
        private.set_event_data(v_new));
    else
      perform private.append_event(v_new.session_id, v_new.user_id, 'pr_revoked',
        private.set_reference(v_new));
    end if;
  end loop;
  perform private.refresh_records(d.session_id, d.user_id, d.exercise_id, d.from_ms)
  from (
    select a.session_id, a.user_id, a.exercise_id, min(a.timestamp_ms) as from_ms
    from unnest(v_amended) a
    group by a.session_id, a.user_id, a.exercise_id
  ) d;
  return null;
end
$$;
comment on function private.after_sets_update() is
  'Counters, events and records for amended sets, and for sets whose PR flag fell or rose because '
  'another set changed. Definer: none of it is the client''s to write.';

create function private.after_sets_delete() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_set public.live_session_sets;
begin
  for v_set in
    select o.* from old_sets o
    -- Not when the session itself went and took its sets along.
    join public.live_session_participants p on p.session_id = o.session_id and p.user_id = o.user_id
    order by o.timestamp_ms, o.id
  loop
    insert into private.removed_live_session_sets (id, session_id, user_id)
    values (v_set.id, v_set.session_id, v_set.user_id);
    perform private.count_sets(v_set.session_id, v_set.user_id, -1, -v_set.weight_kg * v_set.reps,
      -v_set.is_pr::integer);
    perform private.append_event(v_set.session_id, v_set.user_id, 'set_removed',
      private.set_reference(v_set));
  end loop;
  perform private.refresh_records(d.session_id, d.user_id, d.exercise_id, d.from_ms)
  from (
    select o.session_id, o.user_id, o.exercise_id, min(o.timestamp_ms) as from_ms
    from old_sets o
    join public.live_session_participants p on p.session_id = o.session_id and p.user_id = o.user_id
    group by o.session_id, o.user_id, o.exercise_id
  ) d;
  return null;
end
$$;
comment on function private.after_sets_delete() is
  'Counters, events and records after sets were removed. Definer: none of it is the client''s to write.';

create trigger live_session_sets_50_insert after insert on public.live_session_sets
  referencing new table as new_sets
  for each statement execute function private.after_sets_insert();
create trigger live_session_sets_50_update after update on public.live_session_sets
  referencing old table as old_sets new table as new_sets
  for each statement execute function private.after_sets_update();
create trigger live_session_sets_50_delete after delete on public.live_session_sets
  referencing old table as old_sets
  for each statement execute function private.after_sets_delete();

revoke all on function
  private.best_before(public.live_session_sets),
  private.is_personal_record(public.live_session_sets),
  private.set_event_data(public.live_session_sets),
  private.set_reference(public.live_session_sets),
  private.set_facts(public.live_session_sets),
  private.session_bests(uuid, uuid, text),
  private.derive_session_best(uuid, uuid, text),
  private.refresh_records(uuid, uuid, text, bigint),
  private.count_sets(uuid, uuid, bigint, numeric, bigint),
  private.after_sets_insert(), private.after_sets_update(), private.after_sets_delete()
from public;
