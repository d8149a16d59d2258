-- Before lite's tables: the schema that they go into.

grant create on database postgres to supabase_auth_admin;
create schema if not exists auth authorization supabase_auth_admin;
grant usage on schema auth to postgres, anon, authenticated, service_role;
