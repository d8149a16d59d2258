-- A year of training, :sessions sessions of it, in the order in which it happened. Whatever one person sees is
-- alike at every size: thirty sessions, ten friends, a hundred sets; only how many others there are differs.
-- Past triggers, and with indexes made at the end: what is measured is reading.
create schema bench;
set session_replication_role = replica;
set synchronous_commit = off;
set work_mem = '256MB';
set maintenance_work_mem = '1GB';

create function bench.person(n bigint) returns uuid immutable language sql return md5('person ' || n)::uuid;
create function bench.session(n bigint) returns uuid immutable language sql return md5('session ' || n)::uuid;
create function bench.people() returns bigint immutable language sql return :sessions / 10;
-- The latest sessions are under way, with four people each: everybody trains.
create function bench.first_open() returns bigint immutable language sql return :sessions - :sessions / 40;
create function bench.moment(n bigint) returns timestamptz stable language sql
  return now() - (:sessions - n) * (interval '400 days' / :sessions);

-- Those who are asked about: twenty people, each host of a session under way with 200 sets and 250 events.
create table bench.readers as
select bench.person(j * 4) as id, bench.session(bench.first_open() + j) as session_id
from (select m * ((:sessions / 40) / 20) as j from generate_series(0, 19) m);

create table bench.dropped as
select c.conrelid::regclass as of_table, c.conname as name, c.contype as kind,
  format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) as again
from pg_constraint c
where c.contype in ('f', 'p', 'u') and c.connamespace in ('public'::regnamespace, 'private'::regnamespace);
create table bench.dropped_indexes as
select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as again
from pg_index i
join pg_class c on c.oid = i.indexrelid
where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
  and not exists (select from pg_constraint k where k.conindid = i.indexrelid);
do $$
declare
  v_row record;
begin
  for v_row in select * from bench.dropped order by kind = 'f' desc loop
    execute format('alter table %s drop constraint %I', v_row.of_table, v_row.name);
  end loop;
  for v_row in select * from bench.dropped_indexes loop
    execute format('drop index %s', v_row.name);
  end loop;
  for v_row in
    select c.oid::regclass as of_table from pg_class c
    where c.relkind = 'r' and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
  loop
    execute format('truncate %s', v_row.of_table);
    -- What would be written twice is never recovered here; reading is the same.
    execute format('alter table %s set unlogged', v_row.of_table);
  end loop;
end
$$;

insert into public.users (id, email, display_name)
select bench.person(n), n || '@bench.invalid', 'Person ' || n from generate_series(0, bench.people() - 1) n;

-- Five asked, five were asked; one in ten people blocks somebody.
insert into public.friendships (user_id, friend_id, status)
select bench.person(n), bench.person((n + k * 5) % bench.people()), 'friends'::public.friendship_status
from generate_series(0, bench.people() - 1) n, generate_series(1, 5) k
union all
select bench.person(n), bench.person((n + 33) % bench.people()), 'blocked'::public.friendship_status
from generate_series(0, bench.people() - 1, 10) n;

create table bench.sessions as
select n, bench.session(n) as id, bench.moment(n) as at, n >= bench.first_open() as open,
  case when n >= bench.first_open() then 4 else 2 + n % 3 end as size,
  case when n >= bench.first_open() then (n - bench.first_open()) * 4 else n * 3 end as first_person,
  case when n >= bench.first_open() then 1 else 31 end as step,
  exists (select from bench.readers r where r.session_id = bench.session(n)) as long
from generate_series(0, :sessions - 1) n;

insert into public.live_sessions (id, host_id, mode, status, name, created_at, started_at, ended_at,
  participant_count, total_sets_completed, visibility, last_event_seq, summary, history_dropped_at)
select s.id, bench.person(s.first_person % bench.people()), (case s.n % 4 when 0 then 'guided' else 'shared' end)::public.live_session_mode,
  (case when s.open then 'active' else 'ended' end)::public.live_session_status, 'Session ' || s.n,
  s.at, s.at, case when not s.open then s.at + interval '40 minutes' end,
  s.size, case when s.long then 200 else 10 end,
  (case when s.open then case s.n % 8 when 0 then 'friends' else 'public' end
    else (array['private', 'friends', 'friends', 'public'])[1 + s.n % 4] end)::public.live_session_visibility,
  case when s.long then 250 else 14 end, case when not s.open then '{}'::jsonb end,
  case when s.at < now() - interval '91 days' then now() end
from bench.sessions s;

insert into public.live_session_participants (session_id, user_id, display_name, joined_at, last_active_at,
  sets_completed, total_volume_kg, is_leader, left_at)
select s.id, bench.person((s.first_person + k * s.step) % bench.people()),
  'Person ' || (s.first_person + k * s.step) % bench.people(), s.at, s.at, 3, 1000, k = 0,
  case when not s.open then s.at + interval '40 minutes' end
from bench.sessions s, generate_series(0, s.size - 1) k;

insert into public.live_session_sets (id, session_id, user_id, exercise_id, exercise_name, weight_kg, reps,
  timestamp_ms, e1rm_kg, created_at)
select md5('set ' || s.n || ' ' || k)::uuid, s.id,
  bench.person((s.first_person + k % s.size * s.step) % bench.people()),
  'exercise-' || k % 5, 'Exercise ' || k % 5, 60 + k % 40, 5,
  (extract(epoch from s.at) * 1000)::bigint + k * 60000, 70 + k % 40, s.at + k * interval '1 minute'
from bench.sessions s, generate_series(0, case when s.long then 199 else 9 end) k;

-- What happened is kept for ninety days.
insert into public.live_session_events (session_id, user_id, type, event_data, created_at, seq)
select s.id, bench.person(s.first_person % bench.people()), 'set_completed',
  jsonb_build_object('type', 'set_completed', 'data', jsonb_build_object(
    'setId', md5('set ' || s.n || ' ' || seq)::uuid, 'exerciseId', 'exercise-' || seq % 5,
    'exerciseName', 'Exercise ' || seq % 5, 'setType', 'working', 'weightKg', 60 + seq % 40, 'reps', 5,
    'e1rmKg', 70 + seq % 40, 'isPR', false)),
  s.at + seq * interval '1 minute', seq
from bench.sessions s, generate_series(1, case when s.long then 250 else 14 end) seq
where s.at > now() - interval '90 days';

insert into public.live_session_invitations (session_id, host_id, recipient_id, status, created_at, expires_at)
select s.id, bench.person(s.first_person % bench.people()), bench.person((s.first_person + 17) % bench.people()),
  (case when s.open then 'pending' else 'accepted' end)::public.live_session_invitation_status,
  least(s.at, now() - interval '1 day'),
  case when s.open then now() + interval '1 day' else s.at + interval '1 day' end
from bench.sessions s where s.n % 4 = 0 or s.open;

insert into private.live_session_removals (session_id, user_id, removed_by)
select s.id, bench.person((s.first_person + 11) % bench.people()), bench.person(s.first_person % bench.people())
from bench.sessions s where s.n % 50 = 0;

insert into public.workout_presence (user_id, is_in_live_session, live_session_id, current_exercise_id,
  current_exercise_name, status, last_set_completed_at, last_updated_at)
select bench.person(s.first_person + k), true, case when k = 0 then s.id end, 'squat', 'Squat', 'working_out', now(),
  -- Nobody refreshes them while reading is measured.
  now() + interval '1 day'
from bench.sessions s, generate_series(0, 3) k where s.open;

drop table bench.sessions;
do $$
declare
  v_row record;
begin
  for v_row in select * from bench.dropped where kind <> 'f' loop
    execute v_row.again;
  end loop;
  for v_row in select * from bench.dropped_indexes loop
    execute v_row.again;
  end loop;
end
$$;
