-- A person's data are theirs: to take away as a whole, and to take along.

create function private.leave_for_good() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_session public.live_sessions;
begin
  select s.* into v_session
  from public.live_sessions s
  where s.id in (
    select p.session_id from public.live_session_participants p
    where p.user_id = old.id and p.left_at is null
  )
  for no key update;
  -- Only now that nothing about the session moves any more is it sure that they are still in it.
  if exists (
    select from public.live_session_participants p
    where p.session_id = v_session.id and p.user_id = old.id and p.left_at is null
  ) then
    perform private.depart(v_session, old.id, '{}');
  end if;
  return old;
end
$$;
comment on function private.leave_for_good() is
  'Before an account goes it leaves the session it is in; the host''s role passes on. On auth.users, so that '
  'the session is locked before the profile, as every command does it. Definer: Auth''s role has no right '
  'on sessions.';

create trigger users_leave_for_good before delete on auth.users
  for each row execute function private.leave_for_good();

create function private.forget_person() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  -- Other people's sessions stay as they were, with someone nameless in them.
  update public.live_session_participants p set display_name = 'Deleted user', avatar_url = null
  where p.user_id = old.id;
  update public.live_session_messages m set message = '[deleted]' where m.user_id = old.id;
  update public.live_session_events e
  set event_data = jsonb_set(e.event_data, '{data}', case
    when e.type = 'message' then jsonb_build_object('message', '[deleted]')
    when e.type = 'ready_check' then jsonb_set(e.event_data -> 'data', '{late}', (
      select jsonb_agg(case l.value ->> 'userId'
        when old.id::text then l.value || jsonb_build_object('displayName', 'Deleted user')
        else l.value
      end order by l.ordinality)
      from jsonb_array_elements(e.event_data #> '{data,late}') with ordinality l
    ))
    else (e.event_data -> 'data') - 'avatarUrl' || jsonb_build_object('displayName', 'Deleted user')
  end)
  where e.session_id in (
      select p.session_id from public.live_session_participants p where p.user_id = old.id
    )
    and (
      (e.user_id = old.id and e.type in ('user_joined', 'user_left', 'message'))
      or (e.type = 'host_changed' and e.event_data #>> '{data,hostId}' = old.id::text)
      or (e.type = 'leader_changed' and e.event_data #>> '{data,leaderId}' = old.id::text)
      or (e.type = 'ready_check'
        and e.event_data #> '{data,late}' @> jsonb_build_array(jsonb_build_object('userId', old.id)))
    );
  delete from public.live_session_invitations i where i.host_id = old.id;
  delete from private.live_session_invitation_links l where l.created_by = old.id;
  delete from private.archived_workouts a where a.user_id = old.id;
  return old;
end
$$;
comment on function private.forget_person() is
  'Before an account goes: its name, picture and words disappear from the sessions of others, whose numbers '
  'stay. Definer: it changes what nobody else may.';

create trigger users_20_forget before delete on public.users
  for each row execute function private.forget_person();

create function private.export_person() returns jsonb
language plpgsql stable security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
begin
  return jsonb_build_object(
    'exportedAt', private.epoch_ms(clock_timestamp()),
    'profile', (select to_jsonb(u) from public.users u where u.id = v_caller),
    'friendships', (
      select coalesce(jsonb_agg(to_jsonb(f) order by f.created_at, f.id), '[]') from public.friendships f
      -- Who is blocked does not learn it from an export either.
      where f.user_id = v_caller or (f.friend_id = v_caller and f.status <> 'blocked')
    ),
    'workouts', (
      select coalesce(jsonb_agg(to_jsonb(w) order by w.started_at, w.id), '[]') from public.workouts w
      where w.user_id = v_caller
    ),
    'participations', (
      select coalesce(jsonb_agg(to_jsonb(p) || jsonb_build_object('sessionName', s.name)
        order by p.joined_at, p.id), '[]')
      from public.live_session_participants p
      join public.live_sessions s on s.id = p.session_id
      where p.user_id = v_caller and p.session_id in (select private.joined_session_ids())
    ),
    'sets', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.timestamp_ms, t.id), '[]')
      from public.live_session_sets t where t.user_id = v_caller
    ),
    'messages', (
      select coalesce(jsonb_agg(to_jsonb(m) order by m.created_at, m.id), '[]')
      from public.live_session_messages m where m.user_id = v_caller
    ),
    'reactions', (
      select coalesce(jsonb_agg(to_jsonb(r) order by r.created_at, r.id), '[]')
      from public.live_session_reactions r where r.from_user_id = v_caller
    ),
    'quickReactions', (
      select coalesce(jsonb_agg(to_jsonb(q) order by q.created_at, q.id), '[]')
      from public.quick_reactions q where q.from_user_id = v_caller
    ),
    'invitations', (
      select coalesce(jsonb_agg(to_jsonb(i) order by i.created_at, i.id), '[]')
      from public.live_session_invitations i
      where i.host_id = v_caller
        or (i.recipient_id = v_caller and i.host_id not in (select private.blocked_ids()))
    ),
    'presence', (select to_jsonb(w) from public.workout_presence w where w.user_id = v_caller)
  );
end
$$;
comment on function private.export_person() is
  'Everything stored about the caller. Definer: it includes their own e-mail address, which no grant '
  'opens.';

create function public.export_my_data() returns jsonb
language sql stable
set search_path = ''
as $$ select private.export_person() $$;
comment on function public.export_my_data() is
  'Everything about the caller in one document: {profile, friendships, workouts, participations, sets, '
  'messages, reactions, quickReactions, invitations, presence}.';

revoke all on function
  private.leave_for_good(), private.forget_person(), private.export_person(), public.export_my_data()
from public, anon, authenticated;
grant execute on function private.export_person(), public.export_my_data() to authenticated;
