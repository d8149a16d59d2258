-- Who is shut out hears nothing from that moment on: removed from a session, blocked, no longer a friend,
-- hidden from, signed out.

create function private.follow_removal() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  perform private.move_topics(array['live_session:' || new.session_id]);
  return null;
end
$$;
comment on function private.follow_removal() is
  'Moves a session''s topic away from somebody who was removed. Definer: topics are not the client''s to move.';
create trigger live_session_removals_50_topic after insert on private.live_session_removals
  for each row execute function private.follow_removal();

create function private.part_in_session(p_blocker uuid, p_blocked uuid) returns void
language plpgsql
set search_path = ''
as $$
declare
  v_session public.live_sessions;
  v_blocked public.live_session_participants;
begin
  select s.* into v_session
  from public.live_sessions s
  where s.id in (
    select p.session_id from public.live_session_participants p
    where p.user_id = p_blocker and p.left_at is null
  )
  for no key update;
  select p.* into v_blocked
  from public.live_session_participants p
  where p.session_id = v_session.id and p.user_id = p_blocked;
  -- They never met there, or the blocker left while this waited.
  if v_blocked.id is null or not exists (
    select from public.live_session_participants p
    where p.session_id = v_session.id and p.user_id = p_blocker and p.left_at is null
  ) then
    return;
  end if;
  if v_blocked.left_at is null and v_session.host_id <> p_blocker then
    perform private.depart(v_session, p_blocker, '{}');
    return;
  end if;
  insert into private.live_session_removals (session_id, user_id, removed_by)
  values (v_session.id, p_blocked, p_blocker)
  on conflict do nothing;
  if v_blocked.left_at is null then
    perform private.depart(v_session, p_blocked, '{"removed": true}');
  end if;
end
$$;
comment on function private.part_in_session(uuid, uuid) is
  'Parts two people of whom one has just blocked the other, if they are in one session: a host sends the '
  'other away; a guest, who may send nobody away, goes. Whoever had left it already loses sight of it.';

create function private.follow_friendships() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_parted uuid[];
  v_block record;
begin
  case tg_op
    when 'INSERT' then
      select array_agg(v.id) into v_parted from new_rows n, lateral (values (n.user_id), (n.friend_id)) v (id)
      where n.status = 'blocked';
    when 'DELETE' then
      select array_agg(v.id) into v_parted from old_rows o, lateral (values (o.user_id), (o.friend_id)) v (id)
      where o.status = 'friends';
    else
      select array_agg(v.id) into v_parted
      from new_rows n join old_rows o on o.id = n.id, lateral (values (n.user_id), (n.friend_id)) v (id)
      where n.status <> o.status and (n.status = 'blocked' or o.status = 'friends');
  end case;
  if v_parted is null then
    return null;
  end if;
  if tg_op <> 'DELETE' then
    -- Only those that are new: two people who block each other again meet nowhere any more.
    for v_block in
      select n.user_id, n.friend_id from new_rows n where n.status = 'blocked' order by n.user_id, n.friend_id
    loop
      perform private.part_in_session(v_block.user_id, v_block.friend_id);
    end loop;
  end if;
  -- Of an account that is being deleted the friends' topics have moved already, all in one order.
  perform private.move_topics(array(
    select 'workout_presence:' || u.id from public.users u where u.id = any (v_parted)
  ));
  return null;
end
$$;
comment on function private.follow_friendships() is
  'Parts those who have ceased to be friends, or of whom one blocks the other: neither hears of the other''s '
  'training any more. Definer: topics and sessions are not the client''s to touch.';

-- The session first, as every command locks it.
create trigger friendships_05_lock before insert or update or delete on public.friendships
  for each statement execute function private.lock_current_session();
create trigger friendships_50_parted_insert after insert on public.friendships
  referencing new table as new_rows
  for each statement execute function private.follow_friendships();
create trigger friendships_50_parted_update after update on public.friendships
  referencing old table as old_rows new table as new_rows
  for each statement execute function private.follow_friendships();
create trigger friendships_50_parted_delete after delete on public.friendships
  referencing old table as old_rows
  for each statement execute function private.follow_friendships();

create or replace function private.leave_for_good() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_session public.live_sessions;
  v_topics text[];
begin
  select s.* into v_session
  from public.live_sessions s
  where s.id in (
    select p.session_id from public.live_session_participants p
    where p.user_id = old.id and p.left_at is null
  )
  for no key update;
  -- Only now that nothing about the session moves any more is it sure that they are still in it.
  if exists (
    select from public.live_session_participants p
    where p.session_id = v_session.id and p.user_id = old.id and p.left_at is null
  ) then
    perform private.depart(v_session, old.id, '{}');
    v_topics := array['live_session:' || v_session.id];
  end if;
  -- Whoever holds a token of this account has everything that it could hear open still.
  perform private.move_topics(v_topics || array(
    select 'workout_presence:' || f.id from private.friends_of(old.id) f (id)
  ));
  return old;
end
$$;

create function private.revoke_sign_in() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  insert into private.revoked_sign_ins (id, user_id) values (old.id::text, old.user_id)
  on conflict do nothing;
  -- An account that is being deleted is gone from everywhere already.
  if not exists (select from public.users u where u.id = old.user_id) then
    return null;
  end if;
  -- Friends who do not train now say nothing; when they begin again, their topic moves.
  perform private.move_topics(array(
    select 'live_session:' || p.session_id from public.live_session_participants p
    where p.user_id = old.user_id and p.left_at is null
    union all
    select 'user:' || old.user_id
    union all
    select 'workout_presence:' || w.user_id from public.workout_presence w
    where w.user_id in (select private.friends_of(old.user_id)) and not private.is_gone(w.last_updated_at)
  ));
  return null;
end
$$;
comment on function private.revoke_sign_in() is
  'A sign-in has ended, by signing out or by an administrator: moves what its access token has open, and '
  'remembers the token until it has expired. Definer: Auth''s role has no right on any of it.';

do $$
begin
  create trigger sessions_revoke_sign_in after delete on auth.sessions
    for each row execute function private.revoke_sign_in();
exception
  -- Auth's tables are not ours: where a project may not watch them, tokens hold until they expire.
  when insufficient_privilege then
    raise warning 'sign-ins that end are not noticed: there is no right to watch auth.sessions';
end
$$;

create function private.show_presence(p_visible boolean) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
  v_was_visible boolean := not private.is_invisible(v_caller);
  v_presence public.workout_presence;
begin
  perform private.require(p_visible is not null, 'visible is true or false.');
  perform private.limit_rate(v_caller, 'presence_setting', v_caller, 60, interval '1 minute');
  insert into private.presence_settings as t (user_id, visible) values (v_caller, p_visible)
  on conflict (user_id) do update set visible = excluded.visible;
  select w.* into v_presence from public.workout_presence w
  where w.user_id = v_caller and not private.is_gone(w.last_updated_at);
  if v_presence.id is not null and p_visible <> v_was_visible then
    if not p_visible then
      -- As if they had finished: hiding looks like not training.
      v_presence.status := 'finished';
      v_presence.is_in_live_session := false;
      v_presence.live_session_id := null;
      v_presence.current_exercise_id := null;
      v_presence.current_exercise_name := null;
    end if;
    perform realtime.send(private.presence_json(v_presence), 'presence_update',
      private.topic('workout_presence:' || v_caller), true);
  end if;
  return private.presence_settings_of(v_caller);
end
$$;
comment on function private.show_presence(boolean) is
  'Shows the caller''s training to friends, or hides it from everyone. Definer: presence and its settings '
  'are written by the database only.';

create function private.hide_presence(p_user_id uuid, p_hidden boolean) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
begin
  perform private.require(p_user_id is distinct from v_caller, 'Nobody hides from themselves.');
  perform private.limit_rate(v_caller, 'presence_setting', v_caller, 60, interval '1 minute');
  if p_hidden then
    -- Not a friend, blocked and unknown look alike.
    if p_user_id is null or p_user_id not in (select private.friend_ids()) then
      perform private.refuse('user_not_found', 'One hides from friends; others see nothing anyway.');
    end if;
    insert into private.presence_hidden_from (user_id, hidden_from_id) values (v_caller, p_user_id)
    on conflict do nothing;
  else
    delete from private.presence_hidden_from h where h.user_id = v_caller and h.hidden_from_id = p_user_id;
  end if;
  if found then
    perform private.move_topics(array['workout_presence:' || v_caller]);
  end if;
  return private.presence_settings_of(v_caller);
end
$$;
comment on function private.hide_presence(uuid, boolean) is
  'Hides the caller''s training from one friend, or shows it to them again. Definer: the settings are '
  'nobody''s to read.';

create function public.get_presence_settings() returns jsonb
language sql stable
set search_path = ''
as $$ select private.presence_settings_of(private.caller()) $$;
comment on function public.get_presence_settings() is
  'To whom the caller shows that they train: {visible, hiddenFrom: [user id]}.';
create function public.set_presence_visibility(visible boolean) returns jsonb
language sql
set search_path = ''
as $$ select private.show_presence(visible) $$;
comment on function public.set_presence_visibility(boolean) is
  'Shows to friends that the caller trains, or hides it from everyone: {visible, hiddenFrom}. Nobody is told.';
create function public.hide_presence_from(user_id uuid) returns jsonb
language sql
set search_path = ''
as $$ select private.hide_presence(user_id, true) $$;
comment on function public.hide_presence_from(uuid) is
  'Hides from one friend that the caller trains: {visible, hiddenFrom}. They are not told.';
create function public.show_presence_to(user_id uuid) returns jsonb
language sql
set search_path = ''
as $$ select private.hide_presence(user_id, false) $$;
comment on function public.show_presence_to(uuid) is
  'Shows the caller''s training again to somebody it was hidden from: {visible, hiddenFrom}.';

create or replace function public.export_my_data() returns jsonb
language sql stable
set search_path = ''
as $$
  select private.export_person()
    || jsonb_build_object('presenceSettings', private.presence_settings_of(private.caller()))
$$;
comment on function public.export_my_data() is
  'Everything about the caller in one document: {profile, friendships, workouts, participations, sets, '
  'messages, reactions, quickReactions, invitations, presence, presenceSettings}.';

create function private.forget_sign_ins(p_at timestamptz) returns void
language sql
set search_path = ''
as $$
  delete from private.revoked_sign_ins r
  where r.id in (
    select n.id from private.revoked_sign_ins n
    -- A week is the longest that the platform lets an access token live.
    where n.revoked_at < p_at - interval '8 days'
    order by n.revoked_at limit 500 for update skip locked
  )
$$;
comment on function private.forget_sign_ins(timestamptz) is 'Forgets ended sign-ins whose tokens have expired.';

create or replace function private.run_janitor(at timestamptz default now()) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_done jsonb := '{}';
begin
  -- Sessions before anything else, for that is the order in which everybody else locks.
  v_done := v_done || jsonb_build_object('sessionsEnded', private.end_forgotten_sessions(at));
  v_done := v_done || jsonb_build_object('peopleLeft', private.let_silent_people_leave(at));
  v_done := v_done || private.run_clock(at);
  v_done := v_done || jsonb_build_object('rowsDropped', private.drop_old_history(at));
  v_done := v_done || jsonb_build_object('invitationsExpired', private.expire_invitations(at));
  v_done := v_done || jsonb_build_object('presencesCleared', private.clear_presence(at));
  perform private.clear_rate_limits(at);
  perform private.clear_idempotency_keys(at);
  perform private.settle_topics(at);
  perform private.forget_sign_ins(at);
  return v_done;
end
$$;

revoke all on function
  private.follow_removal(), private.part_in_session(uuid, uuid), private.follow_friendships(),
  private.revoke_sign_in(), private.show_presence(boolean), private.hide_presence(uuid, boolean),
  private.forget_sign_ins(timestamptz), public.get_presence_settings(),
  public.set_presence_visibility(boolean), public.hide_presence_from(uuid), public.show_presence_to(uuid)
from public, anon, authenticated;
grant execute on function
  private.show_presence(boolean), private.hide_presence(uuid, boolean), private.presence_settings_of(uuid),
  public.get_presence_settings(), public.set_presence_visibility(boolean),
  public.hide_presence_from(uuid), public.show_presence_to(uuid)
to authenticated;
