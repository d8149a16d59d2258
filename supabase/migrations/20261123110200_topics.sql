-- Topics that move. Realtime asks who may listen when a channel is joined and then only when its token is
-- renewed: whoever is shut out would go on hearing a channel that they have open. So what they had open goes
-- silent, and everything goes on under a name that only those who may listen can join.

create table private.topics (
  name text primary key,
  key text,
  moved_at timestamptz not null
);
comment on table private.topics is
  'Topics that have moved: what is meant for <name> goes to <name>:<key>, or to <name> while there is no key.';
create index topics_moved_at_idx on private.topics (moved_at);
comment on index private.topics_moved_at_idx is 'Serves giving topics their plain name back.';
revoke all on private.topics from public, anon, authenticated;

create function private.topic(p_name text) returns text
language sql stable security definer
set search_path = ''
as $$ select p_name || coalesce((select ':' || t.key from private.topics t where t.name = p_name), '') $$;
comment on function private.topic(text) is
  'Where what is meant for a topic goes now. Definer: clients learn topics one by one, those they may join.';

create function private.move_topics(p_names text[]) returns void
language plpgsql
set search_path = ''
as $$
declare
  v_name text;
  v_old text;
begin
  -- In one order everywhere, so that two who move the same topics never wait for each other.
  for v_name in select distinct n from unnest(p_names) n where n is not null order by n loop
    insert into private.topics (name, moved_at) values (v_name, clock_timestamp()) on conflict do nothing;
    select t.name || coalesce(':' || t.key, '') into v_old
    from private.topics t where t.name = v_name for update;
    update private.topics t
    set key = replace(gen_random_uuid()::text, '-', ''), moved_at = clock_timestamp()
    where t.name = v_name;
    -- The new name is not in it: who may join asks for it.
    perform realtime.send('{}', 'channel_moved', v_old, true);
  end loop;
end
$$;
comment on function private.move_topics(text[]) is
  'Moves topics away from whoever listens now, and tells them to ask again where.';

create function private.settle_topics(p_at timestamptz) returns bigint
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
  'Gives topics their plain name back, once nobody can be listening there with an old token any more.';

create or replace function private.topic_session_id(p_topic text) returns uuid
language sql immutable parallel safe
set search_path = ''
as $$
  select case
    when p_topic ~ '^live_session:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(:[0-9a-f]{32})?$'
      then split_part(p_topic, ':', 2)::uuid
  end
$$;
create or replace function private.topic_user_id(p_topic text, p_kind text) returns uuid
language sql immutable parallel safe
set search_path = ''
as $$
  select case
    when p_topic ~ ('^' || p_kind || ':[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(:[0-9a-f]{32})?$')
      then split_part(p_topic, ':', 2)::uuid
  end
$$;
comment on function private.topic_user_id(text, text) is
  'The person a topic <kind>:<user id>[:<key>] belongs to, or NULL for any other topic.';

create table private.revoked_sign_ins (
  id text primary key,
  user_id uuid not null,
  revoked_at timestamptz not null default clock_timestamp()
);
comment on table private.revoked_sign_ins is
  'Sign-ins that were ended before their access tokens expire: what the claim session_id of such a token says.';
create index revoked_sign_ins_user_id_idx on private.revoked_sign_ins (user_id, revoked_at);
comment on index private.revoked_sign_ins_user_id_idx is
  'Serves whether somebody may be listening to whom they no longer should.';
create index revoked_sign_ins_revoked_at_idx on private.revoked_sign_ins (revoked_at);
comment on index private.revoked_sign_ins_revoked_at_idx is 'Serves forgetting those whose tokens have expired.';
revoke all on private.revoked_sign_ins from public, anon, authenticated;

create function private.is_signed_out() returns boolean
language sql stable security definer
set search_path = ''
as $$
  select exists (
    select from private.revoked_sign_ins r
    where r.id = nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'session_id'
  )
$$;
comment on function private.is_signed_out() is
  'Whether the caller''s access token is of a sign-in that has been ended. Definer: the list is nobody''s.';

create function private.may_hear(p_topic text) returns boolean
language sql stable security definer
set search_path = ''
as $$
  select not private.is_signed_out() and case split_part(p_topic, ':', 1)
    when 'live_session' then
      private.topic_session_id(p_topic) in (select private.current_session_ids())
      and p_topic = private.topic('live_session:' || private.topic_session_id(p_topic))
    when 'user' then
      private.topic_user_id(p_topic, 'user') = (select auth.uid())
      and p_topic = private.topic('user:' || (select auth.uid()))
    when 'workout_presence' then
      private.topic_user_id(p_topic, 'workout_presence') = (select auth.uid())
      or (
        private.topic_user_id(p_topic, 'workout_presence') in (select private.friend_ids())
        -- Where a topic has moved away from nothing is said any more: a friend from whom somebody hides
        -- may listen there, and cannot tell.
        and not (
          p_topic = private.topic('workout_presence:' || private.topic_user_id(p_topic, 'workout_presence'))
          and private.topic_user_id(p_topic, 'workout_presence') in (select private.hiding_ids())
        )
      )
    else false
  end
$$;
comment on function private.may_hear(text) is
  'Whether the caller may listen to a topic: live_session, people in it now; user, that person; '
  'workout_presence, that person and their friends, but for whom they hide from. Definer: hiding and moved '
  'topics are not the caller''s to know.';

alter policy live_workout_channels_select on realtime.messages
using (
  messages.extension in ('broadcast', 'presence')
  -- Asked once for a statement, however many partitions it looks into.
  and (select coalesce(private.may_hear(realtime.topic()), false))
);
alter policy live_session_channel_insert on realtime.messages
with check (
  messages.extension = 'presence'
  and (
    select private.topic_session_id(realtime.topic()) is not null
      and coalesce(private.may_hear(realtime.topic()), false)
  )
);

create or replace function private.broadcast_event() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  perform realtime.send(private.event_json(new), 'live_event',
    private.topic('live_session:' || new.session_id), true);
  return null;
end
$$;

create or replace function private.broadcast_presence() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  -- A mere sign of life is passed on once a minute: often enough to tell it from being gone.
  if tg_op = 'UPDATE'
    and to_jsonb(new) - 'last_updated_at' = to_jsonb(old) - 'last_updated_at'
    and new.last_updated_at < old.last_updated_at + interval '1 minute'
  then
    return null;
  end if;
  if private.is_invisible(new.user_id) then
    return null;
  end if;
  -- A new workout: friends who were signed out since the last one may still have the channel open.
  if (tg_op = 'INSERT' or new.workout_started_at <> old.workout_started_at)
    and private.has_signed_out_friends(new.user_id)
  then
    perform private.move_topics(array['workout_presence:' || new.user_id]);
  end if;
  perform realtime.send(private.presence_json(new), 'presence_update',
    private.topic('workout_presence:' || new.user_id), true);
  return null;
end
$$;

create function private.friends_of(p_user_id uuid) returns setof uuid
language sql stable
set search_path = ''
as $$
  select f.friend_id from public.friendships f where f.user_id = p_user_id and f.status = 'friends'
  union
  select f.user_id from public.friendships f where f.friend_id = p_user_id and f.status = 'friends'
$$;
comment on function private.friends_of(uuid) is
  'Everyone whose friendship with a person is on record, blocked meanwhile or not.';

create function private.has_signed_out_friends(p_user_id uuid) returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
    select from private.friends_of(p_user_id) f (id)
    join private.revoked_sign_ins r on r.user_id = f.id
    where r.revoked_at > coalesce(
      (select t.moved_at from private.topics t where t.name = 'workout_presence:' || p_user_id), '-infinity')
  )
$$;
comment on function private.has_signed_out_friends(uuid) is
  'Whether a friend was signed out since a person''s presence last moved.';

create or replace function private.broadcast_quick_reaction() returns trigger
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
  )), 'quick_reaction', private.topic('user:' || new.to_user_id), true)
  from public.users u
  where u.id = new.from_user_id;
  return null;
end
$$;

create or replace function private.broadcast_invitation() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_payload jsonb := private.invitation_json(new);
  v_to_recipient text := private.topic('user:' || new.recipient_id);
  v_is_new boolean := new.status = 'pending'
    and (tg_op = 'INSERT' or old.status <> 'pending' or old.created_at <> new.created_at);
begin
  -- Across a block an invitation is as if it had never been.
  if private.is_blocked_between(new.host_id, new.recipient_id) then
    return null;
  end if;
  if v_is_new then
    perform realtime.send(v_payload, 'invitation_received', v_to_recipient, true);
  else
    perform realtime.send(v_payload, 'invitation_updated', v_to_recipient, true);
    perform realtime.send(v_payload, 'invitation_updated', private.topic('user:' || new.host_id), true);
  end if;
  return null;
end
$$;

create function private.topic_for_caller(p_session_id uuid) returns jsonb
language sql stable
set search_path = ''
as $$
  select case
    when p_session_id in (select private.current_session_ids())
      then jsonb_build_object('topic', private.topic('live_session:' || p_session_id))
    else '{}'
  end
$$;
comment on function private.topic_for_caller(uuid) is
  'The member of an answer that says where the events of a session are broadcast, for people in it.';

create or replace function public.get_live_session_snapshot(session_id_param uuid) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_session public.live_sessions := private.require_visible(session_id_param);
begin
  return jsonb_build_object(
    'session', private.session_json(v_session),
    'participants', (
      select coalesce(jsonb_agg(private.participant_json(p) order by p.joined_at, p.id), '[]')
      from public.live_session_participants p
      where p.session_id = session_id_param
    ),
    'recentEvents', (
      select coalesce(jsonb_agg(private.event_json(e) order by e.seq), '[]')
      from public.live_session_events e
      where e.session_id = session_id_param and e.seq > v_session.last_event_seq - 50
    ),
    'lastSeq', v_session.last_event_seq,
    'serverNow', private.epoch_ms(clock_timestamp())
  ) || private.topic_for_caller(session_id_param);
end
$$;
comment on function public.get_live_session_snapshot(uuid) is
  'Everything for joining late or coming back: {session, participants, recentEvents, lastSeq, topic?, '
  'serverNow}. Who sees the session from outside gets no participants and no events, and no topic.';

create or replace function public.get_live_session_events(
  session_id_param uuid, after_param bigint default 0, limit_param integer default 100
) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_events jsonb;
  v_last bigint;
begin
  perform private.require_insight(session_id_param);
  perform private.require(after_param >= 0, 'after is the number of an event, 0 for all.');
  perform private.require(limit_param between 1 and 500, 'limit lies between 1 and 500.');
  select
    coalesce(jsonb_agg(private.event_json(p.event) order by (p.event).seq), '[]'),
    coalesce(max((p.event).seq), after_param)
  into v_events, v_last
  from (
    select e as event from public.live_session_events e
    where e.session_id = session_id_param and e.seq > after_param
    order by e.seq
    limit limit_param
  ) p;
  return jsonb_build_object(
    'events', v_events,
    'lastSeq', v_last,
    'hasMore', exists (
      select from public.live_session_events e where e.session_id = session_id_param and e.seq > v_last
    ),
    'serverNow', private.epoch_ms(clock_timestamp())
  ) || private.topic_for_caller(session_id_param);
end
$$;
comment on function public.get_live_session_events(uuid, bigint, integer) is
  'The events after a number, in order: {events, lastSeq, hasMore, topic?, serverNow}. lastSeq is the number '
  'to ask after next; topic is where the coming ones are broadcast, for people in the session.';

create function private.topics_of_caller() returns jsonb
language plpgsql stable security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
begin
  return jsonb_build_object(
    'user', private.topic('user:' || v_caller),
    'presence', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'userId', f.id,
        'topic', case
          -- Like the topic of somebody whose has never moved; nothing is said there.
          when f.id in (select private.hiding_ids()) then 'workout_presence:' || f.id
          else private.topic('workout_presence:' || f.id)
        end
      ) order by f.id), '[]')
      from private.friend_ids() f (id)
    )
  );
end
$$;
comment on function private.topics_of_caller() is
  'Where the caller hears of themselves and of their friends. Definer: it knows who hides from the caller.';

create function public.live_topics() returns jsonb
language sql stable
set search_path = ''
as $$ select private.topics_of_caller() $$;
comment on function public.live_topics() is
  'The private channels of the caller: {user, presence: [{userId, topic}]}, one for what concerns them alone '
  'and one for each friend. To be asked again when a channel says channel_moved.';

-- A sign-in that was ended is nobody's any more, though its access token has not expired.
create or replace function private.caller() returns uuid
language plpgsql stable
set search_path = ''
as $$
declare
  v_caller uuid := (select auth.uid());
begin
  if v_caller is null or private.is_signed_out() then
    perform private.refuse('unauthenticated', 'Sign in first.');
  end if;
  return v_caller;
end
$$;

create or replace function private.joined_session_ids() returns setof uuid
language sql stable security definer
set search_path = ''
as $$
  select p.session_id
  from public.live_session_participants p
  where p.user_id = (select auth.uid())
    and not (select private.is_signed_out())
    and not exists (
      select from private.live_session_removals r
      where r.session_id = p.session_id and r.user_id = p.user_id
    )
$$;

create or replace function private.shown_presence_ids() returns setof uuid
language sql stable security definer
set search_path = ''
as $$
  select f.id from private.friend_ids() f (id)
  where not private.is_invisible(f.id) and not (select private.is_signed_out())
  except
  select private.hiding_ids()
$$;

revoke all on function
  private.topic(text), private.move_topics(text[]), private.settle_topics(timestamptz),
  private.is_signed_out(), private.may_hear(text), private.friends_of(uuid),
  private.has_signed_out_friends(uuid), private.topic_for_caller(uuid), private.topics_of_caller(),
  public.live_topics()
from public, anon, authenticated;
grant execute on function
  private.topic(text), private.is_signed_out(), private.may_hear(text), private.topic_for_caller(uuid),
  private.topics_of_caller(), public.live_topics()
to authenticated;
grant execute on function private.is_signed_out(), private.may_hear(text) to service_role;
