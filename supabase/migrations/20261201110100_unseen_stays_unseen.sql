-- A topic that moves tells that somebody trains. So it does not move for who trains unseen, until they are seen again;
-- and nobody gets a plain name back that a friend of theirs is told for want of a better.

create or replace function private.broadcast_presence() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_unrefreshed public.workout_presence := old;
  v_display_name text;
  v_avatar_url text;
  v_visible boolean;
  v_topic text := 'workout_presence:' || new.user_id;
  v_key text;
  v_called text;
begin
  -- A mere sign of life is passed on once in every minute of the clock, however often it comes: often enough
  -- to tell it from being gone.
  if tg_op = 'UPDATE'
    and date_trunc('minute', new.last_updated_at) = date_trunc('minute', old.last_updated_at)
  then
    v_unrefreshed.last_updated_at := new.last_updated_at;
    if new is not distinct from v_unrefreshed then
      return null;
    end if;
  end if;
  -- A new workout: friends who were signed out since the last one may still have the channel open.
  if (tg_op = 'INSERT' or new.workout_started_at <> old.workout_started_at)
    and not private.is_invisible(new.user_id)
    and private.has_signed_out_friends(new.user_id)
  then
    perform private.move_topics(array[v_topic]);
  end if;
  select u.display_name, u.avatar_url, coalesce(s.visible, true), t.key
  into v_display_name, v_avatar_url, v_visible, v_key
  from public.users u
  left join private.presence_settings s on s.user_id = u.id
  left join private.topics t on t.name = v_topic
  where u.id = new.user_id;
  if v_visible then
    v_called := realtime.send(private.presence_object(new, v_display_name, v_avatar_url), 'presence_update',
      v_topic || coalesce(':' || v_key, ''), true);
  end if;
  return null;
end
$$;

create or replace function private.revoke_sign_in() returns trigger
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
  -- Friends who do not train now, or not to be seen, say nothing; when they do again, their topic moves.
  perform private.move_topics(array(
    select 'live_session:' || p.session_id from public.live_session_participants p
    where p.user_id = old.user_id and p.left_at is null
    union all
    select 'user:' || old.user_id
    union all
    select 'workout_presence:' || w.user_id from public.workout_presence w
    where w.user_id in (select private.friends_of(old.user_id))
      and not private.is_gone(w.last_updated_at) and not private.is_invisible(w.user_id)
  ));
  return null;
end
$$;

create or replace function private.show_presence(p_visible boolean) returns jsonb
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
    elsif private.has_signed_out_friends(v_caller) then
      -- Friends who were signed out while nothing was said may still have the channel open.
      perform private.move_topics(array['workout_presence:' || v_caller]);
    end if;
    perform realtime.send(private.presence_json(v_presence), 'presence_update',
      private.topic('workout_presence:' || v_caller), true);
  end if;
  return private.presence_settings_of(v_caller);
end
$$;

create or replace function private.settle_topics(p_at timestamptz) returns bigint
language plpgsql
set search_path = ''
as $$
declare
  v_topic private.topics;
  v_count bigint := 0;
begin
  for v_topic in
    select t.* from private.topics t
    -- A week is the longest that the platform lets an access token live.
    where t.moved_at < p_at - interval '8 days'
      -- A friend from whom somebody hides is told the plain name, and may listen there because nothing is said.
      and not exists (
        select from private.presence_hidden_from h where t.name = 'workout_presence:' || h.user_id
      )
    order by t.name limit 500 for update skip locked
  loop
    delete from private.topics t where t.name = v_topic.name;
    if v_topic.key is not null then
      perform realtime.send('{}', 'channel_moved', v_topic.name || ':' || v_topic.key, true);
    end if;
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;
comment on function private.settle_topics(timestamptz) is
  'Gives topics their plain name back, once nobody can be listening there with an old token any more, unless '
  'somebody hides there from a friend.';
