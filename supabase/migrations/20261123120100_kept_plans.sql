-- Functions that run for every row, or in every request. One in SQL is planned anew by each statement that calls
-- it; one in PL/pgSQL keeps its plans for as long as the connection lives. What they do stays as it was.

create or replace function private.epoch_ms(p_at timestamptz) returns bigint
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return floor(extract(epoch from p_at) * 1000)::bigint;
end
$$;

create or replace function private.epley_e1rm(p_weight_kg numeric, p_reps integer) returns numeric
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return round(case when p_reps = 1 then p_weight_kg else p_weight_kg * (1 + p_reps / 30.0) end, 3);
end
$$;

create or replace function private.current_session_ids() returns setof uuid
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return query
  select p.session_id
  from public.live_session_participants p
  where p.user_id = (select auth.uid()) and p.left_at is null;
end
$$;

create or replace function private.joined_session_ids() returns setof uuid
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return query
  select p.session_id
  from public.live_session_participants p
  where p.user_id = (select auth.uid())
    and not (select private.is_signed_out())
    and not exists (
      select from private.live_session_removals r
      where r.session_id = p.session_id and r.user_id = p.user_id
    );
end
$$;

create or replace function private.hidden_session_ids() returns setof uuid
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return query
  select r.session_id
  from private.live_session_removals r
  where r.user_id = (select auth.uid())
  union all
  select p.session_id
  from public.live_session_participants p
  where p.left_at is null and p.user_id in (select private.blocked_ids());
end
$$;

create or replace function private.invited_session_ids() returns setof uuid
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return query
  select i.session_id
  from public.live_session_invitations i
  where i.recipient_id = (select auth.uid())
    and i.status = 'pending'
    and i.expires_at > now()
    and i.host_id not in (select private.blocked_ids());
end
$$;

create or replace function private.friend_ids() returns setof uuid
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return query
  (
    select f.friend_id from public.friendships f
    where f.user_id = (select auth.uid()) and f.status = 'friends'
    union
    select f.user_id from public.friendships f
    where f.friend_id = (select auth.uid()) and f.status = 'friends'
  )
  except
  select private.blocked_ids();
end
$$;

create or replace function private.blocked_ids() returns setof uuid
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return query
  select f.friend_id from public.friendships f
  where f.user_id = (select auth.uid()) and f.status = 'blocked'
  union
  select f.user_id from public.friendships f
  where f.friend_id = (select auth.uid()) and f.status = 'blocked';
end
$$;

create or replace function private.hiding_ids() returns setof uuid
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return query
  select h.user_id from private.presence_hidden_from h where h.hidden_from_id = (select auth.uid());
end
$$;

create or replace function private.shown_presence_ids() returns setof uuid
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return query
  select f.id from private.friend_ids() f (id)
  where not private.is_invisible(f.id) and not (select private.is_signed_out())
  except
  select private.hiding_ids();
end
$$;

create or replace function private.best_before(p_set public.live_session_sets) returns numeric
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select b.e1rm_kg from private.exercise_bests b
    where b.user_id = p_set.user_id
      and b.exercise_id = p_set.exercise_id
      and not (b.source_kind = 'session' and b.source_id = p_set.session_id)
      and b.achieved_at_ms < p_set.timestamp_ms
    order by b.e1rm_kg desc
    limit 1
  );
end
$$;

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
    'intensityScore', p_set.intensity_score
  ));
end
$$;

create or replace function private.set_reference(p_set public.live_session_sets) returns jsonb
language plpgsql immutable
set search_path = ''
as $$
begin
  return jsonb_build_object('setId', p_set.id, 'exerciseId', p_set.exercise_id,
    'exerciseName', p_set.exercise_name);
end
$$;

create or replace function private.set_facts(p_set public.live_session_sets) returns jsonb
language plpgsql immutable
set search_path = ''
as $$
begin
  return to_jsonb(p_set) - array['e1rm_kg', 'is_pr', 'created_at'];
end
$$;

create or replace function private.event_json(p_event public.live_session_events) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'id', p_event.id,
    'seq', p_event.seq,
    'sessionId', p_event.session_id,
    'userId', p_event.user_id,
    'type', p_event.type,
    'timestamp', private.epoch_ms(p_event.created_at),
    'data', p_event.event_data -> 'data'
  );
end
$$;

create or replace function private.session_json(p_session public.live_sessions) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  return jsonb_strip_nulls(jsonb_build_object(
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
  ));
end
$$;

create or replace function private.participant_json(p_participant public.live_session_participants) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  return jsonb_strip_nulls(jsonb_build_object(
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
  ));
end
$$;

create or replace function private.topic(p_name text) returns text
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return (
    select p_name || coalesce((select ':' || t.key from private.topics t where t.name = p_name), '')
  );
end
$$;

create or replace function private.is_invisible(p_user_id uuid) returns boolean
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return (
    select exists (
      select from private.presence_settings t where t.user_id = p_user_id and not t.visible
    )
  );
end
$$;

create or replace function private.is_gone(p_last_updated_at timestamptz) returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return p_last_updated_at < now() - interval '5 minutes';
end
$$;

create or replace function private.can_see_session(p_session_id uuid) returns boolean
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return (
    select exists (
      select from public.live_sessions s
      where s.id = p_session_id
        and not exists (
          select from private.live_session_removals r
          where r.session_id = s.id and r.user_id = (select auth.uid())
        )
        and (
          exists (
            select from public.live_session_participants p
            where p.session_id = s.id and p.user_id = (select auth.uid())
          )
          or (
            not exists (
              select from public.live_session_participants p
              where p.session_id = s.id and p.left_at is null
                and p.user_id = any (array(select private.blocked_ids()))
            )
            and (
              (s.visibility = 'public' and s.status <> 'ended')
              or (s.visibility = 'friends' and s.host_id = any (array(select private.friend_ids())))
              or s.id in (select private.invited_session_ids())
            )
          )
        )
    )
  );
end
$$;

create or replace function private.is_signed_out() returns boolean
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return (
    select exists (
      select from private.revoked_sign_ins r
      where r.id = nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'session_id'
    )
  );
end
$$;

create or replace function private.topic_session_id(p_topic text) returns uuid
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return case
    when p_topic ~ '^live_session:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(:[0-9a-f]{32})?$'
      then split_part(p_topic, ':', 2)::uuid
  end;
end
$$;

create or replace function private.topic_user_id(p_topic text, p_kind text) returns uuid
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return case
    when p_topic ~ ('^' || p_kind || ':[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(:[0-9a-f]{32})?$')
      then split_part(p_topic, ':', 2)::uuid
  end;
end
$$;

create or replace function private.may_hear(p_topic text) returns boolean
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return (
    select not private.is_signed_out() and case split_part(p_topic, ':', 1)
      when 'live_session' then
        private.topic_session_id(p_topic) in (select private.current_session_ids())
        and p_topic = private.topic('live_session:' || private.topic_session_id(p_topic))
      when 'user' then
        private.topic_user_id(p_topic, 'user') = (select auth.uid())
        and p_topic = private.topic('user:' || (select auth.uid()))
      when 'workout_presence' then
        private.topic_user_id(p_topic, 'workout_presence') = (select auth.uid())
        or (
          private.topic_user_id(p_topic, 'workout_presence') in (select private.friend_ids())
          -- Where a topic has moved away from nothing is said any more: a friend from whom somebody hides
          -- may listen there, and cannot tell.
          and not (
            p_topic = private.topic('workout_presence:' || private.topic_user_id(p_topic, 'workout_presence'))
            and private.topic_user_id(p_topic, 'workout_presence') in (select private.hiding_ids())
          )
        )
      else false
    end
  );
end
$$;

create or replace function private.topic_for_caller(p_session_id uuid) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  return case
    when p_session_id in (select private.current_session_ids())
      then jsonb_build_object('topic', private.topic('live_session:' || p_session_id))
    else '{}'
  end;
end
$$;

create or replace function private.session_answer(p_session_id uuid) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'session', private.session_json(s),
      'serverNow', private.epoch_ms(clock_timestamp())
    )
    from public.live_sessions s
    where s.id = p_session_id
  );
end
$$;

create or replace function private.participant_answer(p_session_id uuid, p_user_id uuid) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select private.session_answer(p_session_id)
      || jsonb_build_object('participant', private.participant_json(p))
    from public.live_session_participants p
    where p.session_id = p_session_id and p.user_id = p_user_id
  );
end
$$;

create or replace function private.invitation_json(p_invitation public.live_session_invitations) returns jsonb
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return (
    select jsonb_strip_nulls(jsonb_build_object(
      'id', p_invitation.id,
      'sessionId', p_invitation.session_id,
      'sessionName', s.name,
      'hostId', p_invitation.host_id,
      'hostDisplayName', coalesce(u.display_name, 'Deleted user'),
      'hostAvatarUrl', u.avatar_url,
      'recipientId', p_invitation.recipient_id,
      'mode', s.mode,
      'status', case
        when p_invitation.status = 'pending' and p_invitation.expires_at <= now() then 'expired'
        else p_invitation.status::text
      end,
      'createdAt', private.epoch_ms(p_invitation.created_at),
      'expiresAt', private.epoch_ms(p_invitation.expires_at)
    ))
    from public.live_sessions s
    left join public.users u on u.id = p_invitation.host_id
    where s.id = p_invitation.session_id
  );
end
$$;

create or replace function private.session_bests(p_session_id uuid, p_user_id uuid, p_exercise_id text) returns TABLE(e1rm_kg numeric, achieved_at_ms bigint)
language plpgsql stable
set search_path = ''
as $$
begin
  return query
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
  order by r.timestamp_ms, r.e1rm_kg desc;
end
$$;
