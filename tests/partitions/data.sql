-- Fourteen months of training, :sessions sessions of three people, in the order in which they happened. Ids of
-- the older ones are random; those of the last seven months tell their time. Past triggers, but not past foreign
-- keys: what is here could have come about.
begin;
create function pg_temp.moment(n bigint) returns timestamptz stable language sql return
  now() - (:sessions - n) * interval '420 days' / :sessions - interval '2 hours';
create function pg_temp.person(n bigint) returns uuid immutable language sql return
  md5('person ' || n % (:sessions / 4))::uuid;
create function pg_temp.live_set(n bigint) returns uuid immutable language sql return md5('set ' || n)::uuid;
create function pg_temp.session(n bigint) returns uuid stable language sql return
  case when n < :sessions / 2 then overlay(md5('session ' || n) placing '4' from 13)
  else lpad(to_hex(floor(extract(epoch from pg_temp.moment(n)) * 1000)::bigint), 12, '0') || '7' || substr(md5('session ' || n), 14)
  end::uuid;

do $$
declare
  v_table regclass;
begin
  foreach v_table in array array['public.live_sessions', 'public.live_session_participants', 'public.live_session_sets',
    'public.live_session_events', 'public.live_session_reactions', 'public.live_session_messages', 'public.quick_reactions']::regclass[]
  loop
    execute format('alter table %s disable trigger user', v_table);
  end loop;
end
$$;

insert into auth.users (id, instance_id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data,
  raw_user_meta_data, created_at, updated_at)
select pg_temp.person(n), '00000000-0000-0000-0000-000000000000', 'authenticated', 'authenticated', n || '@partitions.invalid',
  '', now(), '{"provider": "email", "providers": ["email"]}', jsonb_build_object('display_name', 'Person ' || n), now(), now()
from generate_series(0, :sessions / 4 - 1) n;

insert into public.live_sessions (id, host_id, mode, status, created_at, started_at, ended_at, participant_count,
  total_sets_completed, last_event_seq, summary, history_dropped_at)
select pg_temp.session(n), pg_temp.person(n * 3), 'shared', 'ended', pg_temp.moment(n), pg_temp.moment(n),
  pg_temp.moment(n) + interval '1 hour', 3, 12, 16, '{}',
  case when pg_temp.moment(n) < now() - interval '190 days' then pg_temp.moment(n) + interval '90 days' end
from generate_series(0, :sessions - 1) n;

insert into public.live_session_participants (session_id, user_id, display_name, joined_at, last_active_at, is_leader, left_at)
select pg_temp.session(n), pg_temp.person(n * 3 + k), 'Person', pg_temp.moment(n), pg_temp.moment(n), k = 0,
  pg_temp.moment(n) + interval '1 hour'
from generate_series(0, :sessions - 1) n, generate_series(0, 2) k;

insert into public.live_session_sets (id, session_id, user_id, exercise_id, exercise_name, weight_kg, reps, timestamp_ms,
  e1rm_kg, is_pr, created_at)
select pg_temp.live_set(n * 12 + k), pg_temp.session(n), pg_temp.person(n * 3 + k % 3), 'exercise-' || k / 6,
  'Exercise ' || k / 6, 60 + k * 2.5, 8, (extract(epoch from pg_temp.moment(n)) * 1000)::bigint + k * 180000,
  76 + k * 2.5, k % 5 = 4, pg_temp.moment(n) + k * interval '3 minutes'
from generate_series(0, :sessions - 1) n, generate_series(0, 11) k;

insert into public.live_session_events (session_id, user_id, type, event_data, created_at, seq)
select pg_temp.session(n), pg_temp.person(n * 3), t.type::public.live_session_event_type,
  jsonb_build_object('type', t.type, 'data', case t.type when 'message' then '{"message": "Come on!"}'::jsonb else '{}' end),
  pg_temp.moment(n) + t.seq * interval '3 minutes', t.seq
from generate_series(0, :sessions - 1) n,
  unnest(array['session_created', 'session_started', 'message'] || array_fill('set_completed'::text, array[12]) || array['session_ended'])
    with ordinality t (type, seq)
where pg_temp.moment(n) >= now() - interval '190 days';

insert into public.live_session_messages (session_id, user_id, message, created_at)
select pg_temp.session(n), pg_temp.person(n * 3), 'Come on!', pg_temp.moment(n)
from generate_series(0, :sessions - 1) n
where pg_temp.moment(n) >= now() - interval '190 days';

insert into public.live_session_reactions (session_id, from_user_id, to_user_id, emote, target_set_id, created_at)
select pg_temp.session(n), pg_temp.person(n * 3), pg_temp.person(n * 3 + 1), 'fire', pg_temp.live_set(n * 12 + 1), pg_temp.moment(n)
from generate_series(0, :sessions - 1) n;

insert into public.quick_reactions (from_user_id, to_user_id, emote, set_id, created_at)
select pg_temp.person(n * 3), pg_temp.person(n * 3 + 2), 'clap', pg_temp.live_set(n * 12 + 2), pg_temp.moment(n)
from generate_series(0, :sessions - 1, 2) n;

insert into private.removed_live_session_sets (id, session_id, user_id)
select pg_temp.live_set(-n - 1), pg_temp.session(n), pg_temp.person(n * 3) from generate_series(0, :sessions - 1, 4) n;

do $$
declare
  v_table regclass;
begin
  foreach v_table in array array['public.live_sessions', 'public.live_session_participants', 'public.live_session_sets',
    'public.live_session_events', 'public.live_session_reactions', 'public.live_session_messages', 'public.quick_reactions']::regclass[]
  loop
    execute format('alter table %s enable trigger user', v_table);
  end loop;
end
$$;
commit;
analyze;
