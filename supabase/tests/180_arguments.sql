-- What a command is given: everything out of bounds is refused, with one code and before anything happens.
begin;
select plan(89);

do $$ begin
  perform tests.scene('a', 'active', 'public');
  perform tests.scene('g', 'active', 'public', 'guided');
  perform tests.scene('f', 'active', 'friends');
end $$;

-- %1$L stands for the session of the scene, named by who calls.
with call (who, sql) as (values
  ('a.stranger', 'browse_live_session_invitations(''both'')'),
  ('a.stranger', 'browse_live_session_invitations(null)'),
  ('a.stranger', 'browse_live_session_invitations(limit_param => 0)'),
  ('a.stranger', 'browse_live_session_invitations(limit_param => 101)'),
  ('a.stranger', 'browse_live_session_invitations(limit_param => null)'),
  ('a.stranger', 'browse_live_session_invitations(cursor_param => ''x'')'),
  ('a.stranger', 'browse_live_sessions(limit_param => 0)'),
  ('a.stranger', 'browse_live_sessions(limit_param => 101)'),
  ('a.stranger', 'browse_live_sessions(limit_param => null)'),
  ('a.host', 'get_live_session_events(%1$L, -1)'),
  ('a.host', 'get_live_session_events(%1$L, null)'),
  ('a.host', 'get_live_session_events(%1$L, 0, 0)'),
  ('a.host', 'get_live_session_events(%1$L, 0, 501)'),
  ('a.host', 'log_live_sets(%1$L, (select jsonb_agg(n) from generate_series(1, 201) n))'),
  ('a.stranger', 'open_live_session(null)'),
  ('a.stranger', 'open_live_session(''shared'', '' '')'),
  ('a.stranger', 'open_live_session(''shared'', repeat(''x'', 101))'),
  ('a.stranger', 'open_live_session(''shared'', theme_param => '' '')'),
  ('a.stranger', 'open_live_session(''shared'', theme_param => repeat(''x'', 51))'),
  ('a.stranger', 'open_live_session(''shared'', visibility_param => null)'),
  ('a.stranger', 'open_live_session(''shared'', max_participants_param => 1)'),
  ('a.stranger', 'open_live_session(''shared'', max_participants_param => 51)'),
  ('a.stranger', 'open_live_session(''shared'', max_participants_param => null)'),
  ('a.stranger', 'open_live_session(''shared'', planned_exercises_param => ''{}'')'),
  ('a.stranger', 'open_live_session(''shared'', planned_exercises_param => ''[{"exerciseId": ""}]'')'),
  ('a.stranger', 'open_live_session(''shared'', invitee_ids_param => (select array_agg(gen_random_uuid()) from generate_series(1, 51)))'),
  ('a.host', 'update_live_session(%1$L, ''[]'')'),
  ('a.host', 'update_live_session(%1$L, ''{"status": "ended"}'')'),
  ('a.host', 'update_live_session(%1$L, ''{"name": 7}'')'),
  ('a.host', 'update_live_session(%1$L, ''{"theme": []}'')'),
  ('a.host', 'update_live_session(%1$L, ''{"name": " "}'')'),
  ('a.host', 'update_live_session(%1$L, ''{"theme": " "}'')'),
  ('a.host', 'update_live_session(%1$L, ''{"visibility": "secret"}'')'),
  ('a.host', 'update_live_session(%1$L, ''{"visibility": null}'')'),
  ('a.host', 'update_live_session(%1$L, ''{"maxParticipants": "5"}'')'),
  ('a.host', 'update_live_session(%1$L, ''{"maxParticipants": 5.5}'')'),
  ('a.host', 'update_live_session(%1$L, ''{"maxParticipants": 51}'')'),
  ('a.host', 'remove_live_session_participant(%1$L, auth.uid())'),
  ('a.host', 'invite_to_live_session(%1$L, ''{}'')'),
  ('a.host', 'invite_to_live_session(%1$L, (select array_agg(gen_random_uuid()) from generate_series(1, 51)))'),
  ('a.host', 'invite_to_live_session(%1$L, array[gen_random_uuid()], 0)'),
  ('a.host', 'invite_to_live_session(%1$L, array[gen_random_uuid()], 10081)'),
  ('a.host', 'create_live_session_invitation_link(%1$L, 0)'),
  ('a.host', 'create_live_session_invitation_link(%1$L, 51)'),
  ('a.host', 'create_live_session_invitation_link(%1$L, 1, 0)'),
  ('a.host', 'create_live_session_invitation_link(%1$L, 1, 10081)'),
  ('a.stranger', 'redeem_live_session_invitation_link('''')'),
  ('a.stranger', 'redeem_live_session_invitation_link(repeat(''x'', 101))'),
  ('a.stranger', 'redeem_live_session_invitation_link(null)'),
  ('a.host', 'heartbeat_presence(null)'),
  ('a.host', 'heartbeat_presence(''idle'', '''')'),
  ('a.host', 'heartbeat_presence(''idle'', repeat(''x'', 101))'),
  ('a.host', 'heartbeat_presence(''idle'', ''row'', '''')'),
  ('a.host', 'heartbeat_presence(''idle'', ''row'', repeat(''x'', 101))'),
  ('g.host', 'choose_live_session_exercise(%1$L, '''', 0)'),
  ('g.host', 'choose_live_session_exercise(%1$L, repeat(''x'', 101), 0)'),
  ('g.host', 'choose_live_session_exercise(%1$L, ''row'', 0, '''')'),
  ('g.host', 'choose_live_session_exercise(%1$L, ''row'', null)'),
  ('g.host', 'next_live_session_exercise(%1$L, null)'),
  ('g.host', 'change_live_session_plan(%1$L, ''{}'', 0)'),
  ('g.host', 'change_live_session_plan(%1$L, null, 0)'),
  ('g.host', 'change_live_session_plan(%1$L, ''[]'', null)'),
  ('g.host', 'report_live_session_ready(%1$L, null)'),
  ('g.host', 'start_live_session_ready_check(%1$L, 0, ''all'')'),
  ('g.host', 'start_live_session_ready_check(%1$L, 601, ''all'')'),
  ('g.host', 'start_live_session_ready_check(%1$L, 30, ''some'')'),
  ('g.host', 'start_live_session_ready_check(%1$L, 30, ''all'', 2)'),
  ('g.host', 'start_live_session_ready_check(%1$L, 30, ''quorum'', 51)'),
  ('g.host', 'start_live_session_rest(%1$L, 0)'),
  ('g.host', 'start_live_session_rest(%1$L, 3601)'),
  ('g.host', 'extend_live_session_rest(%1$L, 60)'))
select is(tests.attempt(c.who, 'select public.' || format(c.sql, tests.session(split_part(c.who, '.', 1)))),
  'PT400 invalid_request', c.sql)
from call c;

-- What a bad set of a queue is told.
create function pg_temp.detail(p_set text) returns text language sql as $$
  select tests.fetch('a.host', format('select public.log_live_sets(%L, jsonb_build_array(%L::jsonb))', tests.session('a'), p_set))
    #>> '{results,0,detail}' $$;
select is(pg_temp.detail('7'), 'A set is an object.', 'a number is no set');
select is(pg_temp.detail('{"exerciseId": "row"}'), 'A queued set needs an id.', 'nor is one without an id');

-- A key of 256 characters.
select set_config('request.headers', json_build_object('idempotency-key', repeat('k', 256))::text, true);
select is(tests.attempt('a.stranger', 'select public.open_live_session(''shared'')'), 'PT400 invalid_request', 'a key that is too long');
select set_config('request.headers', '{"idempotency-key": ""}', true);
select is(tests.attempt('a.stranger', 'select public.open_live_session(''shared'')'), 'PT400 invalid_request', 'or empty');
select set_config('request.headers', '{"idempotency-key": "key"}', true);
select is(tests.attempt('a.nobody', 'select public.open_live_session(''shared'')'), 'PT401 unauthenticated', 'or of an account that is gone');
select set_config('request.headers', '', true);

-- Which refusal comes first tells the client what to do.
select is(tests.attempt('a.nobody', 'select public.open_live_session(''shared'')'), 'PT401 unauthenticated', 'an account that is gone opens nothing');
select is(tests.attempt('a.nobody', 'select public.heartbeat_presence()'), 'PT401 unauthenticated', 'and trains nowhere');
select is(tests.act('a.host', format('select public.update_live_session(%L, ''{"maxParticipants": 2}'')', tests.session('a'))), '1 rows', 'no place is left');
select is(tests.attempt('g.host', format('select public.join_live_session(%L)', tests.session('a'))), 'PT409 already_in_session',
  'who is in a session is told so, whether or not there were room in the other');
select is(tests.attempt('a.host', format('select public.get_participant_summary(%L, %L)', tests.session('a'), tests.id('a.stranger'))),
  'PT404 user_not_found', 'no numbers of who was never there');
select is(tests.act('f.host', format('select public.end_live_session(%L)', tests.session('f'))), '1 rows', 'a session ends');
select is(tests.act('f.friend', 'select public.open_live_session(''shared'')'), '1 rows', 'somebody is in another');
select is(tests.attempt('f.friend', format('select public.join_live_session(%L)', tests.session('f'))), 'PT409 session_ended',
  'and learns that the first is over, not that they should leave theirs');

select is(tests.attempt('g.left', format('select public.join_live_session(%L)', tests.session('g'))), '1 rows', 'who has left comes back');
do $$ begin perform tests.block('g.left', 'g.participant'); end $$;
select is(tests.attempt('g.left', format('select public.join_live_session(%L)', tests.session('g'))), 'PT404 session_not_found', 'not to somebody they have blocked');

-- Quick reactions.
do $$ begin
  perform tests.become('g.participant');
  insert into public.quick_reactions (id, to_user_id, emote) values ('aaaaaaaa-0000-4000-8000-000000000009', tests.id('g.host'), 'fire');
  perform tests.become_owner();
end $$;
select is(tests.attempt('g.host', format('insert into public.quick_reactions (id, to_user_id, emote) values (''aaaaaaaa-0000-4000-8000-000000000009'', %L, ''fire'')',
  tests.id('g.participant'))), 'PT400 invalid_request', 'somebody else''s id');
select is(tests.attempt('g.host', format('insert into public.quick_reactions (to_user_id, emote) values (%L, null)', tests.id('g.participant'))), 'PT400 invalid_request', 'no emote');
select is(tests.attempt('g.host', format('insert into public.quick_reactions (to_user_id, emote, set_id) select %L, ''fire'', s.id from public.live_session_sets s where s.user_id = auth.uid() limit 1',
  tests.id('g.participant'))), 'PT400 invalid_request', 'one''s own set shown as theirs');

select * from finish();
rollback;
