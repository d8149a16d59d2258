-- Telling everyone: each event goes to the private channel live_session:<session id>, and row level
-- security on realtime.messages says who may listen there.

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

revoke all on function private.broadcast_event(), private.topic_session_id(text) from public;
grant execute on function private.topic_session_id(text) to authenticated, service_role;

-- People in the session, now: not who left it, not who is only invited.
create policy live_session_channel_select on realtime.messages for select to authenticated
using (
  messages.extension in ('broadcast', 'presence')
  -- Asked once for a statement, however many partitions it looks into.
  and (
    select private.topic_session_id(realtime.topic()) in (select private.current_session_ids())
  )
);
-- Presence only. Nobody broadcasts on it: a message that the database did not send would be a forgery.
create policy live_session_channel_insert on realtime.messages for insert to authenticated
with check (
  messages.extension = 'presence'
  and (
    select private.topic_session_id(realtime.topic()) in (select private.current_session_ids())
  )
);
