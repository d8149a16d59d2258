import type postgres from "postgres";

/** How much there is: sessions and people. Everything else follows from the two. */
export interface Size {
  sessions: number;
  people: number;
}

/** A year of training, in the order in which it happened; the latest sessions are still open. */
const TABLES: readonly (readonly [table: string, rows: string])[] = [
  [
    "public.users (id, email, display_name)",
    "select person(n), n || '@plans.invalid', 'Person ' || n from generate_series(0, people() - 1) n",
  ],
  [
    "public.friendships (user_id, friend_id, status)",
    `select person(n), person((n + k * 7) % people()),
       (case k % 5 when 0 then 'requested' when 1 then 'blocked' else 'friends' end)::public.friendship_status
     from generate_series(0, people() - 1) n, generate_series(1, 10) k`,
  ],
  [
    `public.live_sessions (id, host_id, mode, status, created_at, started_at, ended_at,
       participant_count, visibility, last_event_seq, summary, history_dropped_at)`,
    `select session(n), person(n * 2 % people()), (case n % 4 when 0 then 'guided' else 'shared' end)::public.live_session_mode,
       (case when is_open(n) then 'active' else 'ended' end)::public.live_session_status,
       moment(n), moment(n), case when not is_open(n) then moment(n) + interval '40 minutes' end, 2,
       (case n % 10 when 0 then 'public' when 1 then 'private' else 'friends' end)::public.live_session_visibility,
       5, case when not is_open(n) then '{}'::jsonb end,
       case when moment(n) < now() - interval '91 days' then now() end
     from generate_series(0, sessions() - 1) n`,
  ],
  [
    "public.live_session_participants (session_id, user_id, display_name, joined_at, last_active_at, is_leader, left_at)",
    `select session(n), participant(n, k), 'Person', moment(n), case when is_open(n) then now() else moment(n) end, k = 0,
       case when not is_open(n) then moment(n) + interval '40 minutes' end
     from generate_series(0, sessions() - 1) n, generate_series(0, 1) k`,
  ],
  [
    "public.live_session_sets (id, session_id, user_id, exercise_id, exercise_name, weight_kg, reps, timestamp_ms, e1rm_kg, created_at)",
    `select live_set(n * 4 + k), session(n), participant(n, k % 2), 'exercise ' || k / 2, 'Exercise', 60 + k, 5,
       (extract(epoch from moment(n)) * 1000)::bigint + k * 60000, 70 + k, moment(n) + k * interval '1 minute'
     from generate_series(0, sessions() - 1) n, generate_series(0, 3) k`,
  ],
  [
    "public.live_session_events (session_id, user_id, type, event_data, created_at, seq)",
    `select session(n), participant(n, 0), t.type::public.live_session_event_type,
       jsonb_build_object('type', t.type, 'data', '{}'::jsonb), moment(n) + t.seq * interval '1 minute', t.seq
     from generate_series(0, sessions() - 1) n,
       unnest(array['session_created', 'user_joined', 'session_started', 'set_completed', 'session_ended'])
         with ordinality t (type, seq)`,
  ],
  [
    "public.live_session_messages (session_id, user_id, message, created_at)",
    `select session(n), participant(n, k), 'Come on!', moment(n) + k * interval '1 minute'
     from generate_series(0, sessions() - 1) n, generate_series(0, 1) k`,
  ],
  [
    "public.live_session_reactions (session_id, from_user_id, to_user_id, emote, target_set_id, created_at)",
    `select session(n), participant(n, k), participant(n, 1 - k), 'fire',
       case when n % 2 = 0 then live_set(n * 4 + 1 - k) end, moment(n)
     from generate_series(0, sessions() - 1) n, generate_series(0, 1) k`,
  ],
  [
    "public.live_session_invitations (session_id, host_id, recipient_id, status, created_at, expires_at)",
    `select session(n), participant(n, 0), participant(n, 1),
       (case when is_open(n) then 'pending' else 'accepted' end)::public.live_session_invitation_status,
       least(moment(n), now() - interval '1 day'),
       case when is_open(n) then now() + n % 24 * interval '1 hour' - interval '30 minutes'
         else moment(n) + interval '24 hours' end
     from generate_series(0, sessions() - 1) n`,
  ],
  [
    "private.live_session_invitation_links (session_id, created_by, code_hash, created_at, expires_at)",
    `select session(n), participant(n, 0), sha256(n::text::bytea), moment(n), moment(n) + interval '24 hours'
     from generate_series(0, sessions() - 1, 4) n`,
  ],
  [
    "private.live_session_removals (session_id, user_id, removed_by)",
    "select session(n), person(n * 3 % people()), participant(n, 0) from generate_series(0, sessions() - 1, 10) n",
  ],
  [
    "private.removed_live_session_sets (id, session_id, user_id)",
    "select live_set(-n - 1), session(n), participant(n, 0) from generate_series(0, sessions() - 1, 4) n",
  ],
  [
    "public.live_session_ready_checks (session_id, policy, deadline)",
    `select session(n), 'all', now() + n * interval '1 millisecond' from generate_series(0, sessions() - 1) n
     where is_open(n)`,
  ],
  [
    "public.workouts (id, user_id, started_at, ended_at)",
    `select workout(n * 2 + k), participant(n, k), (extract(epoch from moment(n)) * 1000)::bigint,
       (extract(epoch from moment(n)) * 1000)::bigint + 2400000
     from generate_series(0, sessions() - 1) n, generate_series(0, 1) k`,
  ],
  [
    "private.archived_workouts (session_id, user_id, workout_id)",
    `select session(n), participant(n, k), workout(n * 2 + k)
     from generate_series(0, sessions() - 1) n, generate_series(0, 1) k`,
  ],
  [
    "private.exercise_bests (user_id, exercise_id, source_kind, source_id, e1rm_kg, achieved_at_ms)",
    `select distinct participant(n, k), 'exercise ' || e, 'session', session(n), 70 + n % 50,
       (extract(epoch from moment(n)) * 1000)::bigint
     from generate_series(0, sessions() - 1) n, generate_series(0, 1) k, generate_series(0, 1) e`,
  ],
  [
    "public.workout_presence (user_id, is_in_live_session, live_session_id, last_updated_at)",
    `select person(n), true, case when n % 4 = 0 then session(sessions() - 1 - n / 2) end,
       now() - n * interval '20 hours' / people()
     from generate_series(0, people() - 1) n`,
  ],
  [
    "public.quick_reactions (from_user_id, to_user_id, emote, set_id, created_at)",
    `select person(n), person((n + k) % people()), 'clap', case when k < 3 then live_set(n * 3 + k) end,
       now() - k * interval '1 day'
     from generate_series(0, people() - 1) n, generate_series(1, 6) k`,
  ],
  [
    "private.rate_limits (user_id, action, scope_id, hits)",
    `select person(n), a, session(n), array[now()]
     from generate_series(0, people() - 1) n, unnest(array['set', 'message', 'status']) a`,
  ],
  [
    "private.idempotency_keys (user_id, key_hash, request_hash, created_at)",
    `select person(n), sha256(n::text::bytea), '', now() - (people() - n) * interval '20 hours' / people()
     from generate_series(0, people() - 1) n`,
  ],
];

/** Names for what the rows above are made of; gone when the connection is. */
const VOCABULARY = (size: Size) => `
  create function pg_temp.people() returns int immutable language sql return ${size.people};
  create function pg_temp.sessions() returns int immutable language sql return ${size.sessions};
  create function pg_temp.person(n bigint) returns uuid immutable language sql
    return md5('person ' || n::text)::uuid;
  create function pg_temp.session(n bigint) returns uuid immutable language sql
    return md5('session ' || n::text)::uuid;
  create function pg_temp.live_set(n bigint) returns uuid immutable language sql
    return md5('set ' || n::text)::uuid;
  create function pg_temp.workout(n bigint) returns uuid immutable language sql
    return md5('workout ' || n::text)::uuid;
  create function pg_temp.is_open(n bigint) returns boolean immutable language sql
    return n >= ${size.sessions} - ${size.people} / 5;
  create function pg_temp.participant(n bigint, k int) returns uuid immutable language sql
    return md5('person ' || ((n * 2 + k) % ${size.people})::text)::uuid;
  create function pg_temp.moment(n bigint) returns timestamptz stable language sql
    return now() - (${size.sessions} - n) * interval '400 days' / ${size.sessions};`;

/**
 * Fills the tables, past triggers and foreign keys, which cost most of the time and change no plan.
 * For a database of one's own.
 */
export async function fill(sql: postgres.Sql, size: Size): Promise<void> {
  await sql.unsafe(VOCABULARY(size));
  await sql.unsafe(`do $$
    declare
      v_row record;
    begin
      for v_row in
        select c.conrelid::regclass as of_table, c.conname from pg_constraint c
        where c.contype = 'f' and c.connamespace in ('public'::regnamespace, 'private'::regnamespace)
      loop
        execute format('alter table %s drop constraint %I', v_row.of_table, v_row.conname);
      end loop;
      for v_row in
        select c.oid::regclass as of_table from pg_class c
        where c.relkind = 'r' and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
      loop
        execute format('alter table %s disable trigger user', v_row.of_table);
        execute format('delete from %s', v_row.of_table);
      end loop;
    end $$`);
  await sql.unsafe("set search_path = pg_temp, public");
  for (const [table, rows] of TABLES) {
    await sql.unsafe(
      `insert into ${table} ${
        rows.replaceAll(
          /\b(people|sessions|person|session|live_set|workout|is_open|participant|moment)\(/g,
          "pg_temp.$1(",
        )
      }`,
    );
    await sql.unsafe(`analyze ${table.split(" ")[0]}`);
  }
}
