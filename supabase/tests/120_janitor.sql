-- What time alone changes, each at its time and not before; twice is as good as once.
begin;
select plan(29);

do $$ begin
  perform tests.scene('a', 'active');
  perform tests.scene('p', 'pending');
  perform tests.scene('e', 'ended');
end $$;
create function pg_temp.log(p_prefix text, p_after bigint) returns text language sql as $$
  select string_agg(e.type::text || coalesce(' ' || (e.event_data #>> '{data,timedOut}'), ''), ', ' order by e.seq) from public.live_session_events e
  where e.session_id = tests.session(p_prefix) and e.seq > p_after
$$;
create temporary table mark on commit drop as select s.last_event_seq as seq from public.live_sessions s where s.id = tests.session('a');

-- Nothing is due yet.
select is((select count(*) from public.live_session_participants p where p.session_id = tests.session('a') and p.left_at is null), 2::bigint, 'two are in it');
select private.run_janitor(now() + interval '9 minutes');
select is(pg_temp.log('a', (select seq from mark)), null, 'after nine minutes of silence nothing happens');

-- Somebody gives a sign of life; the host does not.
update public.live_session_participants p set last_active_at = now() + interval '9 minutes'
where p.session_id = tests.session('a') and p.user_id = tests.id('a.participant');
select private.run_janitor(now() + interval '11 minutes');
select is(pg_temp.log('a', (select seq from mark)), 'user_left true, host_changed, leader_changed', 'after eleven the silent have left, and the role passes on');
select is((select s.host_id from public.live_sessions s where s.id = tests.session('a')), tests.id('a.participant'), 'to whoever is there');
select is((select s.status::text from public.live_sessions s where s.id = tests.session('p')), 'pending', 'a pending session may wait');
select private.run_janitor(now() + interval '11 minutes');
select is(pg_temp.log('a', (select seq from mark)), 'user_left true, host_changed, leader_changed', 'twice is as good as once');
select private.run_janitor(now() + interval '20 minutes');
select is(pg_temp.log('a', (select seq from mark)), 'user_left true, host_changed, leader_changed, user_left true, session_ended', 'when the last is silent too the session ends');
select is((select count(*) from public.workouts w where w.user_id in (tests.id('a.host'), tests.id('a.participant'))), 2::bigint, 'with everybody''s workout');

-- A heartbeat is a sign of life.
do $$ begin
  perform tests.become('a.host');
  perform set_config('tests.h', public.open_live_session('shared') -> 'session' ->> 'id', true);
  perform public.start_live_session(tests.session('h'));
  perform tests.become_owner();
end $$;
update public.live_session_participants p set last_active_at = now() - interval '1 hour' where p.session_id = tests.session('h');
select is(tests.act('a.host', 'select public.heartbeat_presence()'), '1 rows', 'a heartbeat');
select private.run_janitor(now() + interval '5 minutes');
select is((select s.status::text from public.live_sessions s where s.id = tests.session('h')), 'active', 'keeps one in the session');

-- Rests.
update public.live_sessions s set rest_ends_at = now() + interval '90 seconds' where s.id = tests.session('h');
select private.run_janitor(now() + interval '89 seconds');
select isnt((select s.rest_ends_at from public.live_sessions s where s.id = tests.session('h')), null, 'a rest goes on to its end');
select private.run_janitor(now() + interval '90 seconds');
select is((select s.rest_ends_at from public.live_sessions s where s.id = tests.session('h')), null, 'and no further');
select is((select e.type::text from public.live_session_events e where e.session_id = tests.session('h') order by e.seq desc limit 1), 'rest_ended', 'with its event');
update public.live_sessions s set rest_ends_at = now() + interval '90 seconds', paused_at = now() where s.id = tests.session('h');
select private.run_janitor(now() + interval '3 minutes');
select isnt((select s.rest_ends_at from public.live_sessions s where s.id = tests.session('h')), null, 'a pause keeps what is left of it');
do $$ begin
  perform tests.become('a.host');
  perform public.end_live_session(tests.session('h'));
  perform tests.become_owner();
end $$;

-- Six hours without anything.
select private.run_janitor(now() + interval '5 hours 59 minutes');
select is((select s.status::text from public.live_sessions s where s.id = tests.session('p')), 'pending', 'a session nobody starts stays for six hours');
select private.run_janitor(now() + interval '6 hours 1 minute');
select is((select s.status::text from public.live_sessions s where s.id = tests.session('p')), 'ended', 'and is then called off');
select is((select s.summary ->> 'durationMs' from public.live_sessions s where s.id = tests.session('p')), '0', 'it never began');

-- Invitations, to a session in which something goes on.
do $$ begin perform tests.scene('i', 'pending'); end $$;
update public.live_session_participants p set last_active_at = now() + interval '1 day' where p.session_id = tests.session('i');
select private.run_janitor(now() + interval '23 hours 59 minutes');
select is((select i.status::text from public.live_session_invitations i where i.session_id = tests.session('i') and i.recipient_id = tests.id('i.invited')),
  'pending', 'an invitation stays for a day');
select private.run_janitor(now() + interval '24 hours 1 minute');
select is((select i.status::text from public.live_session_invitations i where i.session_id = tests.session('i') and i.recipient_id = tests.id('i.invited')),
  'expired', 'and expires then');
select is((select i.status::text from public.live_session_invitations i where i.session_id = tests.session('i') and i.recipient_id = tests.id('i.participant')),
  'accepted', 'what was answered stays answered');
select ok(exists (select from realtime.messages m where m.topic = 'user:' || tests.id('i.invited') and m.event = 'invitation_updated'
  and m.payload ->> 'status' = 'expired'), 'of which its recipient hears');

-- Presence and counts.
update public.workout_presence w set workout_started_at = now() - interval '2 days', last_updated_at = now() - interval '23 hours'
where w.user_id = tests.id('a.host');
select is(private.clear_presence(now()), 0, 'a sign of life within the day keeps a presence, however long ago the workout began');
select is((select count(*) from public.workout_presence w where w.user_id = tests.id('e.host')), 0::bigint, 'presence is gone after a day');
select is((select count(*) from private.rate_limits r where r.user_id = tests.id('e.host')), 0::bigint, 'so are counts of limits');

-- Ninety days.
do $$ begin
  perform tests.become('a.host');
  perform set_config('tests.t', public.open_live_session('shared') -> 'session' ->> 'id', true);
  perform public.start_live_session(tests.session('t'));
  insert into public.live_session_messages (session_id, message) values (tests.session('t'), 'old talk');
  execute tests.log_set(tests.session('t'));
  perform public.end_live_session(tests.session('t'));
  perform tests.become_owner();
end $$;
select private.run_janitor(now() + interval '89 days');
select is((select count(*) from public.live_session_messages m where m.session_id = tests.session('t')), 1::bigint, 'talk stays for ninety days');
select private.run_janitor(now() + interval '90 days 1 minute');
select is((select count(*) from public.live_session_messages m where m.session_id = tests.session('t'))
  + (select count(*) from public.live_session_events e where e.session_id = tests.session('t')), 0::bigint, 'and is dropped then');
select is((select count(*) from public.live_session_sets s where s.session_id = tests.session('t')), 1::bigint, 'sets stay');
select is(tests.fetch('a.host', format('select public.get_live_session_summary(%L)', tests.session('t'))) ->> 'totalSets', '1', 'so does the summary');
select is(private.run_janitor(now() + interval '90 days 1 minute') - 'readyChecksEnded',
  '{"peopleLeft": 0, "restsEnded": 0, "rowsDropped": 0, "sessionsEnded": 0, "presencesCleared": 0, "invitationsExpired": 0}'::jsonb, 'nothing is left to do');

select * from finish();
rollback;
