-- Who writes what: every table × insert, update, delete × every kind of person × pending, active, ended.
-- Each by the exact number of rows or the exact refusal.
begin;
select plan(532);

do $$ begin
  perform tests.scene('pending', 'pending', 'public');
  perform tests.scene('active', 'active', 'public');
  perform tests.scene('ended', 'ended', 'public');
end $$;

-- Nothing but the database writes sessions, events, invitations; nobody inserts or deletes participants.
with statement (label, sql) as (values
  ('insert session', $$insert into public.live_sessions (host_id, mode) values (auth.uid(), 'shared')$$),
  ('update session', $$update public.live_sessions set name = 'mine' where id = %L$$),
  ('delete session', $$delete from public.live_sessions where id = %L$$),
  ('insert participant', $$insert into public.live_session_participants (session_id, user_id, display_name) values (%L, auth.uid(), 'x')$$),
  ('update counters', $$update public.live_session_participants set sets_completed = 9 where session_id = %L$$),
  ('update left_at', $$update public.live_session_participants set left_at = null where session_id = %L$$),
  ('delete participant', $$delete from public.live_session_participants where session_id = %L$$),
  ('insert event', $$insert into public.live_session_events (session_id, user_id, type, event_data) values (%L, auth.uid(), 'message', '{"type": "message", "data": {}}')$$),
  ('update event', $$update public.live_session_events set type = 'message' where session_id = %L$$),
  ('delete event', $$delete from public.live_session_events where session_id = %L$$),
  ('insert invitation', $$insert into public.live_session_invitations (session_id, host_id, recipient_id) values (%L, auth.uid(), auth.uid())$$),
  ('update invitation', $$update public.live_session_invitations set status = 'accepted' where session_id = %L$$),
  ('delete invitation', $$delete from public.live_session_invitations where session_id = %L$$))
select is(
  tests.attempt(case when p.who = 'anon' then 'anon' else s.status || '.' || p.who end,
    format(st.sql, tests.session(s.status))),
  '42501', format('%s: %s: %s', s.status, p.who, st.label))
from statement st,
  unnest(array['pending', 'active', 'ended']) as s (status),
  unnest(array['host', 'participant', 'left', 'removed', 'invited', 'stranger', 'nobody', 'anon']) as p (who);

-- One's own status.
with expected (who, pending, active, ended) as (values
  ('host', '1 rows', '1 rows', 'PT409 session_ended'),
  ('participant', '1 rows', '1 rows', 'PT409 session_ended'),
  ('left', 'PT403 not_participant', 'PT403 not_participant', 'PT409 session_ended'),
  ('removed', '0 rows', '0 rows', '0 rows'),
  ('invited', '0 rows', '0 rows', '0 rows'),
  ('friend', '0 rows', '0 rows', '0 rows'),
  ('blocked', '0 rows', '0 rows', '0 rows'),
  ('blocker', '0 rows', '0 rows', '0 rows'),
  ('stranger', '0 rows', '0 rows', '0 rows'),
  ('nobody', '0 rows', '0 rows', '0 rows'),
  ('anon', '42501', '42501', '42501'))
select is(
  tests.attempt(case when e.who = 'anon' then 'anon' else s.status || '.' || e.who end, format(
    'update public.live_session_participants set status = ''resting'' where session_id = %L',
    tests.session(s.status))),
  case s.status when 'pending' then e.pending when 'active' then e.active else e.ended end,
  format('%s: %s updates status: one''s own at most', s.status, e.who))
from expected e, unnest(array['pending', 'active', 'ended']) as s (status);

-- A set of one's own.
with expected (who, pending, active, ended) as (values
  ('host', 'PT409 session_not_started', '1 rows', 'PT409 session_ended'),
  ('participant', 'PT409 session_not_started', '1 rows', 'PT409 session_ended'),
  ('left', 'PT403 not_participant', 'PT403 not_participant', 'PT409 session_ended'),
  ('removed', 'PT404 session_not_found', 'PT404 session_not_found', 'PT404 session_not_found'),
  ('invited', 'PT403 not_participant', 'PT403 not_participant', 'PT404 session_not_found'),
  ('friend', 'PT403 not_participant', 'PT403 not_participant', 'PT404 session_not_found'),
  ('blocked', 'PT404 session_not_found', 'PT404 session_not_found', 'PT404 session_not_found'),
  ('blocker', 'PT404 session_not_found', 'PT404 session_not_found', 'PT404 session_not_found'),
  ('stranger', 'PT403 not_participant', 'PT403 not_participant', 'PT404 session_not_found'),
  ('nobody', 'PT403 not_participant', 'PT403 not_participant', 'PT404 session_not_found'),
  ('anon', '42501', '42501', '42501'))
select is(
  tests.attempt(case when e.who = 'anon' then 'anon' else s.status || '.' || e.who end,
    tests.log_set(tests.session(s.status))),
  case s.status when 'pending' then e.pending when 'active' then e.active else e.ended end,
  format('%s: %s logs a set', s.status, e.who))
from expected e, unnest(array['pending', 'active', 'ended']) as s (status);

-- A set in somebody else's name, amending and removing: one's own, while one is in the active session.
with expected (who, forged, amended, removed, amended_when_ended, removed_when_ended) as (values
  ('host', 'PT403 permission_denied', '1 rows', '1 rows', 'PT409 session_ended', 'PT409 session_ended'),
  ('participant', 'PT403 permission_denied', '2 rows', '2 rows', 'PT409 session_ended', 'PT409 session_ended'),
  ('left', 'PT403 permission_denied', 'PT403 not_participant', 'PT403 not_participant',
    'PT409 session_ended', 'PT409 session_ended'),
  ('removed', 'PT403 permission_denied', 'PT404 session_not_found', 'PT404 session_not_found',
    'PT404 session_not_found', 'PT404 session_not_found'),
  ('invited', 'PT403 permission_denied', '0 rows', '0 rows', '0 rows', '0 rows'),
  ('friend', 'PT403 permission_denied', '0 rows', '0 rows', '0 rows', '0 rows'),
  ('blocked', 'PT403 permission_denied', '0 rows', '0 rows', '0 rows', '0 rows'),
  ('blocker', 'PT403 permission_denied', '0 rows', '0 rows', '0 rows', '0 rows'),
  ('stranger', 'PT403 permission_denied', '0 rows', '0 rows', '0 rows', '0 rows'),
  ('nobody', 'PT403 permission_denied', '0 rows', '0 rows', '0 rows', '0 rows'),
  ('anon', '42501', '42501', '42501', '42501', '42501')),
statement (label, scene, sql) as (values
  ('forged', 'active', tests.log_set(tests.session('active'), ', user_id',
    ', ' || quote_literal((select p.user_id from public.live_session_participants p
      where p.session_id = tests.session('active') and p.display_name = 'active.host')))),
  ('amended', 'active', format('update public.live_session_sets set reps = 6 where session_id = %L', tests.session('active'))),
  ('removed', 'active', format('delete from public.live_session_sets where session_id = %L', tests.session('active'))),
  ('amended_when_ended', 'ended', format('update public.live_session_sets set reps = 6 where session_id = %L', tests.session('ended'))),
  ('removed_when_ended', 'ended', format('delete from public.live_session_sets where session_id = %L', tests.session('ended'))))
select is(
  tests.attempt(case when e.who = 'anon' then 'anon' else st.scene || '.' || e.who end, st.sql),
  case
    -- The host's own id is no forgery when the host sends it.
    when st.label = 'forged' and e.who = 'host' then '1 rows'
    else to_jsonb(e) ->> st.label
  end,
  format('%s: %s', e.who, st.label))
from expected e, statement st;

-- Facts are the server's.
select is(tests.attempt('active.host', format(
  'update public.live_session_sets set %s where session_id = %L', c.assignment, tests.session('active'))),
  '42501', 'amending a set: not ' || c.assignment)
from unnest(array['is_pr = true', 'e1rm_kg = 500', 'created_at = now()', 'id = gen_random_uuid()',
  'user_id = auth.uid()', 'session_id = session_id']) as c (assignment);
select is(tests.attempt('active.host', format(
  'update public.live_session_participants set %s where session_id = %L', c.assignment, tests.session('active'))),
  '42501', 'one''s participation: not ' || c.assignment)
from unnest(array['display_name = ''x''', 'avatar_url = ''x''', 'joined_at = now()', 'last_active_at = now()',
  'pr_count = 9', 'ready_for_next = true', 'user_id = auth.uid()', 'session_id = session_id']) as c (assignment);
select is(tests.act('active.host', replace(
  tests.log_set(tests.session('active'), ', is_pr, e1rm_kg', ', true, 9999'), 'squat', 'row')), '1 rows',
  'a client may send is_pr and e1rm_kg, as older frontends do');
select results_eq(
  $$select s.is_pr, s.e1rm_kg from public.live_session_sets s where s.exercise_id = 'row'$$,
  $$values (false, 116.667)$$, 'but they are overwritten, never stored');

-- Commands, by person. Each also with the host for comparison.
with expected (who, started, updated, ended, transferred, removed, joined, departed) as (values
  ('host', '1 rows', '1 rows', '1 rows', '1 rows', '1 rows', '1 rows', '1 rows'),
  ('participant', 'PT403 not_host', 'PT403 not_host', 'PT403 not_host', 'PT403 not_host', 'PT403 not_host', '1 rows', '1 rows'),
  ('left', 'PT403 not_host', 'PT403 not_host', 'PT403 not_host', 'PT403 not_host', 'PT403 not_host', '1 rows', '1 rows'),
  ('removed', 'PT404 session_not_found', 'PT404 session_not_found', 'PT404 session_not_found',
    'PT404 session_not_found', 'PT404 session_not_found', 'PT404 session_not_found', 'PT404 session_not_found'),
  ('invited', 'PT403 not_host', 'PT403 not_host', 'PT403 not_host', 'PT403 not_host', 'PT403 not_host', '1 rows', 'PT403 not_participant'),
  ('friend', 'PT403 not_host', 'PT403 not_host', 'PT403 not_host', 'PT403 not_host', 'PT403 not_host', '1 rows', 'PT403 not_participant'),
  ('blocked', 'PT404 session_not_found', 'PT404 session_not_found', 'PT404 session_not_found',
    'PT404 session_not_found', 'PT404 session_not_found', 'PT404 session_not_found', 'PT404 session_not_found'),
  ('blocker', 'PT404 session_not_found', 'PT404 session_not_found', 'PT404 session_not_found',
    'PT404 session_not_found', 'PT404 session_not_found', 'PT404 session_not_found', 'PT404 session_not_found'),
  ('stranger', 'PT403 not_host', 'PT403 not_host', 'PT403 not_host', 'PT403 not_host', 'PT403 not_host', '1 rows', 'PT403 not_participant'),
  ('nobody', 'PT403 not_host', 'PT403 not_host', 'PT403 not_host', 'PT403 not_host', 'PT403 not_host',
    'PT401 unauthenticated', 'PT403 not_participant'),
  ('anon', '42501', '42501', '42501', '42501', '42501', '42501', '42501')),
command (label, sql) as (values
  ('started', 'select public.start_live_session(%1$L)'),
  ('updated', 'select public.update_live_session(%1$L, ''{"name": "Renamed"}'')'),
  ('ended', 'select public.end_live_session(%1$L)'),
  ('transferred', 'select public.transfer_live_session_host(%1$L, %2$L)'),
  ('removed', 'select public.remove_live_session_participant(%1$L, %2$L)'),
  ('joined', 'select public.join_live_session(%1$L)'),
  ('departed', 'select public.leave_live_session(%1$L)'))
select is(
  tests.attempt(case when e.who = 'anon' then 'anon' else 'active.' || e.who end,
    format(c.sql, tests.session('active'), tests.id('active.participant'))),
  to_jsonb(e) ->> c.label, format('%s: %s', e.who, c.label))
from expected e, command c;

-- Nobody creates in another's name, and a token without an account creates nothing.
select is(tests.attempt('active.stranger', format(
  'select public.create_live_session(%L, ''shared'')', tests.id('active.host'))),
  'PT403 permission_denied', 'nobody hosts in another''s name');
select is(tests.attempt('active.stranger', format(
  'select public.create_live_session(%L, ''shared'')', tests.id('active.stranger'))),
  '1 rows', 'one hosts in one''s own');
select is(tests.attempt('active.nobody', 'select public.open_live_session(''shared'')'),
  'PT401 unauthenticated', 'an account that is gone opens no session');
select is(tests.attempt('anon', 'select public.open_live_session(''shared'')'), '42501', 'nor does anon');

-- Records are derived, not written.
select is(tests.attempt('active.host', 'select from private.exercise_bests'), '42501', 'bests are not the client''s to read');
select is(tests.attempt('active.host', 'select from private.live_session_removals'), '42501', 'nor removals');

select * from finish();
rollback;
