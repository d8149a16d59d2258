-- What somebody said or sent is shown on their own screen before the database has it. The events of
-- messages and reactions therefore name their rows, as those of sets do: the two can be told to be one.

create or replace function private.after_message() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  update public.live_session_participants p set last_active_at = clock_timestamp()
  where p.session_id = new.session_id and p.user_id = new.user_id;
  perform private.append_event(new.session_id, new.user_id, 'message',
    jsonb_build_object('messageId', new.id, 'message', new.message));
  return null;
end
$$;

create or replace function private.after_reaction() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  update public.live_session_participants p set last_active_at = clock_timestamp()
  where p.session_id = new.session_id and p.user_id = new.from_user_id;
  perform private.append_event(new.session_id, new.from_user_id, 'reaction', jsonb_build_object(
    'reactionId', new.id, 'targetUserId', new.to_user_id, 'emote', new.emote,
    'targetSetId', new.target_set_id));
  return null;
end
$$;
