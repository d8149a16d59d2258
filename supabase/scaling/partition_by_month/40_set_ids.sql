-- Ids of sets, unique whatever the month.

create table private.live_session_set_ids (
  id uuid not null,
  user_id uuid not null
);
comment on table private.live_session_set_ids is
  'The id of every set and who logged it: unique over all partitions of live_session_sets. References to sets go here.';
revoke all on private.live_session_set_ids from public, anon, authenticated, service_role;
insert into private.live_session_set_ids (id, user_id)
select s.id, s.user_id from public.live_session_sets s;
alter table private.live_session_set_ids add constraint live_session_set_ids_pkey primary key (id);

create function private.keep_set_id() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  insert into private.live_session_set_ids (id, user_id) values (new.id, new.user_id);
  return new;
end
$$;
comment on function private.keep_set_id() is
  'Takes the id of a new set, which fails if any other set has it. Before the row itself, so that the next row '
  'of the same statement finds it. Definer: ids are not the client''s to write.';

create function private.forget_set_id() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  delete from private.live_session_set_ids i where i.id = old.id;
  return null;
end
$$;
comment on function private.forget_set_id() is
  'Lets go of the id of a removed set, and with it of what refers to it. Definer: see keep_set_id().';

revoke all on function private.keep_set_id(), private.forget_set_id() from public;
