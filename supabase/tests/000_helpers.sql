-- Helpers for the other files, which run after this one. They stay in the database (schema tests), so
-- tests belong into a database that may be thrown away.
begin;
create extension if not exists pgtap with schema extensions;
drop schema if exists tests cascade;
create schema tests;
comment on schema tests is 'Helpers of the database tests; nothing of the product uses them.';

-- The person's id. Names are unique in a test, so that a test reads like a story.
create function tests.id(p_name text) returns uuid
language sql stable security definer set search_path = ''
as $$ select u.id from auth.users u where u.email = p_name || '@test.invalid' $$;

-- A new account, as signing up makes it.
create function tests.create_person(p_name text) returns uuid
language sql security definer set search_path = ''
as $$
  insert into auth.users (instance_id, id, aud, role, email, raw_user_meta_data, created_at, updated_at,
    confirmation_token, recovery_token, email_change, email_change_token_new)
  values ('00000000-0000-0000-0000-000000000000', gen_random_uuid(), 'authenticated', 'authenticated',
    p_name || '@test.invalid', jsonb_build_object('display_name', p_name), now(), now(), '', '', '', '')
  returning id
$$;

-- From here on the statements run as that person would run them through the API.
create function tests.become(p_name text) returns void
language plpgsql set search_path = ''
as $$
begin
  if p_name = 'anon' then
    perform set_config('request.jwt.claims', '{"role": "anon"}', true);
    perform set_config('role', 'anon', true);
    return;
  end if;
  perform set_config('request.jwt.claims', jsonb_build_object(
    -- "nobody" holds a valid token of an account that is not there.
    'sub', case when p_name like '%nobody' then 'ffffffff-ffff-4fff-8fff-ffffffffffff'::uuid
      else tests.id(p_name) end,
    'role', 'authenticated', 'aud', 'authenticated', 'exp', extract(epoch from now())::bigint + 3600
  )::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;

-- Back to the database's owner.
create function tests.become_owner() returns void
language plpgsql set search_path = ''
as $$
begin
  perform set_config('role', 'none', true);
  perform set_config('request.jwt.claims', '', true);
end
$$;

-- Runs a statement as a person and keeps what it did: how many rows, or the exact refusal.
create function tests.act(p_name text, p_sql text) returns text
language plpgsql set search_path = ''
as $$
declare
  v_rows bigint;
  v_message text;
begin
  perform tests.become(p_name);
  execute p_sql;
  get diagnostics v_rows = row_count;
  perform tests.become_owner();
  return v_rows || ' rows';
exception
  when others then
    get stacked diagnostics v_message = message_text;
    perform tests.become_owner();
    return sqlstate || case when sqlstate like 'PT%' then ' ' || v_message else '' end;
end
$$;

-- The same, but leaves nothing behind: for asking many people one question.
create function tests.attempt(p_name text, p_sql text) returns text
language plpgsql set search_path = ''
as $$
declare
  v_outcome text;
begin
  v_outcome := tests.act(p_name, p_sql);
  raise exception using errcode = 'TE000', message = v_outcome;
exception
  when sqlstate 'TE000' then
    return v_outcome;
end
$$;

-- Runs a query as a person and returns its first value as JSON.
create function tests.fetch(p_name text, p_sql text) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  v_result jsonb;
begin
  perform tests.become(p_name);
  execute 'select to_jsonb(q.value) from (' || p_sql || ') q(value)' into v_result;
  perform tests.become_owner();
  return v_result;
end
$$;

-- Makes two people friends, each doing their part.
create function tests.befriend(p_one text, p_other text) returns void
language plpgsql set search_path = ''
as $$
begin
  perform tests.become(p_one);
  insert into public.friendships (user_id, friend_id, status) values (tests.id(p_one), tests.id(p_other), 'requested');
  perform tests.become(p_other);
  update public.friendships f set status = 'friends'
  where f.user_id = tests.id(p_one) and f.friend_id = tests.id(p_other);
  perform tests.become_owner();
end
$$;

create function tests.block(p_blocker text, p_blocked text) returns void
language plpgsql set search_path = ''
as $$
begin
  perform tests.become(p_blocker);
  insert into public.friendships (user_id, friend_id, status)
  values (tests.id(p_blocker), tests.id(p_blocked), 'blocked');
  perform tests.become_owner();
end
$$;

-- A set of 5 × 100 kg squats, done now, as a statement for act() and attempt().
create function tests.log_set(p_session_id uuid, p_columns text default '', p_values text default '')
returns text
language sql set search_path = ''
as $$
  select format(
    'insert into public.live_session_sets (session_id, exercise_id, exercise_name, weight_kg, reps, timestamp_ms%s)
     values (%L, ''squat'', ''Squat'', 100, 5, (extract(epoch from clock_timestamp()) * 1000)::bigint%s)',
    p_columns, p_session_id, p_values)
$$;

-- A session in the given state and everyone who can stand in some relation to it, each named
-- <prefix>.<who>: host, participant, left, removed, invited, friend, blocked (whom the host blocks),
-- blocker (who blocks the host), stranger, nobody.
create function tests.scene(
  p_prefix text, p_status text, p_visibility text default 'friends', p_mode text default 'shared'
) returns uuid
language plpgsql set search_path = ''
as $$
declare
  v_session uuid;
  v_who text;
begin
  foreach v_who in array array['host', 'participant', 'left', 'removed', 'invited', 'friend', 'blocked',
    'blocker', 'stranger']
  loop
    perform tests.create_person(p_prefix || '.' || v_who);
  end loop;
  foreach v_who in array array['participant', 'left', 'removed', 'invited', 'friend', 'blocked', 'blocker'] loop
    perform tests.befriend(p_prefix || '.host', p_prefix || '.' || v_who);
  end loop;
  perform tests.become(p_prefix || '.host');
  v_session := public.open_live_session(
    p_mode::public.live_session_mode, 'Scene', null, p_visibility::public.live_session_visibility,
    invitee_ids_param => array[
      tests.id(p_prefix || '.participant'), tests.id(p_prefix || '.left'),
      tests.id(p_prefix || '.removed'), tests.id(p_prefix || '.invited')]
  ) -> 'session' ->> 'id';
  foreach v_who in array array['participant', 'left', 'removed'] loop
    perform tests.become(p_prefix || '.' || v_who);
    perform public.join_live_session(v_session);
  end loop;
  if p_status <> 'pending' then
    perform tests.become(p_prefix || '.host');
    perform public.start_live_session(v_session);
    foreach v_who in array array['host', 'participant', 'participant', 'left', 'removed'] loop
      perform tests.become(p_prefix || '.' || v_who);
      execute tests.log_set(v_session);
    end loop;
  end if;
  perform tests.become(p_prefix || '.left');
  perform public.leave_live_session(v_session);
  perform tests.become(p_prefix || '.host');
  perform public.remove_live_session_participant(v_session, tests.id(p_prefix || '.removed'));
  perform tests.become_owner();
  -- A row of their own in the other direction would clash with the friendship, so they turn that one.
  update public.friendships f set status = 'blocked'
  where f.user_id = tests.id(p_prefix || '.host') and f.friend_id = tests.id(p_prefix || '.blocked');
  perform tests.block(p_prefix || '.blocker', p_prefix || '.host');
  if p_status = 'ended' then
    perform tests.become(p_prefix || '.host');
    perform public.end_live_session(v_session);
    perform tests.become_owner();
  end if;
  perform set_config('tests.' || p_prefix, v_session::text, true);
  return v_session;
end
$$;

-- The session of a scene of this transaction.
create function tests.session(p_prefix text) returns uuid
language sql set search_path = ''
as $$ select current_setting('tests.' || p_prefix)::uuid $$;

grant usage on schema tests to anon, authenticated;
grant execute on all functions in schema tests to anon, authenticated;

select plan(1);
select has_schema('tests');
select * from finish();
commit;
