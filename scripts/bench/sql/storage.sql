-- Training as people do it, :sessions sessions of it: four people, an hour, five exercises of a warm-up set and
-- three working sets each; six reactions and two messages from everybody. In the order in which it would have
-- happened and with the indexes there, so that they are as full as they would be. Past triggers. Ids of sessions
-- begin with the time if :ordered, else they are random; the first began on :start, the others follow, :every apart.
set session_replication_role = replica;
set synchronous_commit = off;
truncate public.live_sessions, public.users, realtime.messages cascade;
create schema if not exists storage;

create function storage.people() returns bigint immutable language sql return greatest(8, :sessions / 4);
create function storage.person(n bigint) returns uuid immutable language sql
  return md5('person ' || n % storage.people())::uuid;
create function storage.moment(n bigint) returns timestamptz immutable language sql
  return timestamptz ':start' + n * interval ':every';
create function storage.session(n bigint) returns uuid immutable language sql return case when :ordered
  then (lpad(to_hex(floor(extract(epoch from storage.moment(n)) * 1000)::bigint), 12, '0') || '7' || substr(md5('session ' || n), 14))
  else md5('session ' || n) end::uuid;
create function storage.live_set(n bigint) returns uuid immutable language sql return md5('set ' || n)::uuid;

create table storage.exercises (number integer primary key, id text, name text);
insert into storage.exercises
select row_number() over () - 1, lower(replace(n, ' ', '-')), n
from unnest(array['Barbell Bench Press', 'Back Squat', 'Deadlift', 'Pull-up', 'Overhead Press', 'Barbell Row',
  'Romanian Deadlift', 'Incline Dumbbell Press', 'Lat Pulldown', 'Leg Press', 'Dumbbell Lateral Raise', 'Cable Triceps Pushdown',
  'Hammer Curl', 'Bulgarian Split Squat', 'Seated Cable Row']) n;
create table storage.words (number integer primary key, said text);
insert into storage.words
select row_number() over () - 1, w
from unnest(array['Let''s go!', 'One more, you have this 💪', 'nice', 'How many sets do you have left?',
  'that was heavy, taking five minutes before the next one', '🔥🔥🔥', 'Same weight as last week?', 'PR incoming']) w;
-- Every set of every session: whose, which exercise, what.
create view storage.sets as
select n, k, i, storage.live_set((n * 4 + k) * 20 + i) as id, storage.session(n) as session_id,
  storage.person(n * 4 + k) as user_id, x.id as exercise_id, x.name as exercise_name,
  (case when i % 4 = 0 then 'warmup' else 'working' end)::public.live_session_set_type as set_type,
  (40 + 2.5 * ((n + k * 3 + i / 4 * 5) % 25 + i % 4))::numeric(7, 3) as weight_kg, 12 - i % 4 * 2 as reps,
  storage.moment(n) + i * interval '2 minutes 50 seconds' + k * interval '20 seconds' as at
from generate_series(0, :sessions - 1) n, generate_series(0, 19) i, generate_series(0, 3) k,
  lateral (select * from storage.exercises x where x.number = (n * 5 + i / 4) % 15) x;

insert into public.users (id, email, display_name, avatar_url)
select storage.person(n), 'person.' || n || '@example.com', 'Alexandra ' || n,
  'https://abcdefghijklmnopqrst.supabase.co/storage/v1/object/public/avatars/' || storage.person(n) || '.jpg'
from generate_series(0, storage.people() - 1) n;
insert into public.friendships (user_id, friend_id, status)
select storage.person(n), storage.person(n + k), 'friends' from generate_series(0, storage.people() - 1) n, generate_series(1, 5) k
on conflict do nothing;
insert into public.workout_presence (user_id, is_in_live_session, current_exercise_id, current_exercise_name, last_set_completed_at)
select storage.person(n), true, x.id, x.name, now() from generate_series(0, storage.people() - 1) n
join storage.exercises x on x.number = n % 15;

insert into public.live_sessions (id, host_id, mode, status, name, created_at, started_at, ended_at, planned_exercises,
  participant_count, total_sets_completed, last_event_seq, summary)
select storage.session(n), storage.person(n * 4), (case n % 4 when 0 then 'guided' else 'shared' end)::public.live_session_mode,
  'ended', 'Push day with friends', storage.moment(n), storage.moment(n), storage.moment(n) + interval '1 hour',
  case when n % 4 = 0 then (
    select jsonb_agg(jsonb_build_object('exerciseId', x.id, 'targetSets', 4, 'targetRepsMin', 6, 'targetRepsMax', 12))
    from storage.exercises x where x.number < 5) else '[]' end,
  4, 80, 118, jsonb_build_object('participantCount', 4, 'totalSets', 80, 'totalVolumeKg', 48250.5, 'durationMs', 3600000,
    'activeMs', 3540000)
from generate_series(0, :sessions - 1) n;
insert into public.live_session_participants (session_id, user_id, display_name, avatar_url, status, joined_at, last_active_at,
  current_exercise_id, sets_completed, is_leader, total_volume_kg, pr_count, left_at)
select storage.session(n), u.id, u.display_name, u.avatar_url, 'finished', storage.moment(n), storage.moment(n) + interval '57 minutes',
  'deadlift', 20, k = 0, 12062.5, 1, storage.moment(n) + interval '1 hour'
from generate_series(0, :sessions - 1) n, generate_series(0, 3) k, public.users u where u.id = storage.person(n * 4 + k);
insert into public.live_session_invitations (session_id, host_id, recipient_id, status, created_at, expires_at)
select storage.session(n), storage.person(n * 4), storage.person(n * 4 + k), 'accepted', storage.moment(n), storage.moment(n) + interval '1 day'
from generate_series(0, :sessions - 1) n, generate_series(1, 3) k;

insert into public.live_session_sets (id, session_id, user_id, exercise_id, exercise_name, set_type, weight_kg, reps,
  timestamp_ms, e1rm_kg, is_pr, created_at)
select s.id, s.session_id, s.user_id, s.exercise_id, s.exercise_name, s.set_type, s.weight_kg, s.reps,
  private.epoch_ms(s.at), private.epley_e1rm(s.weight_kg, s.reps), s.i % 20 = 3, s.at
from storage.sets s;
insert into private.removed_live_session_sets (id, session_id, user_id)
select storage.live_set(-n - 1), storage.session(n), storage.person(n * 4) from generate_series(0, :sessions - 1) n;

insert into public.live_session_messages (session_id, user_id, message, created_at)
select storage.session(n), storage.person(n * 4 + i % 4), w.said, storage.moment(n) + i * interval '7 minutes'
from generate_series(0, :sessions - 1) n, generate_series(0, 7) i, storage.words w where w.number = (n + i) % 8;
insert into public.live_session_reactions (session_id, from_user_id, to_user_id, emote, target_set_id, created_at)
select storage.session(n), storage.person(n * 4 + i % 4), storage.person(n * 4 + (i + 1) % 4), 'fire',
  case when i % 2 = 0 then storage.live_set((n * 4 + (i + 1) % 4) * 20 + i % 20) end, storage.moment(n) + i * interval '2 minutes'
from generate_series(0, :sessions - 1) n, generate_series(0, 23) i;

insert into public.live_session_events (session_id, user_id, type, event_data, created_at, seq)
select e.session_id, e.user_id, e.type::public.live_session_event_type, jsonb_build_object('type', e.type, 'data', e.data), e.at,
  row_number() over (partition by e.session_id order by e.at)
from (
  select s.id as session_id, s.host_id as user_id, t.type, t.data, s.created_at + t.after as at
  from public.live_sessions s, (values
    ('session_created', '{}'::jsonb, interval '-5 minutes'),
    ('session_started', '{"startedAt": 1790000000000}', interval '-1 minute'),
    ('session_ended', '{"endedAt": 1790003600000}', interval '1 hour')) t (type, data, after)
  union all
  select p.session_id, p.user_id, 'user_joined', jsonb_build_object('displayName', p.display_name, 'avatarUrl', p.avatar_url,
    'joinedAt', private.epoch_ms(p.joined_at)), p.joined_at - interval '2 minutes'
  from public.live_session_participants p where not p.is_leader
  union all
  select t.session_id, t.user_id, 'set_completed', private.set_event_data(t), t.created_at from public.live_session_sets t
  union all
  select m.session_id, m.user_id, 'message', jsonb_build_object('messageId', m.id, 'message', m.message), m.created_at
  from public.live_session_messages m
  union all
  select r.session_id, r.from_user_id, 'reaction', jsonb_strip_nulls(jsonb_build_object('reactionId', r.id,
    'targetUserId', r.to_user_id, 'emote', r.emote, 'targetSetId', r.target_set_id)), r.created_at
  from public.live_session_reactions r
) e
order by e.at;
insert into realtime.messages (topic, extension, payload, event, private)
select 'live_session:' || e.session_id, 'broadcast', private.event_json(e), 'live_event', true
from public.live_session_events e order by e.created_at limit 50000;

insert into private.exercise_bests (user_id, exercise_id, source_kind, source_id, e1rm_kg, achieved_at_ms)
select s.user_id, s.exercise_id, 'session', s.session_id, private.epley_e1rm(s.weight_kg, s.reps), private.epoch_ms(s.at)
from storage.sets s where s.i % 4 in (1, 2)
on conflict do nothing;
insert into private.archived_workouts (session_id, user_id, workout_id)
select p.session_id, p.user_id, gen_random_uuid() from public.live_session_participants p order by p.left_at;
insert into public.workouts (id, user_id, started_at, ended_at, sets, routine_name)
select a.workout_id, a.user_id, min(t.timestamp_ms), max(t.timestamp_ms),
  jsonb_agg(jsonb_build_object('id', t.id, 'exerciseId', t.exercise_id, 'weightKg', trim_scale(t.weight_kg), 'reps', t.reps,
    'timestampMs', t.timestamp_ms) order by t.timestamp_ms), 'Push day with friends'
from private.archived_workouts a
join public.live_session_sets t on t.session_id = a.session_id and t.user_id = a.user_id
group by a.workout_id, a.user_id order by 3;
insert into public.quick_reactions (from_user_id, to_user_id, emote, set_id, created_at)
select storage.person(n * 4), storage.person(n * 4 + 1), 'clap', storage.live_set((n * 4 + 1) * 20), storage.moment(n)
from generate_series(0, :sessions - 1) n;
reset session_replication_role;
