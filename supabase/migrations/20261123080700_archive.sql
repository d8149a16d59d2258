-- What remains of a session: its frozen summary, and a workout in each participant's history.

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

create or replace function private.follow_workouts() returns trigger
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

create function private.paused_ms(p_session_id uuid, p_until timestamptz) returns bigint
language sql stable
set search_path = ''
as $$
  -- A pause runs from its event to the next one that ends it, or to the end.
  select coalesce(sum(private.epoch_ms(coalesce(e.resumed_at, p_until)) - private.epoch_ms(e.created_at)), 0)::bigint
  from (
    select n.type, n.created_at, lead(n.created_at) over (order by n.seq) as resumed_at
    from public.live_session_events n
    where n.session_id = p_session_id and n.type in ('session_paused', 'session_resumed')
  ) e
  where e.type = 'session_paused'
$$;
comment on function private.paused_ms(uuid, timestamptz) is
  'How long a session was paused up to a moment, in ms, by its log.';

create or replace function private.session_totals(p_session_id uuid, p_at timestamptz) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'participantCount', count(p.id),
    'totalSets', coalesce(sum(p.sets_completed), 0),
    'totalVolumeKg', trim_scale(coalesce(sum(p.total_volume_kg), 0)),
    'durationMs', coalesce(private.epoch_ms(p_at) - private.epoch_ms(s.started_at), 0),
    'activeMs', coalesce(
      private.epoch_ms(p_at) - private.epoch_ms(s.started_at) - private.paused_ms(s.id, p_at), 0)
  )
  from public.live_sessions s
  left join public.live_session_participants p on p.session_id = s.id
  where s.id = p_session_id
  group by s.id
$$;
comment on function private.session_totals(uuid, timestamptz) is
  'A session in numbers, up to a moment: everyone who took part counts, sets, volume in kg, duration in '
  'ms since its start, and without pauses. Names nobody.';

comment on column public.live_sessions.summary is
  'Frozen at the end: {participantCount, totalSets, totalVolumeKg, durationMs, activeMs}. It names nobody, '
  'for friends of the host may read the row.';

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
  private.archive_workouts(uuid), private.archive_session(), private.paused_ms(uuid, timestamptz),
  private.participant_summary(uuid, uuid), public.get_participant_summary(uuid, uuid)
from public, anon, authenticated;
grant execute on function
  private.paused_ms(uuid, timestamptz), private.participant_summary(uuid, uuid),
  public.get_participant_summary(uuid, uuid)
to authenticated;
