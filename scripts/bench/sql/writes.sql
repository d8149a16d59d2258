-- The rows that a set writes, and nothing else: copies of the tables without policies, triggers and foreign keys,
-- with the people and sessions of the crowd in them.
create table bench.sessions (like public.live_sessions including defaults including indexes) with (fillfactor = 70);
insert into bench.sessions select * from public.live_sessions;
create table bench.participants (like public.live_session_participants including defaults including indexes)
with (fillfactor = 70);
insert into bench.participants select * from public.live_session_participants;
create table bench.presence (like public.workout_presence including defaults including indexes) with (fillfactor = 70);
insert into bench.presence select * from public.workout_presence;
create table bench.rate_limits (like private.rate_limits including defaults including indexes) with (fillfactor = 50);
insert into bench.rate_limits (user_id, action, scope_id, hits)
select p.id, 'set', p.session_id, array[now()] from bench.people p;
create table bench.events (like public.live_session_events including defaults including indexes);
create table bench.messages (like realtime.messages including defaults including indexes);

create function bench.write_rows(p_id uuid, p_session_id uuid, p_user_id uuid, p_timestamp_ms bigint) returns void
language plpgsql security definer
set search_path = ''
as $$
declare
  v_seq bigint;
begin
  update bench.rate_limits r set hits = array[clock_timestamp()]
  where r.user_id = p_user_id and r.action = 'set' and r.scope_id = p_session_id;
  insert into bench.sets
    (id, session_id, user_id, exercise_id, exercise_name, set_type, weight_kg, reps, timestamp_ms)
  values (p_id, p_session_id, p_user_id, 'squat', 'Squat', 'working', 100, 5, p_timestamp_ms);
  update bench.sessions s
  set last_event_seq = s.last_event_seq + 1, total_sets_completed = s.total_sets_completed + 1
  where s.id = p_session_id
  returning s.last_event_seq into v_seq;
  update bench.participants p
  set sets_completed = p.sets_completed + 1, total_volume_kg = p.total_volume_kg + 500
  where p.session_id = p_session_id and p.user_id = p_user_id;
  insert into bench.events (session_id, user_id, type, event_data, created_at, seq)
  values (p_session_id, p_user_id, 'set_completed',
    jsonb_build_object('setId', p_id, 'weightKg', 100, 'reps', 5), clock_timestamp(), v_seq);
  update bench.presence w set last_set_completed_at = clock_timestamp(), last_updated_at = clock_timestamp()
  where w.user_id = p_user_id;
  insert into bench.messages (topic, extension, event, private, payload)
  values
    ('live_session:' || p_session_id, 'broadcast', 'live_event', true,
      jsonb_build_object('id', p_id, 'seq', v_seq, 'weightKg', 100, 'reps', 5)),
    ('workout_presence:' || p_user_id, 'broadcast', 'presence_update', true,
      jsonb_build_object('id', p_id, 'userId', p_user_id));
end
$$;
grant execute on function bench.write_rows(uuid, uuid, uuid, bigint) to authenticated;

-- Each transaction begins as PostgREST begins it. The work runs inside the server, prepared and without a
-- client in the way: what is compared is what the database does.
create procedure bench.log_sets(p_sets integer, p_kind text, p_from integer, p_people integer)
language plpgsql
as $$
declare
  v_number integer;
  v_person bench.people;
begin
  for v_index in 1 .. p_sets loop
    v_number := p_from + floor(random() * p_people);
    select p.* into v_person from bench.people p where p.number = v_number;
    perform set_config('role', 'authenticated', true), set_config('request.jwt.claims',
      format('{"sub": "%s", "role": "authenticated"}', v_person.id), true);
    if p_kind = 'writes' then
      perform bench.write_rows(gen_random_uuid(), v_person.session_id, v_person.id,
        (extract(epoch from clock_timestamp()) * 1000)::bigint);
    elsif p_kind = 'bare' then
      insert into bench.sets (id, session_id, user_id, exercise_id, exercise_name, set_type, weight_kg, reps, timestamp_ms)
      values (gen_random_uuid(), v_person.session_id, v_person.id, 'squat', 'Squat', 'working', 100, 5,
        (extract(epoch from clock_timestamp()) * 1000)::bigint);
    else
      insert into public.live_session_sets (id, session_id, user_id, exercise_id, exercise_name, set_type, weight_kg, reps, timestamp_ms)
      values (gen_random_uuid(), v_person.session_id, v_person.id, 'squat', 'Squat', 'working', 100, 5,
        (extract(epoch from clock_timestamp()) * 1000)::bigint);
    end if;
    commit;
  end loop;
end
$$;
