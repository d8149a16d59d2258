-- Who is shut out hears nothing from that moment on: the topic that they had open goes silent, and the one
-- that everything moves to is not theirs to join. What is sent is asked of realtime.messages, where Realtime
-- takes it from.
begin;
select plan(72);

create function pg_temp.base(p_kind text, p_id uuid) returns text language sql as $$ select p_kind || ':' || p_id $$;
create function pg_temp.hears(p_who text, p_topic text) returns boolean language plpgsql as $$
declare
  v_rows bigint;
begin
  insert into realtime.messages (topic, extension, event, private) values (p_topic, 'broadcast', 'probe', true);
  perform set_config('realtime.topic', p_topic, true);
  perform tests.become(p_who);
  select count(*) into v_rows from realtime.messages m where m.event = 'probe';
  perform tests.become_owner();
  delete from realtime.messages m where m.event = 'probe';
  return v_rows > 0;
end $$;
create temporary table heard_before (id uuid primary key);
grant all on heard_before to public;
-- What was sent to a topic since the last call, oldest first.
create function pg_temp.sent(p_topic text) returns text language plpgsql as $$
declare
  v_events text;
begin
  select string_agg(coalesce(m.payload ->> 'type', m.event), ' ' order by m.inserted_at, (m.payload ->> 'seq')::bigint) into v_events
  from realtime.messages m where m.topic = p_topic and m.id not in (select h.id from heard_before h);
  insert into heard_before select m.id from realtime.messages m on conflict do nothing;
  return coalesce(v_events, '');
end $$;
create function pg_temp.say(p_who text, p_session text) returns text language sql as $$
  select tests.act(p_who, format('insert into public.live_session_messages (session_id, message) values (%L, ''hi'')', tests.session(p_session)))
$$;
create function pg_temp.topic_of(p_who text, p_session text) returns text language sql as $$
  select tests.fetch(p_who, format('select public.get_live_session_events(%L) ->> ''topic''', tests.session(p_session))) #>> '{}'
$$;
create function pg_temp.presence_topic(p_who text, p_friend text) returns text language sql as $$
  select t ->> 'topic' from jsonb_array_elements(tests.fetch(p_who, 'select public.live_topics()') -> 'presence') t
  where t ->> 'userId' = tests.id(p_friend)::text
$$;

-- Three in a session, all friends of the host.
do $$
declare
  v_name text;
  v_session uuid;
begin
  foreach v_name in array array['host', 'ann', 'ben', 'cat', 'far'] loop
    perform tests.create_person(v_name);
  end loop;
  foreach v_name in array array['ann', 'ben', 'cat', 'far'] loop
    perform tests.befriend('host', v_name);
  end loop;
  perform tests.befriend('ann', 'ben');
  perform tests.become('host');
  v_session := public.open_live_session('shared', 'Scene', null, 'friends') -> 'session' ->> 'id';
  foreach v_name in array array['ann', 'ben', 'cat'] loop
    perform tests.become(v_name);
    perform public.join_live_session(v_session);
  end loop;
  perform tests.become('host');
  perform public.start_live_session(v_session);
  perform tests.become_owner();
  perform set_config('tests.s', v_session::text, true);
end $$;
create temporary table plain as select pg_temp.base('live_session', tests.session('s')) as topic;
grant select on plain to public;
select pg_temp.sent('');

-- Before anybody is shut out everything is where the contract says.
select is(pg_temp.topic_of('ann', 's'), (select topic from plain), 'a topic has its plain name');
select is(tests.fetch('ann', format('select public.get_live_session_snapshot(%L) ->> ''topic''', tests.session('s'))) #>> '{}', (select topic from plain),
  'the snapshot says the same');
select is(tests.fetch('far', format('select public.get_live_session_snapshot(%L) ? ''topic''', tests.session('s'))), 'false',
  'who sees the session from outside is told no topic');
select is(pg_temp.say('ann', 's'), '1 rows', 'somebody says something');
select is(pg_temp.sent((select topic from plain)), 'message', 'it goes to the plain topic');
select is(tests.fetch('ann', 'select public.live_topics() ->> ''user''') #>> '{}', 'user:' || tests.id('ann'), 'one''s own channel');
select is(tests.fetch('ann', 'select public.live_topics() -> ''presence'''), (
  select jsonb_agg(jsonb_build_object('userId', i, 'topic', 'workout_presence:' || i) order by i) from unnest(array[tests.id('host'), tests.id('ben')]) i
), 'and one for each friend');
select is(tests.attempt('anon', 'select public.live_topics()'), '42501', 'anon has none');
select is(tests.attempt('nobody', 'select public.live_topics()'), '1 rows', 'an account that is gone has an own one, of no use');

-- Leaving is no shutting out: whoever was in it may read it anyway.
select is(tests.act('cat', format('select public.leave_live_session(%L)', tests.session('s'))), '1 rows', 'somebody leaves');
select is(pg_temp.sent((select topic from plain)), 'user_left', 'and hears it');
select is(pg_temp.topic_of('cat', 's'), null, 'they are told no topic any more');
select is(pg_temp.topic_of('ann', 's'), (select topic from plain), 'it has not moved');
select is(pg_temp.hears('cat', (select topic from plain)), false, 'they cannot join its channel');
select is(tests.act('cat', format('select public.join_live_session(%L)', tests.session('s'))), '1 rows', 'they come back');
select is(pg_temp.hears('cat', (select topic from plain)), true, 'and can');
select pg_temp.sent('');

-- Removing somebody.
select is(tests.act('host', format('select public.remove_live_session_participant(%L, %L)', tests.session('s'), tests.id('cat'))), '1 rows', 'the host removes somebody');
select is(pg_temp.sent((select topic from plain)), 'channel_moved', 'the last that is heard on the topic is that it has moved');
select matches(pg_temp.topic_of('ann', 's'), '^' || (select topic from plain) || ':[0-9a-f]{32}$', 'whoever is in it is told where to');
select is(pg_temp.hears('ann', pg_temp.topic_of('ann', 's')), true, 'and can join there');
select is(pg_temp.hears('host', pg_temp.topic_of('ann', 's')), true, 'so can the host');
select is(pg_temp.hears('cat', pg_temp.topic_of('ann', 's')), false, 'who was removed cannot, even knowing its name');
select is(pg_temp.hears('ann', (select topic from plain)), false, 'nobody joins where nothing is said any more');
select is(pg_temp.say('ann', 's'), '1 rows', 'somebody says something');
select is(pg_temp.sent((select topic from plain)), '', 'nothing of it goes to the old topic');
select is(pg_temp.say('ben', 's'), '1 rows', 'and again');
select is(pg_temp.sent(pg_temp.topic_of('ann', 's')), 'message', 'it goes to the new one');
select is(tests.attempt('cat', format('select public.get_live_session_events(%L)', tests.session('s'))), 'PT404 session_not_found', 'who was removed reads nothing either');

-- A host who blocks a guest sends them away.
create temporary table topic_1 as select pg_temp.topic_of('ann', 's') as topic;
grant select on topic_1 to public;
select is(tests.act('host', format('update public.friendships set status = ''blocked'' where friend_id = %L', tests.id('ben'))), '1 rows', 'the host blocks a guest');
select is(pg_temp.sent((select topic from topic_1)), 'channel_moved', 'the topic moves again');
select isnt(pg_temp.topic_of('ann', 's'), (select topic from topic_1), 'to yet another name');
select is(tests.fetch('ann', format('select jsonb_agg(e) from jsonb_array_elements(public.get_live_session_events(%L, 0) -> ''events'') e where e ->> ''type'' = ''user_left'' and e ->> ''userId'' = %L and e -> ''data'' @> ''{"removed": true}''', tests.session('s'), tests.id('ben'))) is not null, true,
  'the others see the guest go');
select is(tests.attempt('ben', format('select public.get_live_session_events(%L)', tests.session('s'))), 'PT404 session_not_found', 'the guest sees nothing any more');
select is(pg_temp.hears('ben', pg_temp.topic_of('ann', 's')), false, 'and hears nothing');
select isnt(private.topic(pg_temp.base('workout_presence', tests.id('host'))), pg_temp.base('workout_presence', tests.id('host')), 'the host''s presence has moved too');
select is(pg_temp.hears('ben', private.topic(pg_temp.base('workout_presence', tests.id('host')))), false, 'away from the guest');
select is(pg_temp.hears('ann', private.topic(pg_temp.base('workout_presence', tests.id('host')))), true, 'not from the others');
select is(pg_temp.presence_topic('ann', 'host'), private.topic(pg_temp.base('workout_presence', tests.id('host'))), 'who are told where to');
select is(pg_temp.presence_topic('ben', 'host'), null, 'the blocked is told none');

-- A guest who blocks somebody goes: they may send nobody away.
select is(tests.act('host', format('select public.invite_to_live_session(%L, array[%L]::uuid[])', tests.session('s'), tests.id('far'))), '1 rows', 'another friend is invited');
select is(tests.act('far', format('select public.join_live_session(%L)', tests.session('s'))), '1 rows', 'and comes');
select pg_temp.sent('');
select is(tests.act('far', format('insert into public.friendships (user_id, friend_id, status) values (%L, %L, ''blocked'')', tests.id('far'), tests.id('ann'))), '1 rows', 'a guest blocks another');
select is((select p.left_at is null from public.live_session_participants p where p.session_id = tests.session('s') and p.user_id = tests.id('ann')), true, 'who stays');
select is((select p.left_at is null from public.live_session_participants p where p.session_id = tests.session('s') and p.user_id = tests.id('far')), false, 'the blocker has gone');
select is(pg_temp.topic_of('ann', 's') is not null, true, 'and the one who is blocked is none the wiser');
-- A guest who blocks the host goes as well.
select is(tests.act('ann', format('update public.friendships set status = ''blocked'' where user_id = %L and friend_id = %L', tests.id('host'), tests.id('ann'))), 'PT403 permission_denied', 'only the owner of a row blocks with it');
select is(tests.act('ann', format('insert into public.friendships (user_id, friend_id, status) values (%L, %L, ''blocked'')', tests.id('ann'), tests.id('host'))), '1 rows', 'a guest blocks the host');
select is((select p.left_at is null from public.live_session_participants p where p.session_id = tests.session('s') and p.user_id = tests.id('ann')), false, 'and has gone');
select is((select s.status::text from public.live_sessions s where s.id = tests.session('s')), 'active', 'the session goes on');

-- Someone who had left a session in which their blocker still is loses sight of it.
do $$
declare
  v_session uuid;
begin
  perform tests.create_person('dan');
  perform tests.create_person('eve');
  perform tests.befriend('dan', 'eve');
  perform tests.become('dan');
  v_session := public.open_live_session('shared', 'Two', null, 'friends') -> 'session' ->> 'id';
  perform tests.become('eve');
  perform public.join_live_session(v_session);
  perform public.leave_live_session(v_session);
  perform tests.become_owner();
  perform set_config('tests.t', v_session::text, true);
end $$;
select is(tests.attempt('eve', format('select public.get_live_session_events(%L)', tests.session('t'))), '1 rows', 'who left reads on');
select is(tests.act('dan', format('update public.friendships set status = ''blocked'' where user_id = %L', tests.id('dan'))), '1 rows', 'until they are blocked by somebody in it');
select is(tests.attempt('eve', format('select public.get_live_session_events(%L)', tests.session('t'))), 'PT404 session_not_found', 'then no more');
select matches(pg_temp.topic_of('dan', 't'), ':[0-9a-f]{32}$', 'and what they may have open is silent');

-- Ceasing to be friends.
do $$ begin
  perform tests.create_person('gus');
  perform tests.create_person('hal');
  perform tests.befriend('gus', 'hal');
  perform tests.become('gus');
  perform public.heartbeat_presence('working_out');
  perform tests.become_owner();
end $$;
select pg_temp.sent('');
select is(tests.act('gus', format('update public.friendships set status = ''none'' where user_id = %L', tests.id('gus'))), '1 rows', 'somebody ends a friendship');
select is(pg_temp.sent(pg_temp.base('workout_presence', tests.id('gus'))), 'channel_moved', 'their presence moves');
select is(private.topic(pg_temp.base('workout_presence', tests.id('hal'))) ~ ':[0-9a-f]{32}$', true, 'and the other''s');
select is(pg_temp.hears('hal', private.topic(pg_temp.base('workout_presence', tests.id('gus')))), false, 'who cannot follow');
select is(pg_temp.hears('hal', pg_temp.base('workout_presence', tests.id('gus'))), false, 'nor join where it was');

-- Signing out ends what the access token could hear, though the token lives on.
do $$ begin
  perform tests.create_person('ida');
  perform tests.create_person('jon');
  perform tests.befriend('ida', 'jon');
  perform tests.become('jon');
  perform public.heartbeat_presence('working_out');
  perform tests.become_owner();
  insert into auth.sessions (id, user_id, created_at, updated_at)
  values ('5e551000-0000-4000-8000-000000000001', tests.id('ida'), now(), now());
end $$;
create function pg_temp.become_signed_in(p_who text, p_sign_in text) returns void language plpgsql as $$
begin
  perform tests.become(p_who);
  perform set_config('request.jwt.claims', (current_setting('request.jwt.claims')::jsonb || jsonb_build_object('session_id', p_sign_in))::text, true);
end $$;
create function pg_temp.topics_with(p_who text, p_sign_in text) returns text language plpgsql as $$
declare
  v_answer jsonb;
begin
  perform pg_temp.become_signed_in(p_who, p_sign_in);
  v_answer := public.live_topics();
  perform tests.become_owner();
  return 'topics';
exception when sqlstate 'PT401' then
  perform tests.become_owner();
  return sqlerrm;
end $$;
select is(pg_temp.topics_with('ida', '5e551000-0000-4000-8000-000000000001'), 'topics', 'a token of a sign-in that goes on');
select pg_temp.sent('');
delete from auth.sessions where id = '5e551000-0000-4000-8000-000000000001';
select is(pg_temp.topics_with('ida', '5e551000-0000-4000-8000-000000000001'), 'unauthenticated', 'is refused once that is over');
select is(pg_temp.topics_with('ida', '5e551000-0000-4000-8000-000000000002'), 'topics', 'one of another sign-in is not');
select is(private.topic(pg_temp.base('user', tests.id('ida'))) ~ ':[0-9a-f]{32}$', true, 'their own channel has moved');
select is(private.topic(pg_temp.base('workout_presence', tests.id('jon'))) ~ ':[0-9a-f]{32}$', true, 'and that of the friend who trains');
select is((select count(*) from private.revoked_sign_ins r where r.user_id = tests.id('ida')), 1::bigint, 'it is remembered');
-- A friend who did not train then: their topic moves when they begin.
do $$ begin
  perform tests.create_person('kim');
  perform tests.befriend('kim', 'ida');
  perform tests.become('kim');
  perform public.heartbeat_presence('working_out');
  perform tests.become_owner();
end $$;
select is(private.topic(pg_temp.base('workout_presence', tests.id('kim'))) ~ ':[0-9a-f]{32}$', true, 'a friend who begins to train moves away');

-- Deleting an account: whoever holds its token hears nothing either.
do $$ begin
  perform tests.become('jon');
  perform public.open_live_session('shared', 'Jon', null, 'friends');
  perform tests.become('ida');
  perform public.join_live_session((select s.id from public.live_sessions s where s.name = 'Jon'));
  perform tests.become_owner();
end $$;
delete from auth.users where id = tests.id('ida');
select is((select private.topic('live_session:' || s.id) ~ ':[0-9a-f]{32}$' from public.live_sessions s where s.name = 'Jon'), true, 'the session''s topic moves from a deleted account');

-- Plain names come back once no old token can be alive.
create temporary table moved as select t.name, t.key from private.topics t;
select is(private.settle_topics(now() + interval '7 days'), 0::bigint, 'not within a week');
select is(private.settle_topics(now() + interval '9 days'), (select count(*) from moved), 'after it, all');
select is((select count(*) from private.topics), 0::bigint, 'none is left');
select is((select bool_and(exists (select from realtime.messages r where r.topic = m.name || ':' || m.key and r.event = 'channel_moved')) from moved m), true, 'and whoever listens is told');
select lives_ok($$select private.forget_sign_ins(now() + interval '9 days')$$);
select is((select count(*) from private.revoked_sign_ins), 0::bigint, 'sign-ins are forgotten as well');
select * from finish();
rollback;
