-- The base tables: profiles, friendships, workouts. Nobody makes a friendship alone; who is blocked does
-- not learn it.
begin;
select plan(53);

do $$
declare
  v_name text;
begin
  foreach v_name in array array['ann', 'ben', 'cleo', 'dan'] loop
    perform tests.create_person(v_name);
  end loop;
end $$;
create function pg_temp.ask(p_from text, p_to text, p_status text default 'requested') returns text language sql as $$
  select format('insert into public.friendships (user_id, friend_id, status) values (%L, %L, %L)',
    tests.id(p_from), tests.id(p_to), p_status)
$$;
create function pg_temp.turn(p_from text, p_to text, p_status text) returns text language sql as $$
  select format('update public.friendships f set status = %L where f.user_id = %L and f.friend_id = %L',
    p_status, tests.id(p_from), tests.id(p_to))
$$;
create function pg_temp.friends(p_one text, p_other text) returns boolean language plpgsql as $$
declare
  v_friends boolean;
begin
  perform tests.become(p_one);
  v_friends := tests.id(p_other) in (select private.friend_ids());
  perform tests.become_owner();
  return v_friends;
end $$;

-- Signing up makes the profile.
insert into auth.users (id, email, raw_user_meta_data) values
  ('00000000-0000-4000-8000-0000000000f1', 'grace.hopper@test.invalid', '{}'),
  ('00000000-0000-4000-8000-0000000000f2', 'x@test.invalid', jsonb_build_object('display_name', repeat('n', 80), 'avatar_url', repeat('a', 3000))),
  ('00000000-0000-4000-8000-0000000000f3', 'y@test.invalid', '{"display_name": "   "}'),
  ('00000000-0000-4000-8000-0000000000f4', null, null);
select is((select u.display_name from public.users u where u.id = '00000000-0000-4000-8000-0000000000f1'), 'grace.hopper',
  'without a name the part before the @');
select is((select row(char_length(u.display_name), u.avatar_url)::text from public.users u where u.id = '00000000-0000-4000-8000-0000000000f2'),
  '(50,)', 'what is too long does not fail the sign-up');
select is((select u.display_name from public.users u where u.id = '00000000-0000-4000-8000-0000000000f3'), 'y', 'blanks are no name');
select is((select u.display_name from public.users u where u.id = '00000000-0000-4000-8000-0000000000f4'), 'Athlete', 'nor is nothing');
update auth.users set email = 'new@test.invalid' where id = '00000000-0000-4000-8000-0000000000f1';
select is((select u.email from public.users u where u.id = '00000000-0000-4000-8000-0000000000f1'), 'new@test.invalid',
  'a changed address is followed');
select is(tests.attempt('ann', 'update public.users set display_name = ''Anna'''), '1 rows', 'one renames oneself, nobody else');
select is(tests.attempt('ann', 'update public.users set display_name = '''''), '23514', 'not to nothing');
select is(tests.attempt('ann', 'update public.users set email = ''x'''), '42501', 'the address is Auth''s to change');
select is(tests.attempt('ann', 'insert into public.users (id, display_name) values (gen_random_uuid(), ''x'')'), '42501', 'no profile without an account');
select is(tests.attempt('ann', 'delete from public.users'), '42501', 'nor an account without a profile');

-- Asking.
select is(tests.attempt('ann', pg_temp.ask('ann', 'ben', 'friends')), 'PT403 permission_denied', 'not friends at once');
select is(tests.attempt('ann', pg_temp.ask('ann', 'ben', 'pending')), 'PT403 permission_denied', 'nor pending');
select is(tests.attempt('ann', pg_temp.ask('ann', 'ben', 'none')), 'PT403 permission_denied', 'nor none');
select is(tests.attempt('ann', pg_temp.ask('ben', 'ann')), 'PT403 permission_denied', 'not in the other''s name');
select is(tests.attempt('ann', pg_temp.ask('ben', 'ann', 'blocked')), 'PT403 permission_denied', 'no block in the other''s name');
select is(tests.attempt('ann', pg_temp.ask('ann', 'ann')), '23514', 'not oneself');
select is(tests.attempt('anon', pg_temp.ask('ann', 'ben')), '42501', 'not without signing in');
select is(tests.act('ann', pg_temp.ask('ann', 'ben')), '1 rows', 'one asks');
select is(pg_temp.friends('ann', 'ben'), false, 'which makes no friends');
select is(tests.attempt('ann', pg_temp.turn('ann', 'ben', 'friends')), 'PT403 permission_denied', 'nor accepts one''s own request');
select is(tests.attempt('ann', format('update public.friendships set user_id = %L, friend_id = %L', tests.id('ben'), tests.id('ann'))),
  '42501', 'nor turns the row round');
select is(tests.attempt('cleo', pg_temp.turn('ann', 'ben', 'friends')), '0 rows', 'nobody else accepts');
select is(tests.attempt('cleo', 'select from public.friendships'), '0 rows', 'or sees it');
select is(tests.attempt('ben', 'delete from public.friendships'), '1 rows', 'the other declines by deleting');
select is(tests.attempt('ben', pg_temp.turn('ann', 'ben', 'blocked')), 'PT403 permission_denied', 'does not block with the asker''s row');
select is(tests.act('ben', pg_temp.turn('ann', 'ben', 'friends')), '1 rows', 'or accepts');
select is(pg_temp.friends('ann', 'ben') and pg_temp.friends('ben', 'ann'), true, 'and both are friends');
select is(tests.attempt('ann', pg_temp.turn('ann', 'ben', 'none')), '1 rows', 'either ends it: the asker');
select is(tests.attempt('ben', pg_temp.turn('ann', 'ben', 'none')), '1 rows', 'either ends it: the asked');
select is(tests.attempt('ben', pg_temp.turn('ann', 'ben', 'requested')), 'PT403 permission_denied', 'a friendship is no request again');
select is(tests.attempt('ben', 'delete from public.friendships'), '1 rows', 'either deletes it');

-- Blocking with a row of one's own.
select is(tests.act('ben', pg_temp.ask('ben', 'ann', 'blocked')), '1 rows', 'a friend blocks');
select is(pg_temp.friends('ann', 'ben') or pg_temp.friends('ben', 'ann'), false, 'which ends the friendship both ways');
select is(tests.attempt('ann', 'select from public.friendships'), '1 rows', 'the blocked sees their own row, as before');
select is(tests.attempt('ann', 'select from public.friendships f where f.status = ''blocked'''), '0 rows', 'and not the block');
select is(tests.attempt('ann', pg_temp.turn('ben', 'ann', 'none')), '0 rows', 'cannot lift it');
select is(tests.attempt('ann', format('delete from public.friendships f where f.user_id = %L', tests.id('ben'))), '0 rows', 'nor delete it');
select is(tests.attempt('ann', format('select from public.users u where u.id = %L', tests.id('ben'))), '1 rows',
  'and still sees the profile they knew: nothing tells');
select is(tests.act('ben', format('delete from public.friendships f where f.user_id = %L', tests.id('ben'))), '1 rows', 'the blocker unblocks');
select is(pg_temp.friends('ann', 'ben'), true, 'and all is as before');

-- Blocking by turning the row one owns.
select is(tests.act('ann', pg_temp.turn('ann', 'ben', 'blocked')), '1 rows', 'the asker blocks');
select is(tests.attempt('ben', 'select from public.friendships'), '0 rows', 'to the blocked it is as if unfriended');
select is(tests.act('ben', pg_temp.ask('ben', 'ann')), '1 rows', 'they may ask, and learn nothing');
select is(tests.act('ann', pg_temp.turn('ben', 'ann', 'friends')), '1 rows', 'even accepted');
select is(pg_temp.friends('ann', 'ben'), false, 'a block in either direction stands');
select is(tests.attempt('ann', pg_temp.turn('ann', 'ben', 'friends')), 'PT403 permission_denied', 'unblocking restores no friendship by itself');
select is(tests.attempt('ann', pg_temp.turn('ann', 'ben', 'none')), '1 rows', 'it only unblocks');

-- Workouts are their owner's alone.
insert into public.workouts (user_id, started_at, ended_at) values (tests.id('ann'), 1, 2);
select is(tests.attempt('ann', 'select from public.workouts'), '1 rows', 'one reads one''s own workouts');
select is(tests.attempt('ben', 'select from public.workouts'), '0 rows', 'nobody else does');
select is(tests.attempt('ben', 'update public.workouts set ended_at = 3'), '0 rows', 'or changes them');
select is(tests.attempt('ben', 'delete from public.workouts'), '0 rows', 'or deletes them');
select is(tests.attempt('ben', format('insert into public.workouts (user_id, started_at, ended_at) values (%L, 1, 2)', tests.id('ann'))),
  '42501', 'or adds to them');
select is(tests.attempt('anon', 'select from public.workouts'), '42501', 'anon reads none');

select * from finish();
rollback;
