-- Telling everyone: each event goes to the private channel live_session:<session id>. Row level security on
-- realtime.messages says who may listen there, and to the channels of a person: user:<id> for what concerns
-- them alone, workout_presence:<id> for their friends.

create function private.broadcast_event() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  perform realtime.send(private.event_json(new), 'live_event', 'live_session:' || new.session_id, true);
  return null;
end
$$;
comment on function private.broadcast_event() is
  'Sends an event to its session''s channel when its transaction commits. Definer: realtime.send runs '
  'with its caller''s rights and would lose the message without a word.';

create trigger live_session_events_50_broadcast after insert on public.live_session_events
  for each row execute function private.broadcast_event();

create function private.topic_session_id(p_topic text) returns uuid
language sql immutable parallel safe
set search_path = ''
as $$
  select case
    when p_topic ~ '^live_session:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
      then substring(p_topic from 14)::uuid
  end
$$;
comment on function private.topic_session_id(text) is
  'The session a topic belongs to, or NULL for any other topic.';

create function private.topic_user_id(p_topic text, p_kind text) returns uuid
language sql immutable parallel safe
set search_path = ''
as $$
  select case
    when p_topic ~ ('^' || p_kind || ':[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')
      then split_part(p_topic, ':', 2)::uuid
  end
$$;
comment on function private.topic_user_id(text, text) is
  'The person a topic <kind>:<user id> belongs to, or NULL for any other topic.';

revoke all on function
  private.broadcast_event(), private.topic_session_id(text), private.topic_user_id(text, text)
from public;
grant execute on function private.topic_session_id(text), private.topic_user_id(text, text)
to authenticated, service_role;

-- One policy for all topics: several would all be asked at every join.
-- live_session: people in the session, now. user: that person. workout_presence: that person and their
-- friends.
create policy live_workout_channels_select on realtime.messages for select to authenticated
using (
  messages.extension in ('broadcast', 'presence')
  -- Asked once for a statement, however many partitions it looks into.
  and (
    select private.topic_session_id(t.topic) in (select private.current_session_ids())
      or private.topic_user_id(t.topic, 'user') = (select auth.uid())
      or private.topic_user_id(t.topic, 'workout_presence') = (select auth.uid())
      or private.topic_user_id(t.topic, 'workout_presence') in (select private.friend_ids())
    from realtime.topic() as t (topic)
  )
);
-- On live_session, presence only. Nobody broadcasts on it: a message that the database did not send would be a forgery.
create policy live_session_channel_insert on realtime.messages for insert to authenticated
with check (
  messages.extension = 'presence'
  and (
    select private.topic_session_id(realtime.topic()) in (select private.current_session_ids())
  )
);
