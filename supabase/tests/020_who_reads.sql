-- Who reads what: every table × every kind of person × pending, active and ended × every visibility.
begin;
select plan(361);

do $$
declare
  v_visibility text;
  v_status text;
begin
  foreach v_visibility in array array['private', 'friends', 'public'] loop
    foreach v_status in array array['pending', 'active', 'ended'] loop
      perform tests.scene(v_visibility || '_' || v_status, v_status, v_visibility);
    end loop;
  end loop;
end $$;

-- The session itself.
with expected (visibility, status, who, outcome) as (
  select v.visibility, s.status, p.who,
    case
      when p.who = 'anon' then '42501'
      when p.who in ('host', 'participant', 'left') then '1 rows'
      -- Invitations end with the session.
      when p.who = 'invited' and s.status <> 'ended' then '1 rows'
      when p.who in ('removed', 'blocked', 'blocker') then '0 rows'
      -- friend, stranger, and nobody (a valid token of an account that is gone)
      when v.visibility = 'public' and s.status <> 'ended' then '1 rows'
      when v.visibility = 'friends' and p.who in ('friend', 'invited') then '1 rows'
      else '0 rows'
    end
  from unnest(array['private', 'friends', 'public']) as v (visibility),
    unnest(array['pending', 'active', 'ended']) as s (status),
    unnest(array['host', 'participant', 'left', 'removed', 'invited', 'friend', 'blocked', 'blocker',
      'stranger', 'nobody', 'anon']) as p (who)
)
select is(
  tests.attempt(
    case when e.who = 'anon' then e.who else e.visibility || '_' || e.status || '.' || e.who end,
    format('select from public.live_sessions s where s.id = %L', tests.session(e.visibility || '_' || e.status))),
  e.outcome,
  format('%s, %s: %s reads the session', e.visibility, e.status, e.who))
from expected e;

-- The policy and its twin for commands say the same about everybody.
create temporary table agreement on commit drop as
select v.visibility || '_' || s.status as scene, p.who, null::boolean as by_policy, null::boolean as by_function
from unnest(array['private', 'friends', 'public']) as v (visibility),
  unnest(array['pending', 'active', 'ended']) as s (status),
  unnest(array['host', 'participant', 'left', 'removed', 'invited', 'friend', 'blocked', 'blocker',
    'stranger', 'nobody']) as p (who);
do $$
declare
  v_case record;
begin
  for v_case in select * from agreement loop
    perform tests.become(v_case.scene || '.' || v_case.who);
    perform set_config('tests.by_policy',
      (select count(*) from public.live_sessions s where s.id = tests.session(v_case.scene))::text, true);
    -- The function is not for clients: its owner asks, in the person's name.
    perform set_config('role', 'none', true);
    update agreement a
    set by_policy = current_setting('tests.by_policy') = '1',
      by_function = private.can_see_session(tests.session(v_case.scene))
    where a.scene = v_case.scene and a.who = v_case.who;
    perform tests.become_owner();
  end loop;
end $$;
select is((select count(*) from agreement a where a.by_policy is null), 0::bigint, 'everybody was asked');
select is_empty(
  'select a.scene, a.who, a.by_policy, a.by_function from agreement a
   where a.by_policy is distinct from a.by_function',
  'can_see_session() and the policy live_sessions_select agree');

-- Inside: participants, events and sets, whatever the visibility.
with expected (visibility, status, who, relation, outcome) as (
  select v.visibility, s.status, p.who, r.relation,
    case
      when p.who = 'anon' then '42501'
      when p.who in ('host', 'participant', 'left') then
        case r.relation
          -- host, participant, left, removed
          when 'live_session_participants' then '4 rows'
          -- created, three joined, [started, five sets,] one left, one removed[, ended]
          when 'live_session_events' then
            case s.status when 'pending' then '6 rows' when 'active' then '12 rows' else '13 rows' end
          when 'live_session_sets' then case s.status when 'pending' then '0 rows' else '5 rows' end
        end
      -- Someone removed keeps their own sets and nothing else of it.
      when p.who = 'removed' and r.relation = 'live_session_sets' and s.status <> 'pending' then '1 rows'
      else '0 rows'
    end
  from unnest(array['friends', 'public']) as v (visibility),
    unnest(array['pending', 'active', 'ended']) as s (status),
    unnest(array['host', 'participant', 'left', 'removed', 'invited', 'friend', 'blocked', 'blocker',
      'stranger', 'nobody', 'anon']) as p (who),
    unnest(array['live_session_participants', 'live_session_events', 'live_session_sets']) as r (relation)
)
select is(
  tests.attempt(
    case when e.who = 'anon' then e.who else e.visibility || '_' || e.status || '.' || e.who end,
    format('select from public.%I t where t.session_id = %L', e.relation,
      tests.session(e.visibility || '_' || e.status))),
  e.outcome,
  format('%s, %s: %s reads %s', e.visibility, e.status, e.who, e.relation))
from expected e;

-- Invitations: sender and recipient, but not across a block.
with expected (who, outcome) as (values
  ('host', '4 rows'), ('participant', '1 rows'), ('left', '1 rows'), ('removed', '1 rows'),
  ('invited', '1 rows'), ('friend', '0 rows'), ('blocked', '0 rows'), ('blocker', '0 rows'),
  ('stranger', '0 rows'), ('nobody', '0 rows'), ('anon', '42501'))
select is(
  tests.attempt(case when e.who = 'anon' then e.who else 'friends_active.' || e.who end, format(
    'select from public.live_session_invitations i where i.session_id = %L', tests.session('friends_active'))),
  e.outcome, e.who || ' reads invitations')
from expected e;

-- What the read RPCs say: the same, with the contract's codes.
with expected (who, snapshot, events, summary) as (values
  ('host', '1 rows', '1 rows', '1 rows'),
  ('participant', '1 rows', '1 rows', '1 rows'),
  ('left', '1 rows', '1 rows', '1 rows'),
  ('removed', 'PT404 session_not_found', 'PT404 session_not_found', 'PT404 session_not_found'),
  ('invited', '1 rows', 'PT403 not_participant', 'PT403 not_participant'),
  ('friend', '1 rows', 'PT403 not_participant', 'PT403 not_participant'),
  ('blocked', 'PT404 session_not_found', 'PT404 session_not_found', 'PT404 session_not_found'),
  ('blocker', 'PT404 session_not_found', 'PT404 session_not_found', 'PT404 session_not_found'),
  ('stranger', 'PT404 session_not_found', 'PT404 session_not_found', 'PT404 session_not_found'),
  ('nobody', 'PT404 session_not_found', 'PT404 session_not_found', 'PT404 session_not_found'),
  ('anon', '42501', '42501', '42501'))
select is(
  tests.attempt(case when e.who = 'anon' then e.who else 'friends_active.' || e.who end,
    format('select public.get_live_session_%s(%L)', c.name, tests.session('friends_active'))),
  case c.name when 'snapshot' then e.snapshot when 'events' then e.events else e.summary end,
  format('%s asks for the %s', e.who, c.name))
from expected e, unnest(array['snapshot', 'events', 'summary']) as c (name);

-- From outside a snapshot shows the session and nothing of its inside.
select is(
  tests.fetch('friends_active.friend', format(
    'select public.get_live_session_snapshot(%L)', tests.session('friends_active'))) -> 'participants',
  '[]'::jsonb, 'a friend outside sees no participants in the snapshot');
select is(
  tests.fetch('friends_active.friend', format(
    'select public.get_live_session_snapshot(%L)', tests.session('friends_active'))) -> 'recentEvents',
  '[]'::jsonb, 'a friend outside sees no events in the snapshot');
select is(
  jsonb_array_length(tests.fetch('friends_active.left', format(
    'select public.get_live_session_snapshot(%L)', tests.session('friends_active'))) -> 'participants'),
  4, 'who left sees the participants in the snapshot');
-- A friend may read the row of a session that has ended; the summary in it names nobody.
select is(
  array(select jsonb_object_keys(s.summary) from public.live_sessions s
    where s.id = tests.session('friends_ended') order by 1),
  array['activeMs', 'durationMs', 'participantCount', 'totalSets', 'totalVolumeKg'],
  'the frozen summary holds totals only');

-- Browsing shows to each exactly what the policy lets them see.
select is(
  (select array_agg(i.value ->> 'id') from jsonb_array_elements(
    tests.fetch('public_active.participant', 'select public.browse_live_sessions(''mine'')') -> 'items') i),
  array[tests.session('public_active')::text], 'mine: the session one is in');
select is(
  jsonb_array_length(tests.fetch('public_active.removed',
    'select public.browse_live_sessions(''mine'')') -> 'items'), 0, 'mine: not the one removed from');
select is(
  (select array_agg(i.value ->> 'id') from jsonb_array_elements(
    tests.fetch('friends_pending.friend', 'select public.browse_live_sessions(''friends'')') -> 'items') i),
  array[tests.session('friends_pending')::text], 'friends: what one''s friends host');
select is(
  jsonb_array_length(tests.fetch('friends_pending.blocked',
    'select public.browse_live_sessions(''friends'')') -> 'items'), 0, 'friends: not past a block');
select ok(
  tests.fetch('friends_pending.stranger', 'select public.browse_live_sessions(''public'', limit_param => 100)')
    -> 'items' @> jsonb_build_array(jsonb_build_object('id', tests.session('public_active'))),
  'public: open to everyone');
select ok(
  not tests.fetch('public_active.blocked', 'select public.browse_live_sessions(''public'', limit_param => 100)')
    -> 'items' @> jsonb_build_array(jsonb_build_object('id', tests.session('public_active'))),
  'public: not past a block');
select is(tests.attempt('friends_pending.stranger', 'select public.browse_live_sessions(''all'')'),
  'PT400 invalid_request', 'an unknown scope is refused');
select is(tests.attempt('friends_pending.stranger', 'select public.browse_live_sessions(cursor_param => ''x'')'),
  'PT400 invalid_request', 'a made-up cursor is refused');
-- Page by page, nothing twice and nothing missed.
select is(
  (with recursive pages as (
    select tests.fetch('friends_pending.stranger',
      'select public.browse_live_sessions(''public'', limit_param => 1)') as page
    union all
    select tests.fetch('friends_pending.stranger', format(
      'select public.browse_live_sessions(''public'', limit_param => 1, cursor_param => %L)',
      p.page ->> 'nextCursor'))
    from pages p where p.page ->> 'nextCursor' is not null
  )
  select array_agg(i.value ->> 'id') from pages p, jsonb_array_elements(p.page -> 'items') i),
  (select array_agg(s.id::text order by s.created_at desc, s.id desc) from public.live_sessions s
    where s.visibility = 'public' and s.status <> 'ended'),
  'pages of one item put together are the whole list, newest first');

-- Profiles: oneself and whoever one has to do with; nobody's e-mail address.
select is(tests.attempt('friends_active.participant', 'select u.email from public.users u'), '42501',
  'nobody reads e-mail addresses');
select is(tests.attempt('friends_active.stranger', 'select u.id, u.display_name from public.users u'), '1 rows',
  'a stranger reads their own profile only');
select is(tests.attempt('friends_active.participant', 'select u.id from public.users u'), '2 rows',
  'a friend reads their friend''s profile');
select is(tests.attempt('friends_active.blocker', format(
  'update public.users set display_name = ''x'' where id = %L', tests.id('friends_active.host'))), '0 rows',
  'nobody writes another''s profile');
select is(tests.attempt('anon', 'select u.id from public.users u'), '42501', 'anon reads no profiles');

select * from finish();
rollback;
