-- Who trains unseen stays unseen when friends sign out, and when topics get their plain names back.
begin;
select plan(15);

do $$
declare
  v_name text;
begin
  foreach v_name in array array['unseen', 'idle', 'seen', 'spy', 'pal'] loop
    perform tests.create_person(v_name);
  end loop;
  foreach v_name in array array['unseen', 'idle', 'seen'] loop
    perform tests.befriend(v_name, 'spy');
  end loop;
  perform tests.befriend('unseen', 'pal');
end $$;
create function pg_temp.sign_in_and_out(p_who text) returns void language plpgsql as $$
declare
  v_id uuid := gen_random_uuid();
begin
  insert into auth.sessions (id, user_id, created_at, updated_at) values (v_id, tests.id(p_who), now(), now());
  delete from auth.sessions s where s.id = v_id;
end $$;
create function pg_temp.told(p_of text) returns text language sql as $$
  select t ->> 'topic' from jsonb_array_elements(tests.fetch('spy', 'select public.live_topics()') -> 'presence') t
  where t ->> 'userId' = tests.id(p_of)::text
$$;
create function pg_temp.plain(p_of text) returns text language sql as $$
  select 'workout_presence:' || tests.id(p_of)
$$;
-- In one transaction all messages have one time: by name, then.
create function pg_temp.sent(p_of text) returns text language sql as $$
  select coalesce(string_agg(
    m.event || case when m.topic = pg_temp.plain(p_of) then ' plain' else ' moved' end, ', ' order by m.event), '')
  from realtime.messages m
  where m.topic like pg_temp.plain(p_of) || '%'
$$;
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

-- Somebody unseen begins to train after a friend has signed out.
select is(tests.act('unseen', 'select public.set_presence_visibility(false)'), '1 rows', 'unseen by all');
select pg_temp.sign_in_and_out('spy');
select is(tests.act('unseen', 'select public.heartbeat_presence(''working_out'')'), '1 rows', 'begins to train');
select is(tests.act('seen', 'select public.heartbeat_presence(''working_out'')'), '1 rows', 'as does somebody seen');
select isnt(pg_temp.told('seen'), pg_temp.plain('seen'), 'of whom friends who are signed out hear no more');
select is(pg_temp.told('unseen'), pg_temp.plain('unseen'), 'the topic of who is unseen stays, and tells nothing');
select is(pg_temp.sent('unseen'), '', 'nor is anything sent');

-- A friend signs out while somebody unseen trains.
select pg_temp.sign_in_and_out('spy');
select is(replace(pg_temp.told('unseen'), tests.id('unseen')::text, tests.id('idle')::text), pg_temp.told('idle'),
  'who trains unseen and who does not train are told of alike');
select is(pg_temp.sent('unseen'), '', 'and nothing is sent to their friends');

-- Seen again: not by the sign-ins that ended meanwhile, which may still have the channel open.
select is(tests.act('unseen', 'select public.set_presence_visibility(true)'), '1 rows', 'seen again');
select is(pg_temp.sent('unseen'), 'channel_moved plain, presence_update moved', 'only who may join now hears it');

-- Hidden from one friend, whose topic has the plain name: others must not get it back.
select is(tests.act('unseen', format('select public.hide_presence_from(%L)', tests.id('spy'))), '1 rows', 'hidden from one');
select is(pg_temp.may_join('spy', pg_temp.told('unseen')), true, 'who may join what they are told');
select private.settle_topics(now() + interval '9 days');
select is(pg_temp.may_join('spy', pg_temp.told('unseen')), true, 'also when topics have settled');
select is(pg_temp.may_join('pal', pg_temp.plain('unseen')), true, 'as may others, of whose topic nothing can be told');
select is(pg_temp.told('seen'), pg_temp.plain('seen'), 'topics that nobody is hidden from settle');

select * from finish();
rollback;
