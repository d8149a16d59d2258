-- A number without a limit of digits goes out to everybody with each set.

alter table public.live_session_sets alter column intensity_score type numeric(7, 3);

create or replace function private.set_event_data(p_set public.live_session_sets) returns jsonb
language plpgsql immutable
set search_path = ''
as $$
begin
  return jsonb_strip_nulls(jsonb_build_object(
    'setId', p_set.id,
    'exerciseId', p_set.exercise_id,
    'exerciseName', p_set.exercise_name,
    'setType', p_set.set_type,
    'weightKg', trim_scale(p_set.weight_kg),
    'reps', p_set.reps,
    'e1rmKg', trim_scale(p_set.e1rm_kg),
    'isPR', p_set.is_pr,
    'intensityScore', trim_scale(p_set.intensity_score)
  ));
end
$$;
