import type { LoneDatabase } from "../../shared/lone_database.ts";
import type { Finding } from "../benchmark.ts";
import { makeCrowd } from "../crowd.ts";
import { HOUR } from "../load/hour.ts";
import { setOf } from "../sets.ts";
import { type Connection, inTransaction } from "../transaction.ts";

const PEOPLE = 400;
const IN_A_SESSION = 4;

interface Person {
  id: string;
  session_id: string;
  partner_id: string;
}

type Action = "set" | "heartbeat" | "reaction" | "message";

/** What people do that writes, as statements of theirs. */
const ACTIONS: Record<Action, (sql: Connection, person: Person) => Promise<unknown>> = {
  set: (sql, { id, session_id }) =>
    sql`insert into public.live_session_sets ${sql({ ...setOf(session_id, id, 0) })}`,
  heartbeat: (sql) => sql`select public.heartbeat_presence('working_out', 'squat', 'Squat')`,
  reaction: (sql, { id, session_id, partner_id }) =>
    sql`insert into public.live_session_reactions (session_id, from_user_id, to_user_id, emote)
      values (${session_id}, ${id}, ${partner_id}, 'fire')`,
  message: (sql, { id, session_id }) =>
    sql`insert into public.live_session_messages (session_id, user_id, message)
      values (${session_id}, ${id}, 'One more!')`,
};
const WORDS: Record<Action, string> = {
  set: "a set",
  heartbeat: "a sign of life",
  reaction: "a reaction",
  message: "a message",
};

interface Trace {
  logBytes: number;
  toSession: number;
  toFriends: number;
}

/** What each thing that people do leaves behind: log, and messages for Realtime to pass on. */
export async function measureTraces(server: LoneDatabase, short: boolean): Promise<Finding> {
  const name = "storage_traces";
  const people = short ? 40 : PEOPLE;
  await server.admin.unsafe(`create database ${name} template postgres owner postgres`);
  await makeCrowd({ urlOf: () => server.urlOf(name) }, people, IN_A_SESSION);
  const pool = server.open(name);
  const sql = await pool.reserve();
  try {
    const crowd = await sql<Person[]>`
      select p.id, p.session_id, o.id as partner_id
      from bench.people p
      join bench.people o on o.session_id = p.session_id and o.number % ${IN_A_SESSION}::integer
        = (p.number + 1) % ${IN_A_SESSION}::integer
      order by p.number`;
    const traces = new Map<Action, Trace>();
    for (const action of Object.keys(ACTIONS) as Action[]) {
      // The first time a page changes after a checkpoint it is logged whole; once round does that.
      await act(sql, crowd, action);
      traces.set(action, await act(sql, crowd, action));
    }
    return findingOf(traces, people);
  } finally {
    sql.release();
    await pool.end();
  }
}

/** Lets everybody do it once. Returns what that left, a person. */
async function act(sql: Connection, crowd: readonly Person[], action: Action): Promise<Trace> {
  // Their last sign of life was a minute ago, as it is when they go on training.
  await sql`set session_replication_role = replica`;
  await sql`update public.workout_presence
    set last_updated_at = clock_timestamp() - interval '61 seconds'`;
  await sql`set session_replication_role = origin`;
  const before = await standing(sql);
  for (const person of crowd) {
    await inTransaction(sql, person.id, (connection) => ACTIONS[action](connection, person));
  }
  const after = await standing(sql);
  return {
    logBytes: (after.logBytes - before.logBytes) / crowd.length,
    toSession: (after.toSession - before.toSession) / crowd.length,
    toFriends: (after.toFriends - before.toFriends) / crowd.length,
  };
}

async function standing(sql: Connection): Promise<Trace> {
  const [row] = await sql<[Trace]>`
    select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 as "logBytes",
      count(*) filter (where m.topic like 'live_session:%')::integer as "toSession",
      count(*) filter (where m.topic like 'workout_presence:%')::integer as "toFriends"
    from realtime.messages m`;
  return row;
}

function findingOf(traces: ReadonlyMap<Action, Trace>, people: number): Finding {
  const all = [...traces];
  const sum = (value: (trace: Trace) => number) =>
    all.reduce((total, [action, trace]) => total + HOUR[action] * value(trace), 0);
  const row = (words: string, often: string, trace: Trace) => [
    words,
    often,
    (trace.logBytes / 1000).toFixed(1),
    trace.toSession.toFixed(1),
    trace.toFriends.toFixed(1),
  ];
  return {
    title: "What each thing that people do leaves behind",
    about:
      "The log (WAL) that replicas and backups get as well, in kB, with what vacuum and checkpoints " +
      "add left out; and messages handed to Realtime, which passes each on to everybody who listens: " +
      `those in the session, or friends who are looking. Means of ${people} people, one after the other.`,
    columns: ["", "in an hour of training", "kB of log", "messages to the session", "to friends"],
    rows: [
      ...all.map(([action, trace]) => row(WORDS[action], String(HOUR[action]), trace)),
      row("the hour", "", {
        logBytes: sum(({ logBytes }) => logBytes),
        toSession: sum(({ toSession }) => toSession),
        toFriends: sum(({ toFriends }) => toFriends),
      }),
    ],
    notes: [
      "A sign of life within the same minute of the clock as a set is not passed on: the hour has " +
      "fewer messages to friends than this sum.",
    ],
  };
}
