-- Everything derived can be derived again from the facts: after a repair by hand, and for tests that hold
-- the two against each other.

create function private.derive_participant(p_session_id uuid, p_user_id uuid)
returns table (sets_completed integer, total_volume_kg numeric, pr_count integer)
language sql stable
set search_path = ''
as $$
  select count(*)::integer, coalesce(sum(s.weight_kg * s.reps), 0),
    -- As it was judged when it was logged or last changed, by what was known of the history then.
    (count(*) filter (where s.is_pr))::integer
  from public.live_session_sets s
  where s.session_id = p_session_id and s.user_id = p_user_id
$$;
comment on function private.derive_participant(uuid, uuid) is
  'A participant''s numbers, from their sets alone.';

create function private.recompute_participant(p_session_id uuid, p_user_id uuid) returns void
language sql
set search_path = ''
as $$
  update public.live_session_participants p
  set sets_completed = d.sets_completed, total_volume_kg = d.total_volume_kg, pr_count = d.pr_count
  from private.derive_participant(p_session_id, p_user_id) d
  where p.session_id = p_session_id and p.user_id = p_user_id
    and (p.sets_completed, p.total_volume_kg, p.pr_count)
      is distinct from (d.sets_completed, d.total_volume_kg, d.pr_count)
$$;
comment on function private.recompute_participant(uuid, uuid) is
  'Puts a participant''s counters right, from their sets.';

create function private.recompute_session(p_session_id uuid) returns void
language plpgsql
set search_path = ''
as $$
begin
  perform from public.live_sessions s where s.id = p_session_id for no key update;
  perform private.recompute_participant(p.session_id, p.user_id)
  from public.live_session_participants p
  where p.session_id = p_session_id;
  update public.live_sessions s
  set total_sets_completed = d.sets, participant_count = d.participants,
    summary = case when s.status = 'ended'
      then s.summary || (private.session_totals(s.id, s.ended_at) - array['durationMs', 'activeMs']) end
  from (
    select
      (select count(*) from public.live_session_sets t where t.session_id = p_session_id) as sets,
      (select count(*) from public.live_session_participants p
        join public.live_sessions n on n.id = p.session_id
        where p.session_id = p_session_id and (p.left_at is null or p.left_at = n.ended_at)) as participants
  ) d
  where s.id = p_session_id;
end
$$;
comment on function private.recompute_session(uuid) is
  'Puts the counters of a session and of everyone in it right, and the totals of its summary.';

create function private.recompute_bests(p_user_id uuid) returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from private.exercise_bests b where b.user_id = p_user_id;
  perform private.derive_workout_bests(w)
  from public.workouts w
  where w.user_id = p_user_id
    and not exists (select from private.archived_workouts a where a.workout_id = w.id);
  perform private.derive_session_best(s.session_id, s.user_id, s.exercise_id)
  from (
    select distinct t.session_id, t.user_id, t.exercise_id
    from public.live_session_sets t
    where t.user_id = p_user_id
  ) s;
end
$$;
comment on function private.recompute_bests(uuid) is
  'Derives a person''s bests again, from their workouts and sets.';

revoke all on function
  private.derive_participant(uuid, uuid), private.recompute_participant(uuid, uuid),
  private.recompute_session(uuid), private.recompute_bests(uuid)
from public;
