-- What remains of a session: its frozen summary, and a workout in each participant's history.

create function private.archive_workouts(p_session_id uuid) returns void
language plpgsql security definer
set search_path = ''
as $$
declare
  v_participant record;
  v_workout_id uuid;
begin
  for v_participant in
    select p.user_id, p.left_at, s.name, s.started_at, s.ended_at
    from public.live_session_participants p
    join public.live_sessions s on s.id = p.session_id
    -- Not for an account that is gone.
    join public.users u on u.id = p.user_id
    where p.session_id = p_session_id and p.sets_completed > 0
    order by p.user_id
    -- An account that is going at this moment is waited for, and then is gone.
    for key share of u
  loop
    insert into private.archived_workouts (session_id, user_id, workout_id)
    values (p_session_id, v_participant.user_id, gen_random_uuid())
    on conflict do nothing
    returning workout_id into v_workout_id;
    continue when not found;
    insert into public.workouts (id, user_id, started_at, ended_at, sets, routine_name)
    select
      v_workout_id, v_participant.user_id,
      least(private.epoch_ms(v_participant.started_at), min(t.timestamp_ms)),
      greatest(private.epoch_ms(coalesce(v_participant.left_at, v_participant.ended_at)),
        max(t.timestamp_ms)),
      jsonb_agg(jsonb_build_object('id', t.id, 'exerciseId', t.exercise_id,
        'weightKg', trim_scale(t.weight_kg), 'reps', t.reps, 'timestampMs', t.timestamp_ms)
        order by t.timestamp_ms, t.id),
      v_participant.name
    from public.live_session_sets t
    where t.session_id = p_session_id and t.user_id = v_participant.user_id;
  end loop;
end
$$;
comment on function private.archive_workouts(uuid) is
  'Writes a row of workouts for each participant who logged a set, once. Definer: it writes other '
  'people''s history.';

create function private.archive_session() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  perform private.archive_workouts(new.id);
  return null;
end
$$;
comment on function private.archive_session() is
  'Archives a session when it ends, on whatever path. Definer: see archive_workouts().';

create trigger live_sessions_70_archive after update of status on public.live_sessions
  for each row when (old.status <> 'ended' and new.status = 'ended')
  execute function private.archive_session();

create function private.participant_summary(p_session_id uuid, p_user_id uuid) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'participant', private.participant_json(p),
    'setsCompleted', p.sets_completed,
    'totalVolumeKg', trim_scale(p.total_volume_kg),
    'prCount', p.pr_count,
    'exercisesCompleted', (
      select count(distinct t.exercise_id) from public.live_session_sets t
      where t.session_id = p.session_id and t.user_id = p.user_id
    )
  )
  from public.live_session_participants p
  where p.session_id = p_session_id and p.user_id = p_user_id
$$;
comment on function private.participant_summary(uuid, uuid) is
  'One participant''s recap: {participant, setsCompleted, totalVolumeKg, prCount, exercisesCompleted}.';

create function public.get_participant_summary(session_id_param uuid, user_id_param uuid) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_summary jsonb;
begin
  perform private.require_insight(session_id_param);
  v_summary := private.participant_summary(session_id_param, user_id_param);
  if v_summary is null then
    perform private.refuse('user_not_found', 'This person is not in the session.');
  end if;
  return v_summary;
end
$$;
comment on function public.get_participant_summary(uuid, uuid) is
  'One participant''s recap, for who is or was in the session.';

revoke all on function
  private.archive_workouts(uuid), private.archive_session(), 
  private.participant_summary(uuid, uuid), public.get_participant_summary(uuid, uuid)
from public, anon, authenticated;
grant execute on function
  private.participant_summary(uuid, uuid),
  public.get_participant_summary(uuid, uuid)
to authenticated;
