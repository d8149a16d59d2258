-- A cast of people who know each other, a finished session with its history, and one that is on.
-- Everyone signs in with <name>@example.com and the password train-together. For development only.

insert into auth.users (
  instance_id, id, aud, role, email, encrypted_password, email_confirmed_at,
  raw_app_meta_data, raw_user_meta_data, created_at, updated_at,
  confirmation_token, recovery_token, email_change, email_change_token_new
)
select
  '00000000-0000-0000-0000-000000000000', p.id::uuid, 'authenticated', 'authenticated',
  p.name || '@example.com', extensions.crypt('train-together', extensions.gen_salt('bf', 6)), now(),
  '{"provider": "email", "providers": ["email"]}', jsonb_build_object('display_name', initcap(p.name)),
  now(), now(), '', '', '', ''
from (values
  ('a11ce000-0000-4000-8000-000000000001', 'alice'),
  ('b0b00000-0000-4000-8000-000000000002', 'bob'),
  ('ca201000-0000-4000-8000-000000000003', 'carol'),
  ('dade0000-0000-4000-8000-000000000004', 'dave'),
  ('e2100000-0000-4000-8000-000000000005', 'erin'),
  ('f2a00000-0000-4000-8000-000000000006', 'frank'),
  ('e5e00000-0000-4000-8000-000000000007', 'eve')
) as p (id, name);

insert into auth.identities (
  id, user_id, provider, provider_id, identity_data, last_sign_in_at, created_at, updated_at
)
select
  gen_random_uuid(), u.id, 'email', u.id::text,
  jsonb_build_object('sub', u.id, 'email', u.email, 'email_verified', true), now(), now(), now()
from auth.users u
where u.email like '%@example.com';

-- Alice, Bob and Carol are friends of each other; Dave is a friend of Alice and Frank; Erin has asked
-- Alice; Alice blocks Eve, who was a friend once.
insert into public.friendships (user_id, friend_id, status)
select u.id, f.id, p.status::public.friendship_status
from (values
  ('alice', 'bob', 'friends'),
  ('alice', 'carol', 'friends'),
  ('bob', 'carol', 'friends'),
  ('dave', 'alice', 'friends'),
  ('dave', 'frank', 'friends'),
  ('erin', 'alice', 'requested'),
  ('eve', 'alice', 'friends'),
  ('alice', 'eve', 'blocked')
) as p (person, friend, status)
join public.users u on u.email = p.person || '@example.com'
join public.users f on f.email = p.friend || '@example.com';

-- Last week's workouts: without a history nobody beats a record.
insert into public.workouts (user_id, started_at, ended_at, routine_name, completion_pct, sets)
select
  u.id, w.started_at, w.started_at + 3600000, w.routine_name, 100,
  jsonb_build_array(
    jsonb_build_object('id', gen_random_uuid(), 'exerciseId', w.exercise_id,
      'weightKg', w.weight_kg, 'reps', 5, 'timestampMs', w.started_at + 600000),
    jsonb_build_object('id', gen_random_uuid(), 'exerciseId', w.exercise_id,
      'weightKg', w.weight_kg + 5, 'reps', 3, 'timestampMs', w.started_at + 900000)
  )
from (
  select p.*, (extract(epoch from now() - p.ago) * 1000)::bigint as started_at
  from (values
    ('alice', interval '7 days', 'Legs', 'squat', 80.0),
    ('bob', interval '6 days', 'Legs', 'squat', 120.0),
    ('carol', interval '5 days', 'Push', 'bench-press', 50.0),
    ('dave', interval '4 days', 'Pull', 'deadlift', 150.0)
  ) as p (person, ago, routine_name, exercise_id, weight_kg)
) w
join public.users u on u.email = w.person || '@example.com';

-- The sessions come about as sessions do: each person calls the commands and logs their own sets.
do $$
declare
  v_alice uuid := (select u.id from public.users u where u.email = 'alice@example.com');
  v_bob uuid := (select u.id from public.users u where u.email = 'bob@example.com');
  v_dave uuid := (select u.id from public.users u where u.email = 'dave@example.com');
  v_frank uuid := (select u.id from public.users u where u.email = 'frank@example.com');
  v_session uuid;
  v_started bigint := (extract(epoch from now() - interval '50 minutes') * 1000)::bigint;
begin
  -- Alice and Bob trained together for fifty minutes, until now.
  perform set_config('request.jwt.claims', jsonb_build_object('sub', v_alice)::text, true);
  v_session := public.open_live_session('shared', 'Leg day', planned_exercises_param =>
    '[{"exerciseId": "squat", "targetSets": 3, "targetRepsMin": 5, "targetRepsMax": 8}]'
  ) -> 'session' ->> 'id';
  perform set_config('request.jwt.claims', jsonb_build_object('sub', v_bob)::text, true);
  perform public.join_live_session(v_session);
  perform set_config('request.jwt.claims', jsonb_build_object('sub', v_alice)::text, true);
  perform public.start_live_session(v_session);
  update public.live_sessions s
  set created_at = s.created_at - interval '52 minutes', started_at = s.started_at - interval '50 minutes'
  where s.id = v_session;
  update public.live_session_participants p set joined_at = p.joined_at - interval '51 minutes'
  where p.session_id = v_session;
  update public.live_session_events e set created_at = e.created_at - interval '50 minutes'
  where e.session_id = v_session;
  insert into public.live_session_sets
    (session_id, user_id, exercise_id, exercise_name, set_type, weight_kg, reps, timestamp_ms)
  values
    (v_session, v_alice, 'squat', 'Squat', 'warmup', 40, 8, v_started + 300000),
    (v_session, v_alice, 'squat', 'Squat', 'working', 80, 5, v_started + 600000),
    (v_session, v_alice, 'squat', 'Squat', 'working', 85, 5, v_started + 1200000);
  perform set_config('request.jwt.claims', jsonb_build_object('sub', v_bob)::text, true);
  insert into public.live_session_sets
    (session_id, user_id, exercise_id, exercise_name, set_type, weight_kg, reps, timestamp_ms)
  values
    (v_session, v_bob, 'squat', 'Squat', 'working', 110, 8, v_started + 900000),
    (v_session, v_bob, 'squat', 'Squat', 'working', 115, 6, v_started + 1500000);
  insert into public.live_session_reactions (session_id, from_user_id, to_user_id, emote, target_set_id)
  select v_session, v_bob, v_alice, 'crown', s.id
  from public.live_session_sets s
  where s.session_id = v_session and s.is_pr;
  insert into public.live_session_messages (session_id, user_id, message)
  values (v_session, v_bob, 'That was a record!');
  perform set_config('request.jwt.claims', jsonb_build_object('sub', v_alice)::text, true);
  perform public.end_live_session(v_session);

  -- Dave has begun a session; his friends may join, and Alice is invited.
  perform set_config('request.jwt.claims', jsonb_build_object('sub', v_dave)::text, true);
  v_session := public.open_live_session('shared', 'Evening pull', 'back',
    invitee_ids_param => array[v_alice]) -> 'session' ->> 'id';
  perform set_config('request.jwt.claims', jsonb_build_object('sub', v_frank)::text, true);
  perform public.join_live_session(v_session);
  perform set_config('request.jwt.claims', jsonb_build_object('sub', v_dave)::text, true);
  perform public.start_live_session(v_session);
  insert into public.live_session_sets
    (session_id, user_id, exercise_id, exercise_name, set_type, weight_kg, reps, timestamp_ms)
  values
    (v_session, v_dave, 'deadlift', 'Deadlift', 'working', 140, 5, (extract(epoch from now()) * 1000)::bigint);
  insert into public.quick_reactions (from_user_id, to_user_id, emote) values (v_dave, v_alice, 'fire');
  perform set_config('request.jwt.claims', '', true);
end
$$;
