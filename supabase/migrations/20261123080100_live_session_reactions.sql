-- Cheering each other on within a session.

create type public.live_session_emote as enum ('like', 'fire', 'skull', 'crown', 'bolt', 'clap');
comment on type public.live_session_emote is 'What a reaction may say.';

create table public.live_session_reactions (
  id uuid primary key default gen_random_uuid(),
  session_id uuid not null,
  from_user_id uuid not null default auth.uid(),
  to_user_id uuid not null,
  emote public.live_session_emote not null,
  target_set_id uuid references public.live_session_sets (id) on delete set null,
  created_at timestamptz not null default clock_timestamp(),
  constraint live_session_reactions_from_fkey foreign key (session_id, from_user_id)
    references public.live_session_participants (session_id, user_id) on delete cascade,
  constraint live_session_reactions_to_fkey foreign key (session_id, to_user_id)
    references public.live_session_participants (session_id, user_id) on delete cascade,
  constraint live_session_reactions_not_oneself check (from_user_id <> to_user_id)
);
comment on table public.live_session_reactions is
  'An emote from one person in a session to another, perhaps for one of their sets. Never changed.';
comment on column public.live_session_reactions.target_set_id is 'The set it is about, if it is about one.';
comment on column public.live_session_reactions.id is
  'May come from the client: sending the same id again changes nothing.';
create index live_session_reactions_session_idx
  on public.live_session_reactions (session_id, from_user_id, created_at);
comment on index public.live_session_reactions_session_idx is
  'Serves a session''s reactions in order, and the foreign key of the sender.';
create index live_session_reactions_to_idx on public.live_session_reactions (session_id, to_user_id);
comment on index public.live_session_reactions_to_idx is
  'Serves what someone received in a session, and that foreign key.';
create index live_session_reactions_from_idx on public.live_session_reactions (from_user_id);
comment on index public.live_session_reactions_from_idx is
  'Serves what becomes of someone''s reactions when their account goes.';
create index live_session_reactions_set_idx on public.live_session_reactions (target_set_id)
  where target_set_id is not null;
comment on index public.live_session_reactions_set_idx is
  'Serves the reactions to a set, and that foreign key.';

create function private.before_reaction() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := (select auth.uid());
  v_owner uuid;
begin
  if v_caller is not null and new.from_user_id is distinct from v_caller then
    perform private.refuse('permission_denied', 'You can react in your own name only.');
  end if;
  -- A retry: the answer to the first attempt got lost. It succeeds even after the end.
  select r.from_user_id into v_owner from public.live_session_reactions r where r.id = new.id;
  if v_owner = new.from_user_id then
    return null;
  end if;
  perform private.require(v_owner is null, 'This id is taken.');
  perform private.require_presence(new.session_id, new.from_user_id);
  perform private.require(new.to_user_id is distinct from new.from_user_id, 'A reaction goes to somebody else.');
  perform private.require(new.emote is not null, 'emote is like, fire, skull, crown, bolt or clap.');
  if new.to_user_id in (select private.blocked_ids()) or not exists (
    select from public.live_session_participants p
    where p.session_id = new.session_id and p.user_id = new.to_user_id
  ) then
    perform private.refuse('user_not_found', 'This person is not in the session.');
  end if;
  perform private.require(new.target_set_id is null or exists (
    select from public.live_session_sets s
    where s.id = new.target_set_id and s.session_id = new.session_id and s.user_id = new.to_user_id
  ), 'target_set_id is not a set of that person in this session.');
  perform private.limit_rate(new.from_user_id, 'reaction', new.session_id, 30, interval '10 seconds');
  new.created_at := clock_timestamp();
  return new;
end
$$;
comment on function private.before_reaction() is
  'Checks a reaction; an id that one already sent is passed over. Definer: it locks the session and sees '
  'blocks.';

create function private.after_reaction() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  update public.live_session_participants p set last_active_at = clock_timestamp()
  where p.session_id = new.session_id and p.user_id = new.from_user_id;
  perform private.append_event(new.session_id, new.from_user_id, 'reaction', jsonb_build_object(
    'targetUserId', new.to_user_id, 'emote', new.emote, 'targetSetId', new.target_set_id));
  return null;
end
$$;
comment on function private.after_reaction() is
  'Appends the event of a reaction. Definer: events are not the client''s to write.';

create trigger live_session_reactions_05_lock before insert on public.live_session_reactions
  for each statement execute function private.lock_current_session();
create trigger live_session_reactions_10_check before insert on public.live_session_reactions
  for each row execute function private.before_reaction();
create trigger live_session_reactions_50_event after insert on public.live_session_reactions
  for each row execute function private.after_reaction();

alter table public.live_session_reactions enable row level security;
create policy live_session_reactions_select on public.live_session_reactions for select to authenticated
using (live_session_reactions.session_id = any (array(select private.joined_session_ids())));
comment on policy live_session_reactions_select on public.live_session_reactions is
  'Inside: the people who are or were in it.';
create policy live_session_reactions_insert on public.live_session_reactions for insert to authenticated
with check (
  live_session_reactions.from_user_id = (select auth.uid())
  and live_session_reactions.session_id = any (array(select private.current_session_ids()))
);
comment on policy live_session_reactions_insert on public.live_session_reactions is
  'One''s own, in the session one is in.';
revoke all on public.live_session_reactions from public, anon, authenticated;
grant select on public.live_session_reactions to authenticated, service_role;
grant insert (id, session_id, from_user_id, to_user_id, emote, target_set_id)
  on public.live_session_reactions to authenticated;

revoke all on function private.before_reaction(), private.after_reaction() from public;
