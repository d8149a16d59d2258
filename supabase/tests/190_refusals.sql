-- Who is refused which command, with which code, in every state of a session: one table for all of them.
-- And what the tables refuse even to the owner of the database, or to a function that acts for somebody.
begin;
select plan(143);

do $$ begin
  perform tests.scene('a', 'active', 'public');
  perform tests.scene('g', 'active', 'public', 'guided');
  perform tests.scene('p', 'pending', 'public', 'guided');
  perform tests.scene('z', 'ended', 'friends', 'guided');
end $$;

with command (name, rest, host_only) as (values
  ('start_live_session', '', true),
  ('end_live_session', '', true),
  ('update_live_session', ', ''{"name": "Mine"}''', true),
  ('remove_live_session_participant', ', tests.id(''%1$s.participant'')', true),
  ('transfer_live_session_host', ', tests.id(''%1$s.participant'')', true),
  ('invite_to_live_session', ', array[tests.id(''%1$s.friend'')]', true),
  ('create_live_session_invitation_link', '', true),
  ('leave_live_session', '', false),
  ('pause_live_session', '', false),
  ('resume_live_session', '', false),
  ('transfer_live_session_lead', ', tests.id(''%1$s.participant'')', false),
  ('report_live_session_ready', ', true', false),
  ('choose_live_session_exercise', ', ''row'', 0', false),
  ('next_live_session_exercise', ', 0', false),
  ('change_live_session_plan', ', ''[]'', 0', false),
  ('start_live_session_ready_check', ', 30, ''all''', false),
  ('start_live_session_rest', ', 60', false)),
expected (who, host_only, outcome, but) as (values
  ('g.removed', true, 'PT404 session_not_found', '{}'::text[]),
  ('g.removed', false, 'PT404 session_not_found', '{}'),
  ('a.removed', false, 'PT404 session_not_found', '{}'),
  ('g.participant', true, 'PT403 not_host', '{}'),
  ('g.left', true, 'PT403 not_host', '{}'),
  ('g.left', false, 'PT403 not_participant', '{leave_live_session}'),
  ('g.stranger', true, 'PT403 not_host', '{}'),
  ('g.stranger', false, 'PT403 not_participant', '{}'),
  ('z.host', true, 'PT409 session_ended', '{end_live_session}'),
  ('z.friend', false, 'PT403 not_participant', '{}'),
  ('z.participant', false, 'PT409 session_ended', '{leave_live_session}'))
select is(
  tests.attempt(e.who, format('select public.%I(%L%s)', c.name, tests.session(split_part(e.who, '.', 1)),
    format(c.rest, split_part(e.who, '.', 1)))),
  e.outcome, format('%s: %s', e.who, c.name))
from command c join expected e using (host_only)
where c.name <> all (e.but);

select is(tests.attempt('p.host', format('select public.pause_live_session(%L)', tests.session('p'))), 'PT409 session_not_started', 'nothing to pause yet');
select is(tests.attempt('a.host', format('select public.remove_live_session_participant(%L, %L)', tests.session('a'), tests.id('a.stranger'))), 'PT404 user_not_found', 'nobody to remove');
select is(tests.attempt('a.host', format('select public.transfer_live_session_host(%L, %L)', tests.session('a'), tests.id('a.left'))), 'PT404 user_not_found', 'nobody to take over');
select is(tests.act('g.friend', format('select public.join_live_session(%L)', tests.session('g'))), '1 rows', 'a third one comes');
select is(tests.attempt('g.host', format('select public.update_live_session(%L, ''{"maxParticipants": 2}'')', tests.session('g'))), 'PT400 invalid_request', 'no fewer places than people');

select is(tests.attempt('z.host', format('select public.update_live_session(%L, ''{}'')', tests.session('z'))), 'PT409 session_ended', 'not even to what it is');

select is(tests.act('g.host', format('select public.start_live_session_ready_check(%L, 30, ''all'')', tests.session('g'))), '1 rows', 'everyone is asked');
select is(tests.attempt('g.' || r.who, format('select from public.live_session_ready_checks c where c.session_id = %L', tests.session('g'))),
  r.rows, r.who || ' reads what is asked')
from (values ('host', '1 rows'), ('participant', '1 rows'), ('left', '1 rows'), ('removed', '0 rows'), ('invited', '0 rows'), ('stranger', '0 rows')) as r (who, rows);

-- Invitations: each step is for one of the two, and while it makes sense.
create function pg_temp.invitation(p_command text, p_scene text, p_recipient text) returns text language sql as $$
  select format('select public.%I(%L)', p_command, (select i.id from public.live_session_invitations i
    where i.session_id = tests.session(p_scene) and i.recipient_id = tests.id(p_recipient))) $$;
select is(tests.attempt(c.who, pg_temp.invitation(c.command || '_live_session_invitation', 'a', c.recipient)), c.outcome,
  format('%s: %s that of %s', c.who, c.command, c.recipient))
from (values
  ('a.host', 'accept', 'a.invited', 'PT404 invitation_not_found'),
  ('a.host', 'decline', 'a.invited', 'PT404 invitation_not_found'),
  ('a.stranger', 'accept', 'a.invited', 'PT404 invitation_not_found'),
  ('a.stranger', 'decline', 'a.invited', 'PT404 invitation_not_found'),
  ('a.stranger', 'revoke', 'a.invited', 'PT404 invitation_not_found'),
  ('a.invited', 'revoke', 'a.invited', 'PT404 invitation_not_found'),
  ('a.participant', 'decline', 'a.participant', 'PT409 already_in_session'),
  ('a.host', 'revoke', 'a.participant', 'PT409 already_in_session')
) as c (who, command, recipient, outcome);

do $$ begin perform tests.block('a.invited', 'a.host'); end $$;
select is(tests.attempt('a.invited', pg_temp.invitation('decline_live_session_invitation', 'a', 'a.invited')), 'PT404 invitation_not_found',
  'a block hides it from the one who blocks as well');

-- What people themselves send on a session's channel: that they are there, while they are in it.
create function pg_temp.sends(p_who text, p_topic text, p_extension text) returns text language plpgsql as $$
begin
  perform set_config('realtime.topic', p_topic, true);
  return tests.attempt(p_who, format('insert into realtime.messages (topic, extension, event, private) values (%L, %L, ''probe'', true)',
    p_topic, p_extension));
end
$$;
select is(pg_temp.sends(m.who, m.topic, m.extension), m.outcome, format('%s sends %s to %s', m.who, m.extension, split_part(m.topic, ':', 1)))
from (values
  ('a.participant', private.topic('live_session:' || tests.session('a')), 'presence', '1 rows'),
  ('a.participant', private.topic('live_session:' || tests.session('a')), 'broadcast', '42501'),
  ('a.participant', private.topic('live_session:' || tests.session('g')), 'presence', '42501'),
  ('a.participant', 'user:' || tests.id('a.participant'), 'presence', '42501'),
  ('a.left', private.topic('live_session:' || tests.session('a')), 'presence', '42501'),
  ('a.removed', private.topic('live_session:' || tests.session('a')), 'presence', '42501'),
  ('a.stranger', private.topic('live_session:' || tests.session('a')), 'presence', '42501')) as m (who, topic, extension, outcome);

-- Reactions with somebody else's id, or without an emote.
do $$ begin
  perform tests.become('a.participant');
  insert into public.live_session_reactions (id, session_id, to_user_id, emote)
  values ('aaaaaaaa-0000-4000-8000-00000000000a', tests.session('a'), tests.id('a.host'), 'fire');
  insert into public.live_session_messages (id, session_id, message)
  values ('aaaaaaaa-0000-4000-8000-00000000000b', tests.session('a'), 'Go!');
  perform tests.become_owner();
end $$;
select is(tests.attempt('a.host', format('insert into public.live_session_reactions (id, session_id, to_user_id, emote) values (%L, %L, %L, ''fire'')',
  'aaaaaaaa-0000-4000-8000-00000000000a', tests.session('a'), tests.id('a.participant'))), 'PT400 invalid_request', 'the id of another reaction');
select is(tests.attempt('a.host', format('insert into public.live_session_reactions (session_id, to_user_id, emote) values (%L, %L, null)',
  tests.session('a'), tests.id('a.participant'))), 'PT400 invalid_request', 'no emote');
select is(tests.attempt('a.host', format('insert into public.live_session_messages (id, session_id, message) values (%L, %L, ''Hi'')',
  'aaaaaaaa-0000-4000-8000-00000000000b', tests.session('a'))), 'PT400 invalid_request', 'the id of another message');

-- Limits that are too high to walk up to: as if somebody had.
create function pg_temp.exhausted(p_who text, p_action text, p_scope uuid, p_hits integer, p_sql text) returns text language plpgsql as $$
declare
  v_before text;
begin
  v_before := tests.attempt(p_who, p_sql);
  insert into private.rate_limits as r (user_id, action, scope_id, hits)
  values (tests.id(p_who), p_action, p_scope, array_fill(clock_timestamp(), array[p_hits]))
  on conflict (user_id, action, scope_id) do update set hits = excluded.hits;
  return v_before || ', ' || tests.attempt(p_who, p_sql);
end
$$;
select is(pg_temp.exhausted(l.who, l.action, l.scope, l.hits, l.sql), '1 rows, PT429 rate_limited', format('%s: %s', l.action, l.sql))
from (values
  ('a.participant', 'set_change', tests.session('a'), 300, 'update public.live_session_sets s set reps = 6 where s.id = (select o.id from public.live_session_sets o where o.user_id = auth.uid() limit 1)'),
  ('a.host', 'set_change', tests.session('a'), 300, 'delete from public.live_session_sets s where s.id = (select o.id from public.live_session_sets o where o.user_id = auth.uid() limit 1)'),
  ('a.participant', 'status', tests.session('a'), 120, 'update public.live_session_participants p set status = ''resting'' where p.user_id = auth.uid()'),
  ('a.host', 'heartbeat', tests.id('a.host'), 30, 'select public.heartbeat_presence()'),
  ('a.host', 'presence_setting', tests.id('a.host'), 60, 'select public.set_presence_visibility(true)'),
  ('g.host', 'presence_setting', tests.id('g.host'), 60, format('select public.hide_presence_from(%L)', tests.id('g.friend'))),
  ('a.host', 'invitation', tests.id('a.host'), 100, format('select public.invite_to_live_session(%L, array[%L::uuid])', tests.session('a'), tests.id('a.friend'))),
  ('g.host', 'invitation', tests.id('g.host'), 100, format('select public.create_live_session_invitation_link(%L)', tests.session('g')))
) as l (who, action, scope, hits, sql);

-- Each part of a set by itself.
select is(tests.attempt('g.host', replace(tests.log_set(tests.session('g')), s.part, s.by)), 'PT400 invalid_request', s.part || ' → ' || s.by)
from (values ('''squat''', ''''''), ('''Squat''', '''''')) as s (part, by);

select is(tests.attempt('g.host', format('update public.live_session_sets s set intensity_score = %s where s.session_id = %L and s.user_id = auth.uid()', v.score, tests.session('g'))),
  'PT400 invalid_request', 'an intensity of ' || v.score)
from (values (-1), (1001)) as v (score);

-- A token without a person in it.
select set_config('request.jwt.claims', '{"role": "authenticated"}', true);
select set_config('role', 'authenticated', true);
select throws_ok('select public.browse_live_sessions()', 'PT401', 'unauthenticated', 'nobody in particular sees no list');
select tests.become_owner();

-- The owner of the database, and a function of theirs that acts for somebody, are held to the rules.
create function pg_temp.as_function_for(p_who text, p_sql text) returns text language plpgsql as $$
declare
  v_code text;
begin
  perform set_config('request.jwt.claims', json_build_object('sub', tests.id(p_who), 'role', 'authenticated')::text, true);
  execute p_sql;
  raise exception using errcode = 'TE000', message = 'done';
exception when others then
  perform set_config('request.jwt.claims', '', true);
  return case when sqlstate = 'TE000' then 'done' else sqlstate || ' ' || sqlerrm end;
end
$$;
select is(tests.attempt('a.participant', format('update public.live_session_sets s set session_id = %L where s.user_id = auth.uid()', tests.session('g'))), '42501', 'no person moves a set');
select throws_ok(format('update public.live_session_sets s set created_at = now() - interval ''1 day'' where s.user_id = %L', tests.id('a.participant')),
  'PT403', 'permission_denied', 'nor does the owner');
select is(pg_temp.as_function_for('a.host', format('update public.live_session_sets s set reps = 1 where s.user_id = %L', tests.id('a.participant'))),
  'PT403 permission_denied', 'nor does a function amend somebody else''s set');
select throws_ok(format('update public.live_sessions s set name = ''Again'' where s.id = %L', tests.session('z')), 'PT409', 'session_ended', 'what has ended stays as it is');
select throws_ok(format('update public.live_sessions s set mode = ''guided'' where s.id = %L', tests.session('a')), 'PT400', 'invalid_request', 'a mode is for good');
select throws_ok(format('update public.live_sessions s set status = ''pending'', started_at = null where s.id = %L', tests.session('a')), 'PT400', 'invalid_request', 'a start is for good');

select * from finish();
rollback;
