-- Who is whose friend and who has blocked whom, as seen by the caller.

create function private.blocked_ids() returns setof uuid
language sql stable security definer
set search_path = ''
as $$
  select f.friend_id from public.friendships f
  where f.user_id = (select auth.uid()) and f.status = 'blocked'
  union
  select f.user_id from public.friendships f
  where f.friend_id = (select auth.uid()) and f.status = 'blocked'
$$;
comment on function private.blocked_ids() is
  'Everyone the caller blocks or is blocked by. Definer: who is blocked must not see the row, '
  'yet it has to count.';

create function private.friend_ids() returns setof uuid
language sql stable security definer
set search_path = ''
as $$
  (
    select f.friend_id from public.friendships f
    where f.user_id = (select auth.uid()) and f.status = 'friends'
    union
    select f.user_id from public.friendships f
    where f.friend_id = (select auth.uid()) and f.status = 'friends'
  )
  except
  select private.blocked_ids()
$$;
comment on function private.friend_ids() is
  'The caller''s friends: a row in either direction says friends and none says blocked. '
  'Definer: it has to see blocks that the caller may not.';

revoke all on function private.blocked_ids(), private.friend_ids() from public;
grant execute on function private.blocked_ids(), private.friend_ids() to authenticated, service_role;
