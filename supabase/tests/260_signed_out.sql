-- Whose sign-in has ended writes nothing with the token that is left of it, straight into the tables either.
begin;
select plan(19);

do $$ begin
  perform tests.scene('a', 'active');
  perform tests.act('a.participant', tests.log_set(tests.session('a')));
end $$;
insert into private.revoked_sign_ins (id, user_id) values ('over', tests.id('a.participant'));

-- What comes of a statement of the participant's, with a token of a sign-in.
create function pg_temp.with_token_of(p_sign_in text, p_sql text) returns text language plpgsql as $$
declare
  v_rows bigint;
begin
  perform tests.become('a.participant');
  perform set_config('request.jwt.claims',
    (current_setting('request.jwt.claims')::jsonb || jsonb_build_object('session_id', p_sign_in))::text, true);
  execute p_sql;
  get diagnostics v_rows = row_count;
  perform tests.become_owner();
  return v_rows || ' rows';
exception when sqlstate 'PT401' then
  perform tests.become_owner();
  return sqlstate || ' ' || sqlerrm;
end $$;
create temporary table writes as
select w.* from (values
  ('a set', tests.log_set(tests.session('a')), 'PT401 unauthenticated', '1 rows'),
  ('an amended set', format('update public.live_session_sets s set reps = 7 where s.session_id = %L and s.user_id = auth.uid()', tests.session('a')),
    'PT401 unauthenticated', '4 rows'),
  ('a removed set', format('delete from public.live_session_sets s where s.session_id = %L and s.user_id = auth.uid()', tests.session('a')),
    'PT401 unauthenticated', '4 rows'),
  ('a message', format('insert into public.live_session_messages (session_id, message) values (%L, ''Hi'')', tests.session('a')),
    'PT401 unauthenticated', '1 rows'),
  ('a reaction', format('insert into public.live_session_reactions (session_id, to_user_id, emote) values (%L, %L, ''clap'')', tests.session('a'), tests.id('a.host')),
    'PT401 unauthenticated', '1 rows'),
  ('a quick reaction', format('insert into public.quick_reactions (to_user_id, emote) values (%L, ''clap'')', tests.id('a.host')),
    'PT401 unauthenticated', '1 rows'),
  -- They see none of it any more, so there is no row to change.
  ('a status', format('update public.live_session_participants p set status = ''resting'' where p.session_id = %L and p.user_id = auth.uid()', tests.session('a')),
    '0 rows', '1 rows'),
  ('a sign of life', 'select public.heartbeat_presence()', 'PT401 unauthenticated', '1 rows'),
  ('a queue', format('select public.log_live_sets(%L, ''[]'')', tests.session('a')), 'PT401 unauthenticated', '1 rows')
) as w (what, call, outcome, otherwise);

create temporary table before as select count(*) as events from public.live_session_events e where e.session_id = tests.session('a');
select is(pg_temp.with_token_of('over', w.call), w.outcome, w.what || ' with the token of a sign-in that is over')
from writes w;
select is((select count(*) from public.live_session_events e where e.session_id = tests.session('a')),
  (select b.events from before b), 'nobody hears of anything');
-- The same with another token of theirs, in the order of the list.
select is(pg_temp.with_token_of('another', w.call), w.otherwise, w.what || ' with that of another') from writes w;

select * from finish();
rollback;
