-- The life of a session: states, coming and going, the host's role, one open session a person; and that
-- each change appends exactly its event.
begin;
select plan(63);

-- The log of a session from some number on, as "type type …".
create function pg_temp.log(p_prefix text, p_after bigint default 0) returns text language sql as $$
  select string_agg(e.type::text, ' ' order by e.seq) from public.live_session_events e
  where e.session_id = tests.session(p_prefix) and e.seq > p_after
$$;
create function pg_temp.last(p_prefix text) returns bigint language sql as $$
  select s.last_event_seq from public.live_sessions s where s.id = tests.session(p_prefix)
$$;
create function pg_temp.call(p_who text, p_command text, p_prefix text, p_other text default null)
returns text language sql as $$
  select tests.act(p_who, format('select public.%I(%L%s)', p_command, tests.session(p_prefix),
    case when p_other is null then '' else ', ' || quote_literal(p_other) end))
$$;

do $$ begin
  perform tests.scene('a', 'pending');
  perform tests.scene('b', 'active');
  perform tests.scene('c', 'pending', 'public');
end $$;

-- The first event, and the creator's part.
select is((select row(e.seq, e.type, e.user_id, e.event_data -> 'data')::text from public.live_session_events e
  where e.session_id = tests.session('a') order by e.seq limit 1),
  row(1, 'session_created', tests.id('a.host'), '{"mode": "shared", "name": "Scene"}'::jsonb)::text,
  'creating appends session_created as number 1');
select is((select p.is_leader from public.live_session_participants p
  where p.session_id = tests.session('a') and p.user_id = tests.id('a.host')), true,
  'the creator is participant and leader');

-- pending → active → ended, each once.
create temporary table mark on commit drop as select pg_temp.last('a') as seq;
select is(pg_temp.call('a.host', 'start_live_session', 'a'), '1 rows', 'the host starts');
select is(pg_temp.call('a.host', 'start_live_session', 'a'), '1 rows', 'starting again succeeds');
select is(pg_temp.call('a.participant', 'join_live_session', 'a'), '1 rows', 'joining again succeeds');
select is(pg_temp.log('a', (select seq from mark)), 'session_started', 'and appends nothing');
select is(pg_temp.call('a.host', 'end_live_session', 'a'), '1 rows', 'the host ends');
select is(pg_temp.call('a.host', 'end_live_session', 'a'), '1 rows', 'ending again succeeds');
select is(pg_temp.log('a', (select seq from mark)), 'session_started session_ended',
  'ending closes everybody''s stay with the one event');
select is((select count(*) from public.live_session_participants p
  where p.session_id = tests.session('a') and p.left_at is null), 0::bigint, 'nobody is in it any more');
select is((select s.participant_count from public.live_sessions s where s.id = tests.session('a')), 2,
  'the count stays as it was at the end');
select is(pg_temp.call('a.host', 'start_live_session', 'a'), 'PT409 session_ended', 'nothing leaves ended: start');
select is(pg_temp.call('a.participant', 'join_live_session', 'a'), 'PT409 session_ended', 'nothing leaves ended: join');
select is(pg_temp.call('a.host', 'transfer_live_session_host', 'a', tests.id('a.participant')::text),
  'PT409 session_ended', 'nothing leaves ended: host');
select is(pg_temp.call('a.host', 'remove_live_session_participant', 'a', tests.id('a.participant')::text),
  'PT409 session_ended', 'nothing leaves ended: removal');
select is(pg_temp.call('a.host', 'update_live_session', 'a', '{"name": "x"}'), 'PT409 session_ended',
  'nothing leaves ended: settings');
select is(pg_temp.call('a.participant', 'leave_live_session', 'a'), '1 rows', 'leaving what has ended succeeds');
select throws_ok(format('update public.live_sessions set status = ''active'', ended_at = null, summary = null where id = %L',
  tests.session('a')), 'PT409', 'session_ended', 'not even the owner of the database reopens it');
select throws_ok(format('select private.append_event(%L, %L, ''message'')', tests.session('a'), tests.id('a.host')),
  'PT409', 'session_ended', 'and its log is closed');
select throws_ok(format('update public.live_sessions set status = ''pending'', started_at = null where id = %L',
  tests.session('b')), 'PT400', 'invalid_request', 'active does not become pending');

-- pending → ended: called off.
select is(pg_temp.call('c.host', 'end_live_session', 'c'), '1 rows', 'a pending session can be called off');
select is((select row(s.status, s.started_at is null, s.summary ->> 'durationMs')::text from public.live_sessions s
  where s.id = tests.session('c')), row('ended', true, '0')::text, 'it never started and lasted 0 ms');

-- Leaving keeps the numbers; coming back finds them.
update mark set seq = pg_temp.last('b');
select is(pg_temp.call('b.participant', 'leave_live_session', 'b'), '1 rows', 'a participant leaves');
select is(pg_temp.call('b.participant', 'leave_live_session', 'b'), '1 rows', 'leaving again succeeds');
select is((select s.participant_count from public.live_sessions s where s.id = tests.session('b')), 1, 'one less');
select is(tests.fetch('b.participant', format('select public.join_live_session(%L)', tests.session('b')))
  #> '{participant,setsCompleted}', '2'::jsonb, 'who comes back finds their sets');
select is(tests.attempt('b.participant', tests.log_set(tests.session('b'))), '1 rows', 'and goes on');
select is(pg_temp.log('b', (select seq from mark)), 'user_left user_joined', 'one event each');
select is((select s.participant_count from public.live_sessions s where s.id = tests.session('b')), 2, 'one more');

-- One open session a person.
select is(tests.attempt('b.participant', 'select public.open_live_session(''shared'')'),
  'PT409 already_in_session', 'a second session is refused');
select throws_ok(
  format($$select tests.become('b.participant'); select public.open_live_session('shared')$$),
  'PT409', 'already_in_session');
select tests.become_owner();
select is(
  (select private.refuse_second_session(tests.id('c.stranger'))::text), '', 'someone in none is not refused');
do $$
declare
  v_hint text;
begin
  perform tests.become('b.participant');
  perform public.open_live_session('shared');
exception when sqlstate 'PT409' then
  get stacked diagnostics v_hint = pg_exception_hint;
  perform tests.become_owner();
  perform set_config('tests.hint', v_hint, true);
end $$;
select is(current_setting('tests.hint')::jsonb, jsonb_build_object('sessionId', tests.session('b')),
  'and names the first');
select throws_ok(
  format($$insert into public.live_session_participants (session_id, user_id, display_name)
    select s.id, %L, 'x' from public.live_sessions s where s.status = 'active' and s.id <> %L limit 1$$,
    tests.id('b.participant'), tests.session('b')),
  '23505', null, 'the index says so, whatever the path');

-- The host leaves: who has been present longest inherits; the lead goes along; at last the session ends.
do $$ begin perform tests.create_person('late'); end $$;
update public.live_sessions set visibility = 'public' where id = tests.session('b');
select is(pg_temp.call('late', 'join_live_session', 'b'), '1 rows', 'someone joins late');
update mark set seq = pg_temp.last('b');
select is(pg_temp.call('b.host', 'leave_live_session', 'b'), '1 rows', 'the host leaves');
select is((select s.host_id from public.live_sessions s where s.id = tests.session('b')), tests.id('b.participant'),
  'whoever has been present longest is host');
select is((select array_agg(p.user_id) from public.live_session_participants p
  where p.session_id = tests.session('b') and p.is_leader), array[tests.id('b.participant')],
  'and leads');
select is(pg_temp.log('b', (select seq from mark)), 'user_left host_changed leader_changed', 'with their events');
select is(pg_temp.call('b.host', 'end_live_session', 'b'), 'PT403 not_host', 'the former host has no say');
select is(pg_temp.call('b.participant', 'transfer_live_session_host', 'b', tests.id('late')::text), '1 rows',
  'the host hands the role over');
select is(pg_temp.call('b.participant', 'transfer_live_session_host', 'b', tests.id('late')::text), '1 rows',
  'repeating it succeeds');
select is(pg_temp.call('late', 'transfer_live_session_host', 'b', tests.id('b.host')::text), 'PT404 user_not_found',
  'not to someone who has left');
select is(pg_temp.call('late', 'transfer_live_session_host', 'b', gen_random_uuid()::text), 'PT404 user_not_found',
  'nor to someone unknown');
update mark set seq = pg_temp.last('b');
select is(pg_temp.call('b.participant', 'leave_live_session', 'b'), '1 rows', 'a participant leaves');
select is(pg_temp.call('late', 'leave_live_session', 'b'), '1 rows', 'the last one leaves');
select is(pg_temp.log('b', (select seq from mark)), 'user_left leader_changed user_left session_ended',
  'the lead came to the host, and with nobody left the session ended');
select is((select row(s.status, s.summary ->> 'totalSets')::text from public.live_sessions s
  where s.id = tests.session('b')), row('ended', '5')::text, 'with its summary');

-- Removal.
do $$ begin perform tests.scene('d', 'active'); end $$;
update mark set seq = pg_temp.last('d');
select is(pg_temp.call('d.host', 'remove_live_session_participant', 'd', tests.id('d.participant')::text), '1 rows',
  'the host removes someone');
select is(pg_temp.call('d.host', 'remove_live_session_participant', 'd', tests.id('d.participant')::text), '1 rows',
  'repeating it succeeds');
select is(pg_temp.log('d', (select seq from mark)), 'user_left', 'and appends nothing');
select is(pg_temp.call('d.participant', 'join_live_session', 'd'), 'PT404 session_not_found', 'who was removed does not come back');
select is(pg_temp.call('d.host', 'remove_live_session_participant', 'd', tests.id('d.stranger')::text),
  'PT404 user_not_found', 'someone who never was in it cannot be removed');
select is(pg_temp.call('d.host', 'remove_live_session_participant', 'd', tests.id('d.host')::text),
  'PT400 invalid_request', 'the host does not remove themselves');
select is(pg_temp.call('d.host', 'remove_live_session_participant', 'd', tests.id('d.left')::text), '1 rows',
  'who has left can still be kept out');
select is(pg_temp.call('d.left', 'join_live_session', 'd'), 'PT404 session_not_found', 'and stays out');

-- Settings.
update mark set seq = pg_temp.last('d');
select is(pg_temp.call('d.host', 'update_live_session', 'd', '{"name": null, "maxParticipants": 2}'), '1 rows',
  'the host changes settings');
select is(pg_temp.call('d.host', 'update_live_session', 'd', '{"maxParticipants": 2}'), '1 rows', 'a change to the same');
select is((select e.event_data -> 'data' from public.live_session_events e
  where e.session_id = tests.session('d') and e.seq > (select seq from mark)),
  '{"name": null, "maxParticipants": 2}'::jsonb, 'one event with exactly what changed');
select is(pg_temp.call('d.invited', 'join_live_session', 'd'), '1 rows', 'the second place is taken');
select is(pg_temp.call('d.friend', 'join_live_session', 'd'), 'PT409 session_full', 'there is no third');
select is(pg_temp.call('d.host', 'update_live_session', 'd', '{"hostId": "x"}'), 'PT400 invalid_request',
  'no other settings');

-- Numbers without gaps, in every session of this file.
select is_empty($$select s.id from public.live_sessions s where s.last_event_seq is distinct from
  (select max(e.seq) from public.live_session_events e where e.session_id = s.id
    having count(*) = max(e.seq) and min(e.seq) = 1)$$, 'event numbers run from 1 to last_event_seq');

select * from finish();
rollback;
