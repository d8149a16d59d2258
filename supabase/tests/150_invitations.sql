-- Inviting and answering, links and codes, and retries with a key.
begin;
select plan(71);

do $$ begin
  perform tests.scene('a', 'active', 'private');
  perform tests.scene('b', 'pending', 'private');
  perform tests.create_person('pal');
  perform tests.create_person('pen');
  perform tests.befriend('a.host', 'pal');
  perform tests.befriend('a.host', 'pen');
end $$;
create function pg_temp.invite(p_who text, p_scene text, variadic p_names text[]) returns text language sql as $$
  select format('select public.invite_to_live_session(%L, %L)', tests.session(p_scene),
    (select array_agg(coalesce(tests.id(n), gen_random_uuid()) order by o) from unnest(p_names) with ordinality u (n, o)))
$$;
create function pg_temp.outcomes(p_answer jsonb) returns text language sql as $$
  select string_agg(r.value ->> 'outcome', ' ' order by r.ordinality) from jsonb_array_elements(p_answer -> 'results') with ordinality r
$$;
create function pg_temp.invitation(p_scene text, p_name text) returns uuid language sql as $$
  select i.id from public.live_session_invitations i where i.session_id = tests.session(p_scene) and i.recipient_id = tests.id(p_name)
$$;
create function pg_temp.call(p_who text, p_command text, p_id uuid) returns text language sql as $$
  select tests.act(p_who, format('select public.%I(%L)', p_command, p_id))
$$;

-- Who may invite, and whom; the answer gives nothing away.
select is(tests.attempt('a.' || c.who, pg_temp.invite('a.' || c.who, 'a', 'pal')), c.outcome, c.who || ' invites')
from (values ('host', '1 rows'), ('participant', 'PT403 not_host'), ('left', 'PT403 not_host'), ('removed', 'PT404 session_not_found'),
  ('invited', 'PT403 not_host'), ('friend', 'PT404 session_not_found'), ('blocked', 'PT404 session_not_found'), ('stranger', 'PT404 session_not_found')) as c (who, outcome);
select is(tests.attempt('anon', pg_temp.invite('anon', 'a', 'pal')), '42501', 'anon invites');
select is(pg_temp.outcomes(tests.fetch('a.host', pg_temp.invite('a.host', 'a', 'pal', 'a.participant', 'a.invited', 'a.stranger', 'a.blocked',
  'a.blocker', 'a.removed', 'nobody at all', 'a.host', 'a.left', 'pal'))),
  'invited already_in_session already_invited not_invitable not_invitable not_invitable not_invitable not_invitable already_in_session invited',
  'an outcome for each, once');
select is(tests.attempt('a.host', format('select public.invite_to_live_session(%L, %L)', tests.session('a'), '{}')), 'PT400 invalid_request', 'nobody');
select is(tests.attempt('a.host', format('select public.invite_to_live_session(%L, array(select gen_random_uuid() from generate_series(1, 51)))', tests.session('a'))),
  'PT400 invalid_request', '51 people');
select is(tests.attempt('a.host', format('select public.invite_to_live_session(%L, array[%L]::uuid[], 0)', tests.session('a'), tests.id('pal'))),
  'PT400 invalid_request', 'for no time');
select is((select m.payload - 'id' - 'createdAt' - 'expiresAt' from realtime.messages m where m.topic = 'user:' || tests.id('pal') and m.event = 'invitation_received'),
  jsonb_build_object('sessionId', tests.session('a'), 'sessionName', 'Scene', 'hostId', tests.id('a.host'), 'hostDisplayName', 'a.host',
    'recipientId', tests.id('pal'), 'mode', 'shared', 'status', 'pending'), 'the recipient hears of it');

-- Answering.
select is(pg_temp.call(c.who, 'accept_live_session_invitation', pg_temp.invitation('a', 'pal')), 'PT404 invitation_not_found', c.who || ' does not accept for the recipient')
from unnest(array['a.host', 'a.participant', 'a.stranger']) as c (who);
select is(pg_temp.call(c.who, 'decline_live_session_invitation', pg_temp.invitation('a', 'pal')), 'PT404 invitation_not_found', c.who || ' does not decline for the recipient')
from unnest(array['a.host', 'a.stranger']) as c (who);
select is(pg_temp.call('pal', 'revoke_live_session_invitation', pg_temp.invitation('a', 'pal')), 'PT404 invitation_not_found', 'the recipient does not revoke');
select is(pg_temp.call('pal', 'accept_live_session_invitation', gen_random_uuid()), 'PT404 invitation_not_found', 'an unknown one');
select is(tests.fetch('pal', format('select public.accept_live_session_invitation(%L)', pg_temp.invitation('a', 'pal'))) #>> '{invitation,status}', 'accepted', 'the recipient accepts');
select is(pg_temp.call('pal', 'accept_live_session_invitation', pg_temp.invitation('a', 'pal')), '1 rows', 'again succeeds');
select is((select count(*) from public.live_session_events e where e.session_id = tests.session('a') and e.type = 'user_joined' and e.user_id = tests.id('pal')), 1::bigint, 'and joined once');
select is(pg_temp.call('a.host', 'revoke_live_session_invitation', pg_temp.invitation('a', 'pal')), 'PT409 already_in_session', 'it is too late to revoke');
select is(pg_temp.call('pal', 'decline_live_session_invitation', pg_temp.invitation('a', 'pal')), 'PT409 already_in_session', 'or to decline');
select is((select count(*) from realtime.messages m where m.topic = 'user:' || tests.id('a.host') and m.event = 'invitation_updated' and m.payload ->> 'recipientId' = tests.id('pal')::text),
  1::bigint, 'the sender hears of it once');

select is(pg_temp.call('a.invited', 'decline_live_session_invitation', pg_temp.invitation('a', 'a.invited')), '1 rows', 'another declines');
select is(pg_temp.call('a.invited', 'decline_live_session_invitation', pg_temp.invitation('a', 'a.invited')), '1 rows', 'again succeeds');
select is(pg_temp.call('a.invited', 'accept_live_session_invitation', pg_temp.invitation('a', 'a.invited')), 'PT404 invitation_not_found', 'what was declined is over');
select is(tests.attempt('a.invited', format('select from public.live_sessions s where s.id = %L', tests.session('a'))), '0 rows', 'and the session is hidden again');
select is(pg_temp.outcomes(tests.fetch('a.host', pg_temp.invite('a.host', 'a', 'a.invited'))), 'invited', 'unless invited anew');
select is(pg_temp.call('a.host', 'revoke_live_session_invitation', pg_temp.invitation('a', 'a.invited')), '1 rows', 'the sender revokes');
select is(pg_temp.call('a.host', 'revoke_live_session_invitation', pg_temp.invitation('a', 'a.invited')), '1 rows', 'again succeeds');
select is(pg_temp.call('a.invited', 'accept_live_session_invitation', pg_temp.invitation('a', 'a.invited')), 'PT404 invitation_not_found', 'what was revoked is gone');

do $$ begin perform tests.fetch('a.host', pg_temp.invite('a.host', 'a', 'pen')); end $$;
update public.live_session_invitations i set created_at = now() - interval '2 days', expires_at = now() - interval '1 second' where i.id = pg_temp.invitation('a', 'pen');
select is(pg_temp.call('pen', 'accept_live_session_invitation', pg_temp.invitation('a', 'pen')), 'PT410 invitation_expired', 'accepted too late');
select is(pg_temp.call('pen', 'decline_live_session_invitation', pg_temp.invitation('a', 'pen')), 'PT410 invitation_expired', 'declined too late');
select is(tests.fetch('pen', 'select public.browse_live_session_invitations(''received'', ''expired'')') #>> '{items,0,status}', 'expired', 'it is listed as expired, before anything has marked it');
select is(tests.fetch('pen', 'select public.browse_live_session_invitations(''received'', ''pending'')') -> 'items', '[]'::jsonb, 'not as pending');
select is(pg_temp.outcomes(tests.fetch('a.host', pg_temp.invite('a.host', 'a', 'pen'))), 'invited', 'invited anew');
select is(tests.act('a.host', format('select public.update_live_session(%L, ''{"maxParticipants": 3}'')', tests.session('a'))), '1 rows', 'no room is left');
select is(pg_temp.call('pen', 'accept_live_session_invitation', pg_temp.invitation('a', 'pen')), 'PT409 session_full', 'accepted without room');
select is(tests.act('pen', 'select public.open_live_session(''shared'')'), '1 rows', 'meanwhile they open a session of their own');
select is(tests.act('a.host', format('select public.update_live_session(%L, ''{"maxParticipants": 10}'')', tests.session('a'))), '1 rows', 'there is room');
select is(pg_temp.call('pen', 'accept_live_session_invitation', pg_temp.invitation('a', 'pen')), 'PT409 already_in_session', 'accepted from within another session');
select is((select jsonb_array_length(tests.fetch('a.host', 'select public.browse_live_session_invitations(''sent'', limit_param => 100)') -> 'items')), 6, 'the sender''s box');
select is(tests.act('a.host', format('select public.end_live_session(%L)', tests.session('a'))), '1 rows', 'the session ends');
select is(pg_temp.call('pen', 'accept_live_session_invitation', pg_temp.invitation('a', 'pen')), 'PT409 session_ended', 'accepted after the end');

-- A block hides invitations from both.
select is(tests.act('b.invited', format('insert into public.friendships (user_id, friend_id, status) values (%L, %L, ''blocked'')', tests.id('b.invited'), tests.id('b.host'))), '1 rows', 'someone invited blocks the host');
select is(pg_temp.call('b.invited', 'accept_live_session_invitation', pg_temp.invitation('b', 'b.invited')), 'PT404 invitation_not_found', 'and cannot accept');
select is(pg_temp.call('b.host', 'revoke_live_session_invitation', pg_temp.invitation('b', 'b.invited')), 'PT404 invitation_not_found', 'nor the host revoke');

-- Codes.
create temporary table link on commit drop as select tests.fetch('b.host', format('select public.create_live_session_invitation_link(%L, 2)', tests.session('b'))) as l;
create function pg_temp.redeem(p_who text, p_code text) returns jsonb language sql as $$
  select tests.fetch(p_who, format('select public.redeem_live_session_invitation_link(%L)', p_code)) $$;
select matches((select l ->> 'code' from link), '^[A-HJ-KM-NP-Z2-9]{5}-[A-HJ-KM-NP-Z2-9]{5}-[A-HJ-KM-NP-Z2-9]{5}$', 'a code of 15 characters that are easily told apart');
select is((select count(*) from private.live_session_invitation_links k, link where k::text like '%' || replace(l ->> 'code', '-', '') || '%'), 0::bigint, 'which is stored nowhere');
select is(tests.attempt('b.participant', format('select public.create_live_session_invitation_link(%L)', tests.session('b'))), 'PT403 not_host', 'only the host makes one');
select is((select pg_temp.redeem('pal', lower(replace(l ->> 'code', '-', ' '))) #>> '{participant,displayName}' from link), 'pal', 'whoever has it joins, however they write it');
select is((select pg_temp.redeem('pal', l ->> 'code') #>> '{participant,displayName}' from link), 'pal', 'again succeeds, and uses nothing up');
select is((select pg_temp.redeem('b.stranger', l ->> 'code') #>> '{participant,displayName}' from link), 'b.stranger', 'another');
select is((select pg_temp.redeem('b.friend', l ->> 'code') ->> 'message' from link), 'invitation_expired', 'two uses are two uses');
select is((select pg_temp.redeem('b.removed', l ->> 'code') ->> 'message' from link), 'invitation_not_found', 'not for who was removed');
select is((select pg_temp.redeem('b.blocked', l ->> 'code') ->> 'message' from link), 'invitation_not_found', 'nor for who is blocked');
select is((select pg_temp.call('b.host', 'revoke_live_session_invitation_link', (l ->> 'id')::uuid) from link), '1 rows', 'the host revokes it');
select is((select pg_temp.call('b.friend', 'revoke_live_session_invitation_link', (l ->> 'id')::uuid) from link), 'PT404 invitation_not_found', 'nobody else does');
select is((select pg_temp.redeem('b.friend', l ->> 'code') ->> 'message' from link), 'invitation_not_found', 'revoked is gone');
select is((select string_agg(o.outcome, ' ') from (
    select coalesce(pg_temp.redeem('b.left', 'WRONG-GUESS-' || n) ->> 'message', '?') as outcome from generate_series(1, 10) n) o),
  trim(repeat('invitation_not_found ', 10)), 'ten guesses');
select is(tests.act('b.left', 'select public.redeem_live_session_invitation_link(''x'')'), 'PT429 rate_limited', 'are all there are in a minute: wrong ones count');

-- Retries with a key.
select set_config('request.headers', '{"idempotency-key": "key-1"}', true);
create temporary table answers on commit drop as
  select n, tests.fetch('a.friend', 'select public.open_live_session(''shared'', ''Once'')') as answer from generate_series(1, 2) n;
select is((select count(distinct answer) from answers), 1::bigint, 'the same key and body gives the same answer');
select is((select count(*) from public.live_sessions s where s.name = 'Once'), 1::bigint, 'and opens one session');
select is(tests.attempt('a.friend', 'select public.open_live_session(''shared'', ''Twice'')'), 'PT400 invalid_request', 'with another body it is refused');
select is(tests.act('a.left', 'select public.open_live_session(''shared'', ''Mine'')'), '1 rows', 'another person''s key is another key');
select set_config('request.headers', '{"idempotency-key": "key-2"}', true);
select is((select count(distinct tests.fetch('b.host', format('select public.create_live_session_invitation_link(%L)', tests.session('b'))) ->> 'code') from generate_series(1, 2)), 1::bigint,
  'a code is given again to who has the key');
select is((select count(*) from private.idempotency_keys k where k.answer::text like '%-%-%' and jsonb_typeof(k.answer) = 'string'), 0::bigint, 'and cannot be read without it');

select * from finish();
rollback;
