-- The host application's own tables, as far as live workouts need them. An application that has
-- users, friendships and workouts with these columns leaves this file out.

create type public.friendship_status as enum ('none', 'requested', 'pending', 'friends', 'blocked');
comment on type public.friendship_status is
  'requested and friends are what this backend writes; pending, as older frontends do, counts as '
  'requested.';

create table public.users (
  id uuid primary key references auth.users (id) on delete cascade,
  email text,
  display_name text not null check (char_length(display_name) between 1 and 50),
  avatar_url text check (char_length(avatar_url) <= 2048),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table public.users is 'A person''s profile: one row for each row of auth.users.';
comment on column public.users.display_name is
  'From sign-up, else the part of the e-mail address before the @.';
comment on column public.users.email is
  'Copied from auth.users for the server''s own use; not readable through the API by anybody.';

create table public.friendships (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.users (id) on delete cascade,
  friend_id uuid not null references public.users (id) on delete cascade,
  status public.friendship_status not null default 'requested',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint friendships_pair_key unique (user_id, friend_id),
  constraint friendships_not_oneself check (user_id <> friend_id)
);
comment on table public.friendships is
  'Directed: user_id asked or blocked friend_id. Two people are friends if a row in either '
  'direction says friends and none in either direction says blocked.';
comment on column public.friendships.friend_id is 'Who was asked, or is blocked.';
comment on column public.friendships.user_id is 'Who asked, or blocked.';
create index friendships_friend_id_idx on public.friendships (friend_id, status);
comment on index public.friendships_friend_id_idx is
  'Serves the reverse direction of every friendship look-up, and the foreign key.';

create table public.workouts (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.users (id) on delete cascade,
  started_at bigint not null,
  ended_at bigint not null,
  sets jsonb not null default '[]' check (jsonb_typeof(sets) = 'array'),
  routine_id text,
  routine_name text,
  plan_id text,
  completion_pct numeric,
  created_at timestamptz not null default now(),
  constraint workouts_ended_after_started check (ended_at >= started_at)
);
comment on table public.workouts is 'A person''s finished workouts; nobody else reads them.';
comment on column public.workouts.completion_pct is 'How much of the plan was done, in percent.';
comment on column public.workouts.sets is '[{id, exerciseId, weightKg, reps, timestampMs}]';
comment on column public.workouts.started_at is 'Epoch milliseconds.';
comment on column public.workouts.ended_at is 'Epoch milliseconds.';
create index workouts_user_id_idx on public.workouts (user_id, started_at desc);
comment on index public.workouts_user_id_idx is
  'Serves a person''s history, newest first, and the foreign key.';

create function private.touch_updated_at() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.updated_at := now();
  return new;
end
$$;
comment on function private.touch_updated_at() is 'Keeps updated_at on the server''s clock.';

create trigger users_10_touch before update on public.users
  for each row execute function private.touch_updated_at();

create function private.create_profile() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_name text := btrim(coalesce(new.raw_user_meta_data ->> 'display_name', ''));
begin
  if v_name = '' then
    v_name := btrim(split_part(coalesce(new.email, ''), '@', 1));
  end if;
  if v_name = '' then
    v_name := 'Athlete';
  end if;
  insert into public.users (id, email, display_name, avatar_url)
  values (
    new.id,
    new.email,
    left(v_name, 50),
    case
      when char_length(new.raw_user_meta_data ->> 'avatar_url') <= 2048
        then new.raw_user_meta_data ->> 'avatar_url'
    end
  );
  return new;
end
$$;
comment on function private.create_profile() is
  'Gives every new account its profile. Definer: Auth''s role has no right on public.users. '
  'It never fails on what a person typed, for that would fail the sign-up.';

create trigger users_create_profile after insert on auth.users
  for each row execute function private.create_profile();

create function private.copy_email() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  update public.users set email = new.email where id = new.id;
  return new;
end
$$;
comment on function private.copy_email() is
  'Follows a changed e-mail address. Definer: Auth''s role has no right on public.users.';

create trigger users_copy_email after update of email on auth.users
  for each row when (old.email is distinct from new.email) execute function private.copy_email();

create function private.guard_friendship() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_caller uuid := (select auth.uid());
begin
  new.updated_at := now();
  -- Only the owner of the database writes without a caller: a seed or an administrator's repair.
  if v_caller is null then
    return new;
  end if;
  if tg_op = 'INSERT' then
    if v_caller is distinct from new.user_id or new.status not in ('requested', 'blocked') then
      perform private.refuse('permission_denied',
        'A friendship begins with one''s own row as requested, or blocked to block someone.');
    end if;
    return new;
  end if;
  if new.status = old.status then
    return new;
  end if;
  if v_caller = old.user_id then
    -- The owner of a row may ask again, take it back, block and unblock; only the other accepts.
    if new.status in ('none', 'blocked') or (new.status = 'requested' and old.status = 'none') then
      return new;
    end if;
  elsif v_caller = old.friend_id then
    if old.status in ('requested', 'pending') and new.status in ('friends', 'none') then
      return new;
    end if;
    if old.status = 'friends' and new.status = 'none' then
      return new;
    end if;
  end if;
  perform private.refuse('permission_denied', format(
    'You may not turn this friendship from %s to %s.', old.status, new.status));
  return null;
end
$$;
comment on function private.guard_friendship() is
  'Nobody makes a friendship alone: one asks, the other accepts or declines, either ends it, '
  'each blocks with their own row and only the blocker unblocks.';

create trigger friendships_10_guard before insert or update on public.friendships
  for each row execute function private.guard_friendship();

alter table public.users enable row level security;
alter table public.friendships enable row level security;
alter table public.workouts enable row level security;

create policy users_select on public.users for select to authenticated
using (
  users.id = (select auth.uid())
  or users.id = any (array(
    select f.friend_id from public.friendships f where f.user_id = (select auth.uid())
  ))
  or users.id = any (array(
    select f.user_id from public.friendships f where f.friend_id = (select auth.uid())
  ))
);
comment on policy users_select on public.users is
  'People see themselves and whoever stands in a friendship row that they can see.';
create policy users_update on public.users for update to authenticated
using (users.id = (select auth.uid()))
with check (users.id = (select auth.uid()));
comment on policy users_update on public.users is 'One''s own profile only.';

create policy friendships_select on public.friendships for select to authenticated
using (
  friendships.user_id = (select auth.uid())
  or (friendships.friend_id = (select auth.uid()) and friendships.status <> 'blocked')
);
comment on policy friendships_select on public.friendships is
  'Who is blocked does not see the row that blocks them.';
create policy friendships_insert on public.friendships for insert to authenticated
with check (friendships.user_id = (select auth.uid()));
comment on policy friendships_insert on public.friendships is
  'One''s own row only; the trigger says with which status.';
create policy friendships_update on public.friendships for update to authenticated
using (
  friendships.user_id = (select auth.uid())
  or (friendships.friend_id = (select auth.uid()) and friendships.status <> 'blocked')
)
with check (
  friendships.user_id = (select auth.uid()) or friendships.friend_id = (select auth.uid())
);
comment on policy friendships_update on public.friendships is
  'Either of the two; the trigger says from which status to which.';
create policy friendships_delete on public.friendships for delete to authenticated
using (
  friendships.user_id = (select auth.uid())
  or (friendships.friend_id = (select auth.uid()) and friendships.status <> 'blocked')
);
comment on policy friendships_delete on public.friendships is
  'Either ends it; a block is only the blocker''s to lift.';

create policy workouts_select on public.workouts for select to authenticated
using (workouts.user_id = (select auth.uid()));
comment on policy workouts_select on public.workouts is 'A person''s history is their own.';
create policy workouts_insert on public.workouts for insert to authenticated
with check (workouts.user_id = (select auth.uid()));
comment on policy workouts_insert on public.workouts is 'Their owner''s only.';
create policy workouts_update on public.workouts for update to authenticated
using (workouts.user_id = (select auth.uid()))
with check (workouts.user_id = (select auth.uid()));
comment on policy workouts_update on public.workouts is 'Their owner''s only.';
create policy workouts_delete on public.workouts for delete to authenticated
using (workouts.user_id = (select auth.uid()));
comment on policy workouts_delete on public.workouts is 'Their owner''s only.';

revoke all on public.users, public.friendships, public.workouts from public, anon, authenticated;
-- Not email: a policy chooses rows, not columns.
grant select (id, display_name, avatar_url, created_at, updated_at) on public.users to authenticated;
grant update (display_name, avatar_url) on public.users to authenticated;
grant select, delete on public.friendships to authenticated;
grant insert (id, user_id, friend_id, status) on public.friendships to authenticated;
grant update (status) on public.friendships to authenticated;
grant select, insert, update, delete on public.workouts to authenticated;
grant select, insert, update, delete on public.users, public.friendships, public.workouts to service_role;

revoke all on function
  private.touch_updated_at(), private.create_profile(), private.copy_email(), private.guard_friendship()
from public;
