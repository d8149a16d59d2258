import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { startLoneDatabase } from "../../shared/lone_database.ts";
import { startTemporaryStack } from "../../shared/temporary_stack.ts";
import type { Benchmark, Finding } from "../benchmark.ts";
import { connections, makeCrowd } from "../crowd.ts";
import { type Member, membersOf, signedInCrowd } from "../crowd_members.ts";
import { queued, setOf, type SetRow } from "../sets.ts";
import { ratios, spread } from "../statistics.ts";
import { type Connection, inTransaction } from "../transaction.ts";
import { takeTurns, timed, type Turns } from "../turns.ts";

/** How many sets the phone has queued: near what a person may log in a minute. */
const QUEUE = 50;
const TURNS = 15;

type Way = "single" | "batch";

/** An offline queue in one call, against as many single calls. */
export const batch: Benchmark = {
  name: "batch",
  title: "An offline queue",
  async run({ short, log }) {
    const turns = short ? 1 : TURNS;
    // Each queue is somebody else's, for a person has a limit.
    const people = (turns + 1) * 2;
    log(`${turns} queues of ${QUEUE} sets each way, in a database of their own`);
    const inDatabase = await measureDatabase(people, turns);
    log("the same over HTTP, on a stack of its own");
    const overHttp = await measureHttp(people, turns);
    return [finding(inDatabase, overHttp)];
  },
};

function queueOf({ sessionId, id }: Member): SetRow[] {
  return Array.from({ length: QUEUE }, (_, number) => setOf(sessionId, id, number));
}

async function measureDatabase(people: number, turns: number): Promise<Turns<Way>> {
  const database = await startLoneDatabase("bench-", new AbortController().signal);
  try {
    await makeCrowd(database, people, 10);
    const members = await membersOf(database.urlOf("postgres"));
    const [sql] = await connections(database, 1, true);
    const connection = await sql!.reserve();
    let next = 0;
    const measured = await takeTurns<Way>(turns, {
      single: async () => {
        const member = members[next++]!;
        const rows = queueOf(member);
        return await timed(async () => {
          for (const row of rows) await inTransaction(connection, member.id, insert(row));
        });
      },
      batch: async () => {
        const member = members[next++]!;
        const sets = queueOf(member).map(queued);
        return await timed(() =>
          inTransaction(connection, member.id, async (sql) => {
            const [row] = await sql<{ answer: Answer }[]>`
              select public.log_live_sets(${member.sessionId}, ${
              sql.json(sets as never)
            }) as answer`;
            expectAllStored(row!.answer);
          })
        );
      },
    });
    connection.release();
    await sql!.end();
    return measured;
  } finally {
    await database.stop();
  }
}

const insert = (row: SetRow) => async (sql: Connection) => {
  await sql`
    insert into public.live_session_sets (id, session_id, user_id, exercise_id, exercise_name,
      set_type, weight_kg, reps, timestamp_ms)
    values (${row.id}, ${row.session_id}, ${row.user_id}, ${row.exercise_id},
      ${row.exercise_name}, ${row.set_type}, ${row.weight_kg}, ${row.reps}, ${row.timestamp_ms})`;
};

interface Answer {
  results: { outcome: string }[];
}

function expectAllStored({ results }: Answer): void {
  const other = results.find(({ outcome }) => outcome !== "stored");
  if (results.length !== QUEUE || other) {
    throw new Error(`A queued set was not stored: ${JSON.stringify(other ?? results.length)}`);
  }
}

async function measureHttp(people: number, turns: number): Promise<Turns<Way>> {
  const stack = await startTemporaryStack(["--no-functions"]);
  try {
    const { endpoints } = stack;
    const members = await signedInCrowd(endpoints, people, 10);
    let next = 0;
    const somebody = () => {
      const member = members[next++]!;
      const supabase: SupabaseClient = createClient(endpoints.API_URL, endpoints.PUBLISHABLE_KEY, {
        accessToken: () => Promise.resolve(member.token),
      });
      return { supabase, rows: queueOf(member), sessionId: member.sessionId };
    };
    return await takeTurns<Way>(turns, {
      single: () => {
        const { supabase, rows } = somebody();
        return timed(async () => {
          for (const row of rows) {
            const { error } = await supabase.from("live_session_sets").insert(row);
            if (error) throw new Error(`A set was not stored: ${error.message}`);
          }
        });
      },
      batch: () => {
        const { supabase, rows, sessionId } = somebody();
        return timed(async () => {
          const { data, error } = await supabase.rpc("log_live_sets", {
            session_id: sessionId,
            sets: rows.map(queued),
          });
          if (error) throw new Error(`The queue was not stored: ${error.message}`);
          expectAllStored(data);
        });
      },
    });
  } finally {
    await stack.stop();
  }
}

function finding(inDatabase: Turns<Way>, overHttp: Turns<Way>): Finding {
  const row = (name: string, { single, batch }: Turns<Way>) => [
    name,
    spread(single, 1),
    spread(batch, 1),
    spread(ratios(single, batch), 1),
  ];
  return {
    title: `${QUEUE} sets in one call, against ${QUEUE} calls`,
    about:
      `Milliseconds until a queue of ${QUEUE} sets is stored: median, and the range of all turns. ` +
      "Each set has its own verdict either way, and causes all that a set causes. In the database: one " +
      "connection, transactions as PostgREST makes them, prepared, durable; a single call is a commit, " +
      "and so is the whole batch. Over HTTP: supabase-js, one request after the other as a queue has " +
      "to, on the same machine, so without a network.",
    columns: ["ms", `${QUEUE} calls`, "one call", "times faster"],
    rows: [row("in the database", inDatabase), row("over HTTP", overHttp)],
    notes: [
      `A network adds its round trip to each call: at 40 ms, two seconds to ${QUEUE} calls, 40 ms to one.`,
    ],
  };
}
