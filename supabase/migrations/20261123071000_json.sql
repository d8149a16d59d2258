-- Rows as the application's own types: camelCase, times in epoch milliseconds, nothing that is null.
-- Answers, events and broadcasts all come from here, so that they cannot differ.

create function private.session_json(p_session public.live_sessions) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'id', p_session.id,
    'hostId', p_session.host_id,
    'mode', p_session.mode,
    'status', p_session.status,
    'name', p_session.name,
    'theme', p_session.theme,
    'visibility', p_session.visibility,
    'maxParticipants', p_session.max_participants,
    'participantCount', p_session.participant_count,
    'totalSetsCompleted', p_session.total_sets_completed,
    'createdAt', private.epoch_ms(p_session.created_at),
    'startedAt', private.epoch_ms(p_session.started_at),
    'endedAt', private.epoch_ms(p_session.ended_at),
    'currentExerciseId', p_session.current_exercise_id,
    'plannedExercises', p_session.planned_exercises,
    'version', p_session.version,
    'lastEventSeq', p_session.last_event_seq,
    'pausedAt', private.epoch_ms(p_session.paused_at),
    'restEndsAt', private.epoch_ms(p_session.rest_ends_at)
  ))
$$;
comment on function private.session_json(public.live_sessions) is 'A session as the type LiveSession.';

create function private.participant_json(p_participant public.live_session_participants) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'userId', p_participant.user_id,
    'displayName', p_participant.display_name,
    'avatarUrl', p_participant.avatar_url,
    'status', p_participant.status,
    'joinedAt', private.epoch_ms(p_participant.joined_at),
    'leftAt', private.epoch_ms(p_participant.left_at),
    'lastActiveAt', private.epoch_ms(p_participant.last_active_at),
    'currentExerciseId', p_participant.current_exercise_id,
    'setsCompleted', p_participant.sets_completed,
    'totalVolumeKg', trim_scale(p_participant.total_volume_kg),
    'prCount', p_participant.pr_count,
    'isLeader', p_participant.is_leader,
    'readyForNext', p_participant.ready_for_next
  ))
$$;
comment on function private.participant_json(public.live_session_participants) is
  'A participant as the type LiveSessionParticipant.';

create function private.event_json(p_event public.live_session_events) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', p_event.id,
    'seq', p_event.seq,
    'sessionId', p_event.session_id,
    'userId', p_event.user_id,
    'type', p_event.type,
    'timestamp', private.epoch_ms(p_event.created_at),
    'data', p_event.event_data -> 'data'
  )
$$;
comment on function private.event_json(public.live_session_events) is
  'An event as the type LiveSessionEvent: the payload of the broadcast and of catching up.';

revoke all on function
  private.session_json(public.live_sessions),
  private.participant_json(public.live_session_participants),
  private.event_json(public.live_session_events)
from public;
grant execute on function
  private.session_json(public.live_sessions),
  private.participant_json(public.live_session_participants),
  private.event_json(public.live_session_events)
to authenticated, service_role;
