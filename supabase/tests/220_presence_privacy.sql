-- Training unseen: from everyone, or from some. Nothing that a friend can ask gives it away.
begin;
select plan(44);

do $$
declare
  v_name text;
begin
  foreach v_name in array array['me', 'pal', 'mate', 'other'] loop
    perform tests.create_person(v_name);
  end loop;
  perform tests.befriend('me', 'pal');
  perform tests.befriend('me', 'mate');
end $$;
create function pg_temp.sees(p_who text) returns text language sql as $$
  select concat_ws(' ',
    case when tests.fetch(p_who, 'select jsonb_agg(p -> ''userId'') from jsonb_array_elements(public.friends_presence()) p') ? tests.id('me')::text then 'list' end,
    case when (tests.fetch(p_who, format('select count(*) from public.workout_presence w where w.user_id = %L', tests.id('me'))))::int > 0 then 'row' end)
$$;
create temporary table heard_before (id uuid primary key);
grant all on heard_before to public;
create function pg_temp.sent() returns text language plpgsql as $$
declare
  v_events text;
begin
  select string_agg(m.event || coalesce(':' || (m.payload ->> 'status'), ''), ' ' order by m.inserted_at) into v_events
  from realtime.messages m
  where m.topic like 'workout_presence:' || tests.id('me') || '%' and m.id not in (select h.id from heard_before h);
  insert into heard_before select m.id from realtime.messages m on conflict do nothing;
  return coalesce(v_events, '');
end $$;
create function pg_temp.may_join(p_who text, p_topic text) returns boolean language plpgsql as $$
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
create function pg_temp.told(p_who text) returns text language sql as $$
  select t ->> 'topic' from jsonb_array_elements(tests.fetch(p_who, 'select public.live_topics()') -> 'presence') t
  where t ->> 'userId' = tests.id('me')::text
$$;
create temporary table plain as select 'workout_presence:' || tests.id('me') as topic;
grant select on plain to public;

-- Deny first.
select is(tests.attempt('anon', c.call), '42501', 'anon: ' || c.call)
from unnest(array['select public.get_presence_settings()', 'select public.set_presence_visibility(true)',
  'select public.hide_presence_from(gen_random_uuid())', 'select public.show_presence_to(gen_random_uuid())']) as c (call);
select is(tests.attempt('me', c.call), c.outcome, c.label)
from (values
  ('select public.set_presence_visibility(null)', 'PT400 invalid_request', 'visible is said'),
  (format('select public.hide_presence_from(%L)', tests.id('me')), 'PT400 invalid_request', 'nobody hides from themselves'),
  (format('select public.show_presence_to(%L)', tests.id('me')), 'PT400 invalid_request', 'nor shows'),
  (format('select public.hide_presence_from(%L)', tests.id('other')), 'PT404 user_not_found', 'nor from who sees nothing anyway'),
  ('select public.hide_presence_from(gen_random_uuid())', 'PT404 user_not_found', 'or does not exist'),
  ('select public.hide_presence_from(null)', 'PT404 user_not_found', 'or is not named'),
  ('select count(*) from private.presence_settings', '42501', 'settings are read through the function'),
  ('select count(*) from private.presence_hidden_from', '42501', 'and only one''s own')) as c (call, outcome, label);
select is(tests.fetch('me', 'select public.get_presence_settings()'), '{"visible": true, "hiddenFrom": []}', 'without a word one is seen by friends');

select is(tests.act('me', 'select public.heartbeat_presence(''working_out'')'), '1 rows', 'training');
select is(pg_temp.sees(w.who), w.expected, w.who || ' sees ' || coalesce(nullif(w.expected, ''), 'nothing'))
from (values ('pal', 'list row'), ('mate', 'list row'), ('other', ''), ('me', 'row')) w (who, expected);
select pg_temp.sent();

-- From one.
select is(tests.fetch('me', format('select public.hide_presence_from(%L)', tests.id('pal'))),
  jsonb_build_object('visible', true, 'hiddenFrom', jsonb_build_array(tests.id('pal'))), 'hidden from one friend');
select is(pg_temp.sent(), 'channel_moved', 'who has the channel open hears nothing any more');
select is(pg_temp.sees(w.who), w.expected, w.who || ' then sees ' || coalesce(nullif(w.expected, ''), 'nothing'))
from (values ('pal', ''), ('mate', 'list row')) w (who, expected);
select is(pg_temp.told('pal'), (select topic from plain), 'they are told a topic like anybody''s');
select is(pg_temp.may_join('pal', pg_temp.told('pal')), true, 'and can join it: hiding does not show');
select isnt(pg_temp.told('mate'), (select topic from plain), 'the others are told where it goes on');
select is(pg_temp.may_join('mate', pg_temp.told('mate')), true, 'and can join that');
select is(pg_temp.may_join('pal', pg_temp.told('mate')), false, 'which the one cannot, even knowing its name');
select is(tests.act('me', 'select public.heartbeat_presence(''resting'')'), '1 rows', 'training goes on');
select is((select string_agg(m.topic, ' ') from realtime.messages m where m.event = 'presence_update' and m.payload ->> 'status' = 'resting'), pg_temp.told('mate'), 'heard by the others alone');
select pg_temp.sent();
select is(tests.fetch('me', format('select public.hide_presence_from(%L)', tests.id('pal'))) -> 'hiddenFrom', jsonb_build_array(tests.id('pal')), 'again changes nothing');
select is(pg_temp.sent(), '', 'and moves nothing');
select is(tests.fetch('me', format('select public.show_presence_to(%L)', tests.id('pal'))) -> 'hiddenFrom', '[]', 'shown again');
select is(pg_temp.sees('pal'), 'list row', 'they see it');
select is(pg_temp.may_join('pal', pg_temp.told('pal')), true, 'and hear it');
select is(pg_temp.told('pal'), pg_temp.told('mate'), 'where everybody does');

-- From everyone.
select pg_temp.sent();
select is(tests.fetch('me', 'select public.set_presence_visibility(false)') -> 'visible', 'false', 'hidden from everyone');
select is(pg_temp.sent(), 'presence_update:finished', 'friends see them finish');
select is(pg_temp.sees(w.who), w.expected, w.who || ' sees ' || coalesce(nullif(w.expected, ''), 'nothing') || ' of the invisible')
from (values ('pal', ''), ('mate', ''), ('me', 'row')) w (who, expected);
select is(tests.act('me', 'select public.heartbeat_presence(''working_out'')'), '1 rows', 'training goes on unseen');
select is(pg_temp.sent(), '', 'nothing of it is sent');
select is(tests.fetch('me', 'select public.set_presence_visibility(true)') -> 'visible', 'true', 'seen again');
select is(pg_temp.sent(), 'presence_update:working_out', 'friends are told at once');
select * from finish();
rollback;
