-- Training unseen: a person can hide that they train, from everyone or from some of their friends. Nobody
-- is told, and nothing that a friend can ask gives it away: hidden looks like not training.

create table private.presence_settings (
  user_id uuid primary key references public.users (id) on delete cascade,
  visible boolean not null
);
comment on table private.presence_settings is 'Who has said whether they are seen training; without a row one is.';
create table private.presence_hidden_from (
  user_id uuid not null references public.users (id) on delete cascade,
  hidden_from_id uuid not null references public.users (id) on delete cascade,
  primary key (user_id, hidden_from_id),
  constraint presence_hidden_from_somebody_else check (user_id <> hidden_from_id)
);
comment on table private.presence_hidden_from is 'From whom somebody hides that they train, friend or not.';
create index presence_hidden_from_hidden_from_id_idx on private.presence_hidden_from (hidden_from_id);
comment on index private.presence_hidden_from_hidden_from_id_idx is
  'Serves who hides from the caller, and the foreign key.';
revoke all on private.presence_settings, private.presence_hidden_from from public, anon, authenticated;

create function private.is_invisible(p_user_id uuid) returns boolean
language sql stable security definer
set search_path = ''
as $$
  select exists (
    select from private.presence_settings t where t.user_id = p_user_id and not t.visible
  )
$$;
comment on function private.is_invisible(uuid) is
  'Whether a person hides from everyone that they train. Definer: nobody may read another''s settings.';

create function private.hiding_ids() returns setof uuid
language sql stable security definer
set search_path = ''
as $$
  select h.user_id from private.presence_hidden_from h where h.hidden_from_id = (select auth.uid())
$$;
comment on function private.hiding_ids() is
  'Who hides from the caller that they train. Definer: the caller must not know.';

create function private.shown_presence_ids() returns setof uuid
language sql stable security definer
set search_path = ''
as $$
  select f.id from private.friend_ids() f (id)
  where not private.is_invisible(f.id)
  except
  select private.hiding_ids()
$$;
comment on function private.shown_presence_ids() is
  'Friends who let the caller see that they train. Definer: who does not is not the caller''s to know.';

alter policy workout_presence_select on public.workout_presence
using (
  workout_presence.user_id = (select auth.uid())
  or (
    workout_presence.user_id = any (array(select private.shown_presence_ids()))
    and not private.is_gone(workout_presence.last_updated_at)
  )
);
comment on policy workout_presence_select on public.workout_presence is
  'One''s own row, and those of friends who are not gone and do not hide. Nobody else''s.';

create or replace function public.friends_presence() returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.caller();
  return (
    select coalesce(jsonb_agg(private.presence_json(w) order by w.workout_started_at desc, w.id), '[]')
    from public.workout_presence w
    where w.user_id = any (array(select private.shown_presence_ids()))
      and w.status <> 'finished'
  );
end
$$;

create function private.presence_settings_of(p_user_id uuid) returns jsonb
language sql stable security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'visible', not private.is_invisible(p_user_id),
    'hiddenFrom', coalesce((
      select jsonb_agg(h.hidden_from_id order by h.hidden_from_id)
      from private.presence_hidden_from h
      where h.user_id = p_user_id
    ), '[]')
  )
$$;
comment on function private.presence_settings_of(uuid) is
  'A person''s own settings, for themselves. Definer: nobody may read the tables.';

revoke all on function
  private.is_invisible(uuid), private.hiding_ids(), private.shown_presence_ids(),
  private.presence_settings_of(uuid)
from public;
grant execute on function private.shown_presence_ids() to authenticated, service_role;
