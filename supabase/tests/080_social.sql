-- Reactions, messages, presence, quick reactions: who reads and writes what, by exact rows or refusal.
begin;
select plan(402);

do $$ begin
  perform tests.scene('pending', 'pending', 'public');
  perform tests.scene('active', 'active', 'public');
  perform tests.scene('ended', 'active', 'public');
end $$;
-- Something to read in each: the host wrote to all, and cheered the participant and one who left.
do $$
declare
  v_scene text;
begin
  foreach v_scene in array array['pending', 'active', 'ended'] loop
    perform tests.become(v_scene || '.host');
    insert into public.live_session_messages (session_id, message) values (tests.session(v_scene), 'Go!');
    insert into public.live_session_reactions (session_id, to_user_id, emote)
    values (tests.session(v_scene), tests.id(v_scene || '.participant'), 'fire'),
      (tests.session(v_scene), tests.id(v_scene || '.left'), 'clap');
    insert into public.quick_reactions (to_user_id, emote) values (tests.id(v_scene || '.friend'), 'bolt');
    if v_scene = 'ended' then
      perform public.end_live_session(tests.session(v_scene));
    end if;
    perform tests.become_owner();
  end loop;
end $$;

with expected (who, relation, rows) as (
  select p.who, r.relation,
    case
      when p.who = 'anon' then '42501'
      when p.who in ('host', 'participant', 'left')
        then case r.relation when 'live_session_messages' then '1 rows' else '2 rows' end
      else '0 rows'
    end
  from unnest(array['host', 'participant', 'left', 'removed', 'invited', 'friend', 'blocked', 'blocker',
      'stranger', 'nobody', 'anon']) as p (who),
    unnest(array['live_session_messages', 'live_session_reactions']) as r (relation)
)
select is(
  tests.attempt(case when e.who = 'anon' then 'anon' else s.status || '.' || e.who end,
    format('select from public.%I t where t.session_id = %L', e.relation, tests.session(s.status))),
  e.rows, format('%s: %s reads %s', s.status, e.who, e.relation))
from expected e, unnest(array['pending', 'active', 'ended']) as s (status);

with expected (who, open, ended) as (values
  ('host', '1 rows', 'PT409 session_ended'),
  ('participant', '1 rows', 'PT409 session_ended'),
  ('left', 'PT403 not_participant', 'PT409 session_ended'),
  ('removed', 'PT404 session_not_found', 'PT404 session_not_found'),
  ('invited', 'PT403 not_participant', 'PT404 session_not_found'),
  ('friend', 'PT403 not_participant', 'PT404 session_not_found'),
  ('blocked', 'PT404 session_not_found', 'PT404 session_not_found'),
  ('blocker', 'PT404 session_not_found', 'PT404 session_not_found'),
  ('stranger', 'PT403 not_participant', 'PT404 session_not_found'),
  ('nobody', 'PT403 not_participant', 'PT404 session_not_found'),
  ('anon', '42501', '42501')),
statement (label, sql) as (values
  ('writes', 'insert into public.live_session_messages (session_id, message) values (%1$L, ''Hi'')'),
  -- To someone who is there for everybody but themselves.
  ('reacts', 'insert into public.live_session_reactions (session_id, to_user_id, emote) values (%1$L, %2$L, ''like'')'))
select is(
  tests.attempt(case when e.who = 'anon' then 'anon' else s.status || '.' || e.who end,
    format(st.sql, tests.session(s.status), tests.id(s.status || '.left'))),
  case
    when s.status = 'ended' then e.ended
    else e.open
  end,
  format('%s: %s %s', s.status, e.who, st.label))
from expected e, statement st, unnest(array['pending', 'active', 'ended']) as s (status)
-- Nobody reacts to themselves; that has a refusal of its own below.
where not (st.label = 'reacts' and e.who = 'left');

with statement (label, sql) as (values
  ('update message', 'update public.live_session_messages set message = ''x'' where session_id = %1$L'),
  ('delete message', 'delete from public.live_session_messages where session_id = %1$L'),
  ('update reaction', 'update public.live_session_reactions set emote = ''skull'' where session_id = %1$L'),
  ('delete reaction', 'delete from public.live_session_reactions where session_id = %1$L'),
  ('date a message', 'insert into public.live_session_messages (session_id, message, created_at) values (%1$L, ''x'', now())'),
  ('date a reaction', 'insert into public.live_session_reactions (session_id, to_user_id, emote, created_at) values (%1$L, auth.uid(), ''like'', now())'),
  ('insert presence', 'insert into public.workout_presence (user_id) values (auth.uid())'),
  ('update presence', 'update public.workout_presence set status = ''idle'''),
  ('delete presence', 'delete from public.workout_presence'),
  ('update quick reaction', 'update public.quick_reactions set emote = ''skull'''),
  ('delete quick reaction', 'delete from public.quick_reactions'),
  ('date a quick reaction', 'insert into public.quick_reactions (to_user_id, emote, created_at) values (auth.uid(), ''like'', now())'))
select is(
  tests.attempt(case when p.who = 'anon' then 'anon' else s.status || '.' || p.who end,
    format(st.sql, tests.session(s.status))),
  '42501', format('%s: %s: %s', s.status, p.who, st.label))
from statement st, unnest(array['active', 'ended']) as s (status),
  unnest(array['host', 'participant', 'left', 'removed', 'friend', 'stranger', 'anon']) as p (who);

-- In one's own name, to somebody who is there, for a set that is theirs.
select is(tests.attempt('active.participant', format(
  'insert into public.live_session_messages (session_id, user_id, message) values (%L, %L, ''forged'')',
  tests.session('active'), tests.id('active.host'))), 'PT403 permission_denied', 'nobody writes as somebody else');
select is(tests.attempt('active.participant', format(
  'insert into public.live_session_reactions (session_id, from_user_id, to_user_id, emote) values (%L, %L, %L, ''like'')',
  tests.session('active'), tests.id('active.host'), tests.id('active.left'))), 'PT403 permission_denied', 'or reacts as somebody else');
select is(tests.attempt('active.participant', format(
  'insert into public.live_session_messages (session_id, message) values (%L, %L)', tests.session('active'), c.message)),
  c.outcome, 'a message of ' || c.label)
from (values (repeat('💪', 500), '1 rows', '500 characters'), (repeat('x', 501), 'PT400 invalid_request', '501'),
  ('', 'PT400 invalid_request', 'nothing'), (E' \n ', 'PT400 invalid_request', 'blanks')) as c (message, outcome, label);
select is(tests.attempt('active.participant', format(
  'insert into public.live_session_messages (session_id, message) values (%L, null)', tests.session('active'))),
  'PT400 invalid_request', 'or of null');
select is(tests.attempt('active.participant', format(
  'insert into public.live_session_reactions (session_id, to_user_id, emote) values (%L, %L, ''like'')',
  tests.session('active'), tests.id(c.who))), c.outcome, 'a reaction to ' || c.who)
from (values ('active.participant', 'PT400 invalid_request'), ('active.host', '1 rows'), ('active.stranger', 'PT404 user_not_found'),
  ('active.friend', 'PT404 user_not_found'), ('active.left', '1 rows'), ('active.nobody', 'PT404 user_not_found')) as c (who, outcome);
select is(tests.attempt('active.participant', format(
  'insert into public.live_session_reactions (session_id, to_user_id, emote, target_set_id)
   select %L, %L, ''like'', (select s.id from public.live_session_sets s where s.session_id = %L and s.user_id = %L limit 1)',
  tests.session('active'), tests.id('active.host'), tests.session('active'), tests.id(c.owner))), c.outcome, 'for a set of ' || c.owner)
from (values ('active.host', '1 rows'), ('active.participant', 'PT400 invalid_request')) as c (owner, outcome);
select is(tests.attempt('active.participant', format(
  'insert into public.live_session_reactions (session_id, to_user_id, emote) values (%L, %L, ''hug'')',
  tests.session('active'), tests.id('active.host'))), '22P02', 'an unknown emote');

-- A block between two who are both in it.
do $$ begin perform tests.block('active.left', 'active.participant'); end $$;
select is(tests.attempt('active.participant', format(
  'insert into public.live_session_reactions (session_id, to_user_id, emote) values (%L, %L, ''like'')',
  tests.session('active'), tests.id('active.left'))), 'PT404 user_not_found', 'no reaction past a block');

-- Their events, once each however often they are sent.
create temporary table mark on commit drop as select s.last_event_seq as seq from public.live_sessions s where s.id = tests.session('active');
select is(tests.act('active.participant', format(
  $sql$insert into public.live_session_messages (id, session_id, message) values ('aaaaaaaa-0000-4000-8000-00000000000a', %L, 'Once')$sql$,
  tests.session('active'))), c.outcome, c.label)
from (values ('1 rows', 'a message'), ('0 rows', 'again')) as c (outcome, label);
select is(tests.act('active.participant', format(
  $sql$insert into public.live_session_reactions (id, session_id, to_user_id, emote) values ('aaaaaaaa-0000-4000-8000-00000000000b', %L, %L, 'crown')$sql$,
  tests.session('active'), tests.id('active.host'))), c.outcome, c.label)
from (values ('1 rows', 'a reaction'), ('0 rows', 'again')) as c (outcome, label);
select results_eq(
  format('select e.type::text collate "default", e.event_data -> ''data'' from public.live_session_events e where e.session_id = %L and e.seq > %s order by e.seq',
    tests.session('active'), (select seq from mark)),
  format('values (''message'', ''{"message": "Once", "messageId": "aaaaaaaa-0000-4000-8000-00000000000a"}''::jsonb), (''reaction'', ''{"emote": "crown", "targetUserId": "%s", "reactionId": "%s"}'')', tests.id('active.host'), (select r.id from public.live_session_reactions r where r.emote = 'crown' order by r.created_at desc limit 1)),
  'one event each');
select is(tests.attempt('active.host', format(
  $sql$insert into public.live_session_messages (id, session_id, message) values ('aaaaaaaa-0000-4000-8000-00000000000a', %L, 'Mine')$sql$,
  tests.session('active'))), 'PT400 invalid_request', 'another person''s id is refused');

-- Quick reactions go between friends, and only they see them.
select is(tests.attempt('active.' || c.who, format('insert into public.quick_reactions (to_user_id, emote) values (%L, ''fire'')',
  tests.id('active.host'))), c.outcome, c.who || ' sends the host a quick reaction')
from (values ('participant', '1 rows'), ('friend', '1 rows'), ('removed', '1 rows'), ('blocked', 'PT404 user_not_found'),
  ('blocker', 'PT404 user_not_found'), ('stranger', 'PT404 user_not_found'), ('host', 'PT400 invalid_request'), ('nobody', 'PT404 user_not_found')) as c (who, outcome);
select is(tests.attempt('active.stranger', format('insert into public.quick_reactions (from_user_id, to_user_id, emote) values (%L, %L, ''fire'')',
  tests.id('active.friend'), tests.id('active.host'))), 'PT403 permission_denied', 'nor in a friend''s name');
select is(tests.attempt('active.' || c.who, 'select from public.quick_reactions'), c.outcome, c.who || ' reads quick reactions')
from (values ('host', '1 rows'), ('friend', '1 rows'), ('participant', '0 rows'), ('stranger', '0 rows')) as c (who, outcome);
select is((select m.payload - 'id' - 'createdAt' from realtime.messages m where m.topic = 'user:' || tests.id('active.friend') and m.event = 'quick_reaction'),
  jsonb_build_object('fromUserId', tests.id('active.host'), 'fromDisplayName', 'active.host', 'toUserId', tests.id('active.friend'), 'emote', 'bolt'),
  'and the friend hears of it');

-- Presence: friends only, while it lasts.
select is(tests.attempt('active.' || c.who, format('select from public.workout_presence w where w.user_id = %L', tests.id('active.host'))),
  c.outcome, c.who || ' reads the host''s presence')
from (values ('host', '1 rows'), ('participant', '1 rows'), ('friend', '1 rows'), ('invited', '1 rows'), ('removed', '1 rows'), ('stranger', '0 rows'),
  ('blocked', '0 rows'), ('blocker', '0 rows'), ('nobody', '0 rows')) as c (who, outcome);
select is(tests.attempt('anon', 'select from public.workout_presence'), '42501', 'anon reads no presence');
select is(
  tests.fetch('active.friend', 'select public.friends_presence()') #- '{0,workoutStartedAt}' #- '{0,lastSetCompletedAt}',
  jsonb_build_array(jsonb_build_object('userId', tests.id('active.host'), 'displayName', 'active.host', 'isInLiveSession', true,
    'liveSessionId', tests.session('active'), 'currentExerciseId', 'squat', 'currentExerciseName', 'Squat', 'status', 'idle')),
  'a friend sees who trains, where and what');
select is(tests.fetch('active.stranger', 'select public.friends_presence()'), '[]'::jsonb, 'a stranger sees nobody');
select is(tests.fetch('ended.friend', 'select public.friends_presence()'), '[]'::jsonb, 'who has left is not training');
select is(tests.act('active.host', format('select public.update_live_session(%L, ''{"visibility": "private"}'')', tests.session('active'))),
  '1 rows', 'the session becomes private');
select is(tests.fetch('active.friend', 'select public.friends_presence()') #>> '{0,liveSessionId}', null, 'and is no longer named');
select is(tests.act('active.friend', 'select public.heartbeat_presence(''working_out'', ''row'', ''Row'')'), '1 rows', 'someone trains alone');
select is(tests.fetch('active.host', format('select jsonb_path_query_first(public.friends_presence(), ''$[*] ? (@.userId == $id)'', jsonb_build_object(''id'', %L::text))',
  tests.id('active.friend'))) ->> 'currentExerciseName', 'Row', 'which their friends see');
update public.workout_presence w set last_updated_at = now() - interval '5 minutes 1 second' where w.user_id = tests.id('active.friend');
select is(tests.attempt('active.host', format('select from public.workout_presence w where w.user_id = %L', tests.id('active.friend'))), '0 rows',
  'not refreshed for five minutes they are gone');
select is(tests.attempt('active.friend', 'select from public.workout_presence w where w.user_id = auth.uid()'), '1 rows', 'but for themselves');
select is(tests.attempt('active.nobody', 'select public.heartbeat_presence()'), 'PT401 unauthenticated', 'an account that is gone has no presence');
select is(tests.attempt('anon', 'select public.heartbeat_presence()'), '42501', 'nor has anon');
select is(tests.attempt('active.friend', format('select public.heartbeat_presence(''idle'', %L)', repeat('x', 101))), 'PT400 invalid_request', 'a long exercise is refused');

-- Who may listen where.
create function pg_temp.listens(p_who text, p_topic text) returns boolean language plpgsql as $$
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
select is(pg_temp.listens('active.' || c.who, private.topic(c.kind || c.id)), c.expected, format('%s listens to %s of %s: %s', c.who, c.kind, c.whose, c.expected))
from (
  select p.who, k.kind, k.whose, case k.kind when 'live_session:' then tests.session('active') else tests.id('active.' || k.whose) end as id,
    case k.kind
      when 'live_session:' then p.who in ('host', 'participant')
      when 'user:' then p.who = k.whose
      else p.who in ('host', 'participant', 'left', 'removed', 'invited', 'friend')
    end as expected
  from unnest(array['host', 'participant', 'left', 'removed', 'invited', 'friend', 'blocked', 'blocker', 'stranger', 'nobody']) as p (who),
    (values ('live_session:', 'host'), ('user:', 'host'), ('user:', 'friend'), ('workout_presence:', 'host')) as k (kind, whose)
) c;
select is(pg_temp.listens('active.host', t.topic), false, 'nobody listens to ' || t.topic)
from unnest(array['live_session:', 'live_session:x', 'live_session:*', 'user:%', 'anything', 'workout_presence:']) as t (topic);

select * from finish();
rollback;
