-- Talking to each other within a session.

create table public.live_session_messages (
  id uuid primary key default gen_random_uuid(),
  session_id uuid not null,
  user_id uuid not null default auth.uid(),
  message text not null check (char_length(message) between 1 and 500),
  created_at timestamptz not null default clock_timestamp(),
  constraint live_session_messages_participant_fkey foreign key (session_id, user_id)
    references public.live_session_participants (session_id, user_id) on delete cascade
);
comment on table public.live_session_messages is 'A message to everybody in a session. Never changed.';
comment on column public.live_session_messages.id is
  'May come from the client: sending the same id again changes nothing.';
create index live_session_messages_session_idx on public.live_session_messages (session_id, created_at);
comment on index public.live_session_messages_session_idx is 'Serves a session''s messages in order.';
create index live_session_messages_participant_idx on public.live_session_messages (session_id, user_id);
comment on index public.live_session_messages_participant_idx is 'Serves the foreign key.';
create index live_session_messages_user_idx on public.live_session_messages (user_id);
comment on index public.live_session_messages_user_idx is
  'Serves what becomes of someone''s messages when their account goes.';

create function private.before_message() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := (select auth.uid());
  v_owner uuid;
begin
  if v_caller is not null and new.user_id is distinct from v_caller then
    perform private.refuse('permission_denied', 'You can write in your own name only.');
  end if;
  -- A retry: the answer to the first attempt got lost. It succeeds even after the end.
  select m.user_id into v_owner from public.live_session_messages m where m.id = new.id;
  if v_owner = new.user_id then
    return null;
  end if;
  perform private.require(v_owner is null, 'This id is taken.');
  perform private.require_presence(new.session_id, new.user_id);
  perform private.require(
    char_length(new.message) between 1 and 500 and btrim(new.message, E' \t\r\n') <> '',
    'message has 1 to 500 characters.');
  perform private.limit_rate(new.user_id, 'message', new.session_id, 20, interval '10 seconds');
  new.created_at := clock_timestamp();
  return new;
end
$$;
comment on function private.before_message() is
  'Checks a message; an id that one already sent is passed over. Definer: it locks the session.';

create function private.after_message() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  update public.live_session_participants p set last_active_at = clock_timestamp()
  where p.session_id = new.session_id and p.user_id = new.user_id;
  perform private.append_event(new.session_id, new.user_id, 'message',
    jsonb_build_object('message', new.message));
  return null;
end
$$;
comment on function private.after_message() is
  'Appends the event of a message. Definer: events are not the client''s to write.';

create trigger live_session_messages_05_lock before insert on public.live_session_messages
  for each statement execute function private.lock_current_session();
create trigger live_session_messages_10_check before insert on public.live_session_messages
  for each row execute function private.before_message();
create trigger live_session_messages_50_event after insert on public.live_session_messages
  for each row execute function private.after_message();

alter table public.live_session_messages enable row level security;
create policy live_session_messages_select on public.live_session_messages for select to authenticated
using (live_session_messages.session_id = any (array(select private.joined_session_ids())));
comment on policy live_session_messages_select on public.live_session_messages is
  'Inside: the people who are or were in it.';
create policy live_session_messages_insert on public.live_session_messages for insert to authenticated
with check (
  live_session_messages.user_id = (select auth.uid())
  and live_session_messages.session_id = any (array(select private.current_session_ids()))
);
comment on policy live_session_messages_insert on public.live_session_messages is
  'One''s own, in the session one is in.';
revoke all on public.live_session_messages from public, anon, authenticated;
grant select on public.live_session_messages to authenticated, service_role;
grant insert (id, session_id, user_id, message) on public.live_session_messages to authenticated;

revoke all on function private.before_message(), private.after_message() from public;
