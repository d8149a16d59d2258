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
