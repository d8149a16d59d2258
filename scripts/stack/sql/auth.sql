-- After lite's tables: what the platform's Auth has beside them, so that one seed.sql and one set
-- of policies serve here and there. Runs as supabase_auth_admin, the owner.

alter table auth.users add column if not exists instance_id uuid;
alter table auth.users add column if not exists is_super_admin boolean;
alter table auth.identities alter column id set default gen_random_uuid();

-- lite stores what a person signs up with as a JSON string that holds the object.
create or replace function auth.unwrap_metadata() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if jsonb_typeof(new.raw_user_meta_data) = 'string' then
    new.raw_user_meta_data := (new.raw_user_meta_data #>> '{}')::jsonb;
  end if;
  return new;
end
$$;
create or replace trigger unwrap_metadata before insert or update of raw_user_meta_data on auth.users
  for each row execute function auth.unwrap_metadata();

create or replace function auth.uid() returns uuid
language sql stable
as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.sub', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'
  )::uuid
$$;
comment on function auth.uid() is 'The id of the signed-in person, from the access token.';

create or replace function auth.role() returns text
language sql stable
as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.role', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role'
  )
$$;
comment on function auth.role() is 'The role claim of the access token.';

create or replace function auth.email() returns text
language sql stable
as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.email', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email'
  )
$$;
comment on function auth.email() is 'The email claim of the access token.';

create or replace function auth.jwt() returns jsonb
language sql stable
as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')
  )::jsonb
$$;
comment on function auth.jwt() is 'All claims of the access token.';

do $$
declare
  auth_table regclass;
begin
  for auth_table in
    select oid from pg_catalog.pg_class
    where relnamespace = 'auth'::regnamespace and relkind = 'r' and not relrowsecurity
  loop
    execute format('alter table %s enable row level security', auth_table);
  end loop;
end;
$$;

grant all on all tables in schema auth to postgres;
grant all on all sequences in schema auth to postgres;
grant all on all routines in schema auth to postgres;

-- Only here: the local REST server looks up whether a token's person and sign-in still exist.
grant select on auth.users, auth.sessions to stack_rest;
drop policy if exists stack_rest_select on auth.users;
create policy stack_rest_select on auth.users for select to stack_rest using (true);
drop policy if exists stack_rest_select on auth.sessions;
create policy stack_rest_select on auth.sessions for select to stack_rest using (true);
