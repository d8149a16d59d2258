-- The platform's roles. Runs as supabase_admin, the cluster's superuser, at every start: every
-- statement can be repeated. Passwords are set by the program.

create function pg_temp.create_role(name text, attributes text) returns void
language plpgsql as $$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = create_role.name) then
    execute format('create role %I', create_role.name);
  end if;
  execute format('alter role %I with %s', create_role.name, attributes);
end;
$$;

-- Whom the API acts as.
select pg_temp.create_role('anon', 'nologin inherit');
select pg_temp.create_role('authenticated', 'nologin inherit');
select pg_temp.create_role('service_role', 'nologin inherit bypassrls');
select pg_temp.create_role('authenticator', 'login noinherit');
grant anon, authenticated, service_role to authenticator;
alter role anon set statement_timeout = '3s';
alter role authenticated set statement_timeout = '8s';
alter role authenticator set statement_timeout = '8s';
alter role authenticator set lock_timeout = '8s';

-- Owners of the platform's own schemas.
select pg_temp.create_role('supabase_auth_admin', 'login noinherit');
select pg_temp.create_role('supabase_realtime_admin', 'nologin noinherit');
alter role supabase_auth_admin set search_path = 'auth';

-- The project: migrations, seed and tests. No superuser.
select pg_temp.create_role(
  'postgres',
  'nosuperuser createdb createrole login replication bypassrls inherit'
);
grant anon, authenticated, service_role to postgres with admin option;
grant pg_monitor, pg_read_all_data, pg_signal_backend, pg_create_subscription to postgres;
alter role postgres set search_path = "$user", public, extensions;
alter role supabase_admin set search_path = "$user", public, auth, extensions;

-- Only here: what the local REST server signs in as; each request then becomes one of the API's
-- roles. It owns nothing and can therefore grant nothing. It knows only tables that it may read
-- itself: pg_read_all_data lets it tell a table that is not granted from one that is not there.
select pg_temp.create_role('stack_rest', 'login inherit');
grant anon, authenticated, service_role to stack_rest with inherit true, set true;
grant pg_read_all_data to stack_rest with inherit true, set false;
alter role stack_rest set statement_timeout = '8s';
alter role stack_rest set lock_timeout = '8s';

drop function pg_temp.create_role(text, text);
