-- Cheering a friend on without being in a session with them.

create table public.quick_reactions (
  id uuid primary key default gen_random_uuid(),
  from_user_id uuid not null default auth.uid() references public.users (id) on delete cascade,
  to_user_id uuid not null references public.users (id) on delete cascade,
  emote public.live_session_emote not null,
  set_id uuid references public.live_session_sets (id) on delete set null,
  created_at timestamptz not null default clock_timestamp(),
  constraint quick_reactions_not_oneself check (from_user_id <> to_user_id)
);
comment on table public.quick_reactions is 'An emote from a friend, wherever one is training. Never changed.';
comment on column public.quick_reactions.set_id is 'The set it is about, if it is about one.';
comment on column public.quick_reactions.id is
  'May come from the client: sending the same id again changes nothing.';
create index quick_reactions_to_idx on public.quick_reactions (to_user_id, created_at desc);
comment on index public.quick_reactions_to_idx is
  'Serves what one received, latest first, and the foreign key.';
create index quick_reactions_from_idx on public.quick_reactions (from_user_id, created_at desc);
comment on index public.quick_reactions_from_idx is 'Serves what one sent, and the foreign key.';
create index quick_reactions_set_idx on public.quick_reactions (set_id) where set_id is not null;
comment on index public.quick_reactions_set_idx is 'Serves the foreign key.';

create function private.before_quick_reaction() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := (select auth.uid());
  v_owner uuid;
begin
  if v_caller is not null then
    if new.from_user_id is distinct from v_caller then
      perform private.refuse('permission_denied', 'You can react in your own name only.');
    end if;
    select r.from_user_id into v_owner from public.quick_reactions r where r.id = new.id;
    if v_owner = v_caller then
      return null;
    end if;
    perform private.require(v_owner is null, 'This id is taken.');
    perform private.require(new.to_user_id is distinct from v_caller, 'A reaction goes to somebody else.');
    perform private.require(new.emote is not null, 'emote is like, fire, skull, crown, bolt or clap.');
    -- Not a friend, blocked and unknown look alike.
    if new.to_user_id is null or new.to_user_id not in (select private.friend_ids()) then
      perform private.refuse('user_not_found', 'Quick reactions go to friends.');
    end if;
    perform private.require(new.set_id is null or exists (
      select from public.live_session_sets s where s.id = new.set_id and s.user_id = new.to_user_id
    ), 'set_id is not a set of that person.');
    perform private.limit_rate(v_caller, 'quick_reaction', new.to_user_id, 10, interval '1 minute');
    -- The count has put twins of this request in a row: one of them may have been stored meanwhile.
    if exists (select from public.quick_reactions r where r.id = new.id and r.from_user_id = v_caller) then
      return null;
    end if;
  end if;
  new.created_at := clock_timestamp();
  return new;
end
$$;
comment on function private.before_quick_reaction() is
  'Checks a quick reaction; an id that one already sent is passed over. Definer: it sees blocks.';

create function private.broadcast_quick_reaction() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  perform realtime.send(jsonb_strip_nulls(jsonb_build_object(
    'id', new.id,
    'fromUserId', u.id,
    'fromDisplayName', u.display_name,
    'fromAvatarUrl', u.avatar_url,
    'toUserId', new.to_user_id,
    'emote', new.emote,
    'setId', new.set_id,
    'createdAt', private.epoch_ms(new.created_at)
  )), 'quick_reaction', 'user:' || new.to_user_id, true)
  from public.users u
  where u.id = new.from_user_id;
  return null;
end
$$;
comment on function private.broadcast_quick_reaction() is
  'Tells the one it goes to. Definer: realtime.send runs with its caller''s rights and would lose the '
  'message without a word.';

create trigger quick_reactions_10_check before insert on public.quick_reactions
  for each row execute function private.before_quick_reaction();
create trigger quick_reactions_50_broadcast after insert on public.quick_reactions
  for each row execute function private.broadcast_quick_reaction();

alter table public.quick_reactions enable row level security;
create policy quick_reactions_select on public.quick_reactions for select to authenticated
using (
  (
    quick_reactions.from_user_id = (select auth.uid())
    and not (quick_reactions.to_user_id = any (array(select private.blocked_ids())))
  )
  or (
    quick_reactions.to_user_id = (select auth.uid())
    and not (quick_reactions.from_user_id = any (array(select private.blocked_ids())))
  )
);
comment on policy quick_reactions_select on public.quick_reactions is
  'The two whom it concerns, unless one blocks the other.';
create policy quick_reactions_insert on public.quick_reactions for insert to authenticated
with check (quick_reactions.from_user_id = (select auth.uid()));
comment on policy quick_reactions_insert on public.quick_reactions is 'One''s own; the trigger says to whom.';
revoke all on public.quick_reactions from public, anon, authenticated;
grant select on public.quick_reactions to authenticated, service_role;
grant insert (id, from_user_id, to_user_id, emote, set_id) on public.quick_reactions to authenticated;

revoke all on function private.before_quick_reaction(), private.broadcast_quick_reaction() from public;
