-- What went wrong in earlier schemas of this kind, each by name. None of it may come back.
begin;
select plan(31);

do $$ begin
  perform tests.scene('one', 'active');
  perform tests.scene('two', 'active', 'private');
  perform tests.scene('three', 'pending', 'private');
  perform tests.scene('done', 'ended');
  perform tests.create_person('guest');
end $$;

-- Reading participants fails for everybody: the policy recurses.
select is(tests.attempt('one.host', 'select from public.live_session_participants'), '4 rows',
  'a participant reads participants: the policy does not recurse');

-- A member of one session reads, and posts into, any other session (captured column name).
select is(tests.attempt('one.participant', format(
  'select from public.live_session_participants p where p.session_id = %L', tests.session('two'))),
  '0 rows', 'a member of one session reads no participants of another');
select is(tests.attempt('one.participant', format(
  'select from public.live_session_events e where e.session_id = %L', tests.session('two'))),
  '0 rows', 'a member of one session reads no events of another');
select is(tests.attempt('one.participant', format(
  'select from public.live_session_sets s where s.session_id = %L', tests.session('two'))),
  '0 rows', 'a member of one session reads no sets of another');
select is(tests.attempt('one.participant', tests.log_set(tests.session('two'))),
  'PT404 session_not_found', 'a member of one session logs nothing into another');

-- Anyone forges events.
select is(tests.attempt('one.participant', format(
  $sql$insert into public.live_session_events (session_id, user_id, type, event_data)
    values (%L, %L, 'session_ended', '{"type": "session_ended", "data": {}}')$sql$,
  tests.session('one'), tests.id('one.host'))), '42501', 'a participant forges no event');
select is(tests.attempt('one.host', format(
  $sql$insert into public.live_session_events (session_id, user_id, type, event_data)
    values (%L, %L, 'session_ended', '{"type": "session_ended", "data": {}}')$sql$,
  tests.session('one'), tests.id('one.host'))), '42501', 'nor does the host');
select is(tests.attempt('one.host', 'update public.live_session_events set user_id = auth.uid()'),
  '42501', 'nobody rewrites events');
select is(tests.attempt('one.host', 'delete from public.live_session_events'),
  '42501', 'nobody deletes events');

-- Anyone ends anyone's session through end_live_session.
select is(tests.attempt('one.participant', format(
  'select public.end_live_session(%L)', tests.session('one'))), 'PT403 not_host',
  'a participant does not end the session');
select is(tests.attempt('one.stranger', format(
  'select public.end_live_session(%L)', tests.session('one'))), 'PT404 session_not_found',
  'a stranger does not end the session');
select is((select s.status::text from public.live_sessions s where s.id = tests.session('one')), 'active',
  'and it goes on');

-- A guest joins uninvited and makes themselves leader with 999,999 kg.
select is(tests.attempt('guest', format(
  $sql$insert into public.live_session_participants
    (session_id, user_id, display_name, is_leader, total_volume_kg)
    values (%L, %L, 'guest', true, 999999)$sql$, tests.session('one'), tests.id('guest'))),
  '42501', 'nobody inserts participants');
select is(tests.attempt('one.participant',
  'update public.live_session_participants set is_leader = true'), '42501',
  'nobody makes themselves leader');
select is(tests.attempt('one.participant',
  'update public.live_session_participants set total_volume_kg = 999999'), '42501',
  'nobody writes their own volume');
select is(tests.attempt('guest', format('select public.join_live_session(%L)', tests.session('two'))),
  'PT404 session_not_found', 'nobody joins a private session uninvited');

-- Someone invited cannot see the pending session; participants lose it once it has ended.
select is(tests.attempt('three.invited', format(
  'select from public.live_sessions s where s.id = %L', tests.session('three'))), '1 rows',
  'someone invited sees the pending private session');
select is(tests.act('three.invited', format('select public.join_live_session(%L)', tests.session('three'))),
  '1 rows', 'and joins it');
select is(
  (select i.status::text from public.live_session_invitations i
    where i.session_id = tests.session('three') and i.recipient_id = tests.id('three.invited')),
  'accepted', 'which accepts the invitation');
select is(tests.attempt('done.participant', format(
  'select from public.live_sessions s where s.id = %L', tests.session('done'))), '1 rows',
  'a participant keeps the session that has ended');
select is(tests.attempt('done.left', format(
  'select from public.live_session_events e where e.session_id = %L', tests.session('done'))),
  (select s.last_event_seq || ' rows' from public.live_sessions s where s.id = tests.session('done')),
  'who left early keeps the whole history too');

-- Counters stay behind because row level security swallows the trigger's update.
select is(
  (select s.participant_count from public.live_sessions s where s.id = tests.session('one')), 2,
  'participant_count follows joins, a leave and a removal');
select is(
  (select s.total_sets_completed from public.live_sessions s where s.id = tests.session('one')), 5,
  'total_sets_completed follows sets');
select is(
  (select row(p.sets_completed, p.total_volume_kg)::text from public.live_session_participants p
    where p.session_id = tests.session('one') and p.user_id = tests.id('one.participant')),
  row(2, 1000.000)::text, 'sets_completed and total_volume_kg follow sets');

-- A set of −50 kg × −3 lands in a session that has ended.
select is(tests.attempt('done.participant', tests.log_set(tests.session('done'))),
  'PT409 session_ended', 'no set lands in a session that has ended');
select is(tests.attempt('one.participant', replace(tests.log_set(tests.session('one')), '100, 5', '-50, -3')),
  'PT400 invalid_request', 'no set of -50 kg × -3 lands anywhere');

-- Everyone sees every active session.
select is(tests.attempt('guest', 'select from public.live_sessions'), '0 rows',
  'a stranger sees no session of people they do not know');
select is(tests.attempt('anon', 'select from public.live_sessions'), '42501',
  'without signing in there is nothing to see');

-- Anyone inserts a friendship with status friends on their own.
select is(tests.attempt('guest', format(
  $sql$insert into public.friendships (user_id, friend_id, status) values (%L, %L, 'friends')$sql$,
  tests.id('guest'), tests.id('one.host'))), 'PT403 permission_denied',
  'nobody becomes a friend on their own');
select is(tests.act('guest', format(
  $sql$insert into public.friendships (user_id, friend_id) values (%L, %L)$sql$,
  tests.id('guest'), tests.id('one.host'))), '1 rows', 'one asks');
select is(tests.attempt('guest', 'update public.friendships set status = ''friends'''),
  'PT403 permission_denied', 'and does not answer for the other');

select * from finish();
rollback;
