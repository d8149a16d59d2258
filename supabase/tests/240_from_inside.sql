-- What definers answer in one piece is what the policies show of each table: to every kind of person, and to people
-- in one session of whom one blocks the other. Who is signed out is refused by each of them.
begin;
select plan(25);

do $$
declare
  v_visibility text;
  v_status text;
begin
  foreach v_visibility in array array['private', 'friends', 'public'] loop
    foreach v_status in array array['pending', 'active', 'ended'] loop
      perform tests.scene(v_visibility || '_' || v_status, v_status, v_visibility);
    end loop;
    perform tests.scene(v_visibility || '_blocking', 'active', v_visibility);
    update public.friendships f set status = 'blocked'
    where (f.user_id, f.friend_id) = (tests.id(v_visibility || '_blocking.host'), tests.id(v_visibility || '_blocking.participant'))
      or (f.friend_id, f.user_id) = (tests.id(v_visibility || '_blocking.host'), tests.id(v_visibility || '_blocking.participant'));
    -- Of two who train one hides from a friend, the other from everyone.
    perform tests.become(v_visibility || '_active.host');
    perform public.hide_presence_from(tests.id(v_visibility || '_active.friend'));
    perform tests.become(v_visibility || '_pending.host');
    perform public.set_presence_visibility(false);
    perform tests.become_owner();
  end loop;
end $$;
create function pg_temp.ids(p_answer jsonb, p_key text, p_member text) returns text[]
language sql
as $$ select array(select i ->> p_member from jsonb_array_elements(p_answer -> p_key) i order by 1) $$;

create function pg_temp.snapshot(p_session_id uuid) returns jsonb
language plpgsql
as $$
begin
  return public.get_live_session_snapshot(p_session_id);
exception when sqlstate 'PT404' then
  return '{}';
end
$$;

create function pg_temp.events(p_session_id uuid) returns jsonb
language plpgsql
as $$
begin
  return public.get_live_session_events(p_session_id, 2, 100);
exception when sqlstate 'PT404' or sqlstate 'PT403' then
  return '{}';
end
$$;

create temporary table answers (scene text, who text, what text, at_once text[], by_policy text[])
on commit drop;
do $$
declare
  v_case record;
  v_session uuid;
  v_id uuid;
  v_rows answers[];
begin
  for v_case in
    select v.visibility || '_' || s.status as scene, p.who
    from unnest(array['private', 'friends', 'public']) as v (visibility),
      unnest(array['pending', 'active', 'ended', 'blocking']) as s (status),
      unnest(array['host', 'participant', 'left', 'removed', 'invited', 'friend', 'blocked', 'blocker', 'stranger']) as p (who)
  loop
    v_session := tests.session(v_case.scene);
    v_id := tests.id(v_case.scene || '.' || v_case.who);
    perform tests.become(v_case.scene || '.' || v_case.who);
    v_rows := array[
      row(v_case.scene, v_case.who, 'mine',
        pg_temp.ids(public.browse_live_sessions('mine', limit_param => 100), 'items', 'id'),
        array(select s.id::text from public.live_sessions s
          where s.id = any (array(select private.joined_session_ids())) order by 1))::answers,
      row(v_case.scene, v_case.who, 'friends',
        pg_temp.ids(public.browse_live_sessions('friends', limit_param => 100), 'items', 'id'),
        array(select s.id::text from public.live_sessions s
          where s.host_id = any (array(select private.friend_ids())) order by 1))::answers,
      row(v_case.scene, v_case.who, 'public',
        pg_temp.ids(public.browse_live_sessions('public', limit_param => 100), 'items', 'id'),
        array(select s.id::text from public.live_sessions s
          where s.visibility = 'public' and s.status <> 'ended' order by 1))::answers,
      row(v_case.scene, v_case.who, 'session',
        array_remove(array[pg_temp.snapshot(v_session) -> 'session' ->> 'id'], null),
        array(select s.id::text from public.live_sessions s where s.id = v_session))::answers,
      row(v_case.scene, v_case.who, 'participants',
        pg_temp.ids(pg_temp.snapshot(v_session), 'participants', 'userId'),
        array(select p.user_id::text from public.live_session_participants p
          where p.session_id = v_session order by 1))::answers,
      row(v_case.scene, v_case.who, 'recent events',
        pg_temp.ids(pg_temp.snapshot(v_session), 'recentEvents', 'id'),
        array(select e.id::text from public.live_session_events e where e.session_id = v_session order by 1))::answers,
      row(v_case.scene, v_case.who, 'events',
        pg_temp.ids(pg_temp.events(v_session), 'events', 'id'),
        array(select e.id::text from public.live_session_events e
          where e.session_id = v_session and e.seq > 2 order by 1))::answers,
      row(v_case.scene, v_case.who, 'presence',
        pg_temp.ids(jsonb_build_object('items', public.friends_presence()), 'items', 'userId'),
        array(select w.user_id::text from public.workout_presence w
          where w.user_id <> v_id and w.status <> 'finished' order by 1))::answers
    ];
    perform tests.become_owner();
    insert into answers select r.* from unnest(v_rows) r;
  end loop;
end $$;

select is_empty(
  format('select * from answers a where a.what = %L and a.at_once is distinct from a.by_policy', w.what),
  w.what || ': the answer in one piece is what the policies show')
from unnest(array['mine', 'friends', 'public', 'session', 'participants', 'recent events', 'events', 'presence']) as w (what);
select set_eq(
  'select a.what from answers a where cardinality(a.at_once) > 0',
  array['mine', 'friends', 'public', 'session', 'participants', 'recent events', 'events', 'presence'],
  'of everything somebody sees something');

-- A sign-in that has ended, of a token that has not, whoever holds it.
insert into private.revoked_sign_ins (id, user_id) values ('over', tests.id('public_active.host'));
create function pg_temp.signed_out(p_who text, p_call text) returns text
language plpgsql
as $$
begin
  perform tests.become(p_who);
  perform set_config('request.jwt.claims',
    (current_setting('request.jwt.claims')::jsonb || '{"session_id": "over"}')::text, true);
  execute format('select public.' || p_call, tests.session('public_active'));
  perform tests.become_owner();
  return 'an answer';
exception when sqlstate 'PT401' then
  perform tests.become_owner();
  return sqlstate || ' ' || sqlerrm;
end
$$;
select is(pg_temp.signed_out('public_active.' || p.who, c.call), 'PT401 unauthenticated',
  p.who || ', signed out: ' || c.call)
from unnest(array['participant', 'friend']) as p (who),
  unnest(array['browse_live_sessions(''mine'')', 'browse_live_sessions(''friends'')',
    'browse_live_sessions(''public'')', 'browse_live_sessions(limit_param => 0)',
    'browse_live_sessions(cursor_param => ''x'')', 'get_live_session_snapshot(%L)',
    'get_live_session_events(%L)', 'friends_presence()']) as c (call);

select * from finish();
rollback;
