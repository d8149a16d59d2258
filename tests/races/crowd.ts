import { randomUUID } from "node:crypto";
import postgres from "postgres";

type Value = postgres.ParameterOrJSON<never>;

/** Somebody with a database connection of their own, on which they are signed in. */
export interface Member {
  readonly id: string;
  /** Runs one statement as this person, as the REST API would: in a transaction of its own. */
  run<Row extends postgres.Row>(text: string, values?: Value[]): Promise<Row[]>;
}

/** People with real connections, so that what they do at once really happens at once. */
export interface Crowd {
  readonly members: Member[];
  /** The database's owner, for looking behind the scenes. */
  readonly owner: postgres.Sql;
  close(): Promise<void>;
}

/** A connection on which an account is signed in; one person may have several, like devices. */
export async function signInDevice(
  databaseUrl: string,
  id: string,
): Promise<Member & { close(): Promise<void> }> {
  const sql = connect(databaseUrl);
  const claims = JSON.stringify({ sub: id, role: "authenticated" });
  await sql`select set_config('request.jwt.claims', ${claims}, false)`;
  await sql`set role authenticated`;
  return {
    id,
    run: async <Row extends postgres.Row>(text: string, values: Value[] = []) => [
      ...await sql.unsafe<Row[]>(text, values),
    ],
    close: () => sql.end(),
  };
}

/** One connection, and only one: what is set on it stays. */
function connect(databaseUrl: string): postgres.Sql {
  return postgres(databaseUrl, { max: 1, onnotice: () => {} });
}

/** Makes accounts, and a connection for each. */
export async function gather(databaseUrl: string, size: number): Promise<Crowd> {
  const owner = connect(databaseUrl);
  const ids = Array.from({ length: size }, () => randomUUID());
  await owner`
    insert into auth.users (instance_id, id, aud, role, email, created_at, updated_at,
      confirmation_token, recovery_token, email_change, email_change_token_new)
    select '00000000-0000-0000-0000-000000000000', id, 'authenticated', 'authenticated',
      id || '@crowd.invalid', now(), now(), '', '', '', '' from unnest(${ids}::uuid[]) id`;
  const members = await Promise.all(ids.map((id) => signInDevice(databaseUrl, id)));
  return {
    owner,
    members,
    close: async () => {
      await Promise.all([...members.map((member) => member.close()), owner.end()]);
    },
  };
}

/** What came of a statement: "ok", or the refusal's code (the SQLSTATE where there is none). */
export async function outcome(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return "ok";
  } catch (error) {
    if (!(error instanceof postgres.PostgresError)) throw error;
    return error.code.startsWith("PT") ? error.message : `SQLSTATE ${error.code}`;
  }
}

/** How often each outcome came. */
export function tally(outcomes: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of outcomes) counts[one] = (counts[one] ?? 0) + 1;
  return counts;
}

/** Opens a public session and returns its id. */
export async function openSession(host: Member, maximum = 50): Promise<string> {
  const [row] = await host.run<{ id: string }>(
    `select open_live_session('shared', visibility_param => 'public',
       max_participants_param => $1) -> 'session' ->> 'id' as id`,
    [maximum],
  );
  return row!.id;
}

/**
 * What a session says of itself against what a recount of the facts says: the two must be equal,
 * and the log must run from 1 without a gap or a double.
 */
export async function audit(owner: postgres.Sql, sessionId: string) {
  const rows = await owner<{ stated: unknown; counted: unknown; gaps: number }[]>`
    select
       jsonb_build_object(
         'participants', s.participant_count,
         'sets', s.total_sets_completed,
         'lastSeq', s.last_event_seq,
         'people', (select jsonb_agg(jsonb_build_array(p.user_id, p.sets_completed,
             trim_scale(p.total_volume_kg), p.pr_count) order by p.user_id)
           from public.live_session_participants p where p.session_id = s.id)
       ) as stated,
       jsonb_build_object(
         'participants', (select count(*) from public.live_session_participants p
           where p.session_id = s.id and (p.left_at is null or p.left_at = s.ended_at)),
         'sets', (select count(*) from public.live_session_sets t where t.session_id = s.id),
         'lastSeq', (select count(*) from public.live_session_events e where e.session_id = s.id),
         'people', (select jsonb_agg(jsonb_build_array(p.user_id, c.sets, c.volume, c.records)
             order by p.user_id)
           from public.live_session_participants p
           cross join lateral (select count(*) as sets,
               trim_scale(coalesce(sum(t.weight_kg * t.reps), 0)) as volume,
               count(*) filter (where t.is_pr) as records
             from public.live_session_sets t
             where t.session_id = s.id and t.user_id = p.user_id) c
           where p.session_id = s.id)
       ) as counted,
       (select coalesce(max(e.seq), 0) - count(*) from public.live_session_events e
         where e.session_id = s.id)::int as gaps
     from public.live_sessions s where s.id = ${sessionId}`;
  return rows[0]!;
}
