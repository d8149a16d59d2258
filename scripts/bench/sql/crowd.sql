-- People in open, running sessions of ten, made by the same commands as anybody's. $people$ is how many.
create schema bench;
create table bench.people (number integer primary key, id uuid not null, session_id uuid);

do $$
declare
  v_group record;
  v_id uuid;
  v_session_id uuid;
begin
  insert into bench.people (number, id) select n, gen_random_uuid() from generate_series(0, :people - 1) n;
  insert into auth.users (id, instance_id, aud, role, email, encrypted_password, email_confirmed_at,
    raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
  select p.id, '00000000-0000-0000-0000-000000000000', 'authenticated', 'authenticated',
    p.id || '@example.com', '', now(), '{}', jsonb_build_object('display_name', 'Person ' || p.number), now(), now()
  from bench.people p;
  for v_group in
    select array_agg(p.id order by p.number) as ids from bench.people p group by p.number / :size
  loop
    v_session_id := null;
    foreach v_id in array v_group.ids loop
      perform set_config('request.jwt.claims',
        jsonb_build_object('sub', v_id, 'role', 'authenticated')::text, true);
      if v_session_id is null then
        v_session_id := public.open_live_session('shared', 'Bench', null, 'public', greatest(:size, 2))
          -> 'session' ->> 'id';
        perform public.start_live_session(v_session_id);
      else
        perform public.join_live_session(v_session_id);
      end if;
    end loop;
    update bench.people p set session_id = v_session_id where p.id = any (v_group.ids);
  end loop;
  perform set_config('request.jwt.claims', '', true);
end
$$;

-- What a set would cost if it caused nothing: the same columns and indexes, no policy, no trigger.
create table bench.sets (like public.live_session_sets including defaults including constraints including indexes);
grant usage on schema bench to authenticated;
grant insert on bench.sets to authenticated;

-- Each transaction begins as PostgREST begins it. The work runs inside the server, prepared and without a
-- client in the way: what is compared is what the database does.
create procedure bench.log_sets(p_sets integer, p_bare boolean, p_from integer, p_people integer)
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
    if p_bare then
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
