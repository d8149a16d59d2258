import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import postgres from "postgres";
import type { Stack } from "../../shared/people.ts";
import { startTemporaryStack } from "../../shared/temporary_stack.ts";
import type { Benchmark, Finding } from "../benchmark.ts";
import { type SignedIn, signedInCrowd } from "../crowd_members.ts";
import { setOf, type SetRow } from "../sets.ts";
import { median, ratios, spread } from "../statistics.ts";
import { takeTurns, timed, type Turns } from "../turns.ts";

const TURNS = 9;
/** Sets of one person in a turn: below what they may log in a minute. */
const SETS = 40;
/** A phone's way to the server and back, in milliseconds. */
const ROUND_TRIP_MS = 40;

type Way = "ours" | "sequence" | "together";

/** How many requests a set takes, and how often the phone has to wait for an answer. */
const TRAFFIC: Record<Way, { requests: number; roundTrips: number; name: string }> = {
  ours: { requests: 1, roundTrips: 1, name: "one insert, the database does the rest" },
  sequence: { requests: 6, roundTrips: 6, name: "six requests, one after the other" },
  together: { requests: 6, roundTrips: 2, name: "six requests, the set first, then five at once" },
};

/** A set with all that others should see of it, done by the client, against ours. */
export const naive: Benchmark = {
  name: "naive",
  title: "Against a client that does everything itself",
  async run({ short, log }) {
    const turns = short ? 1 : TURNS;
    log("tables without triggers beside ours, on a stack of its own");
    const stack = await startTemporaryStack(["--no-functions"]);
    try {
      const { endpoints } = stack;
      const members = await signedInCrowd(endpoints, (turns + 1) * 3, 10);
      await createTables(endpoints);
      return [findingOf(await measure(endpoints, members, turns, short ? 5 : SETS))];
    } finally {
      await stack.stop();
    }
  },
};

async function createTables(stack: Stack): Promise<void> {
  const text = await Deno.readTextFile(new URL("../sql/naive.sql", import.meta.url));
  const sql = postgres(stack.DB_URL, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(text);
  } finally {
    await sql.end();
  }
}

async function measure(
  stack: Stack,
  members: readonly SignedIn[],
  turns: number,
  sets: number,
): Promise<Turns<Way>> {
  let next = 0;
  const turn = (start: (stack: Stack, member: SignedIn) => Logger) => async () => {
    const member = members[next++]!;
    const log = start(stack, member);
    const rows = Array.from(
      { length: sets },
      (_, number) => setOf(member.sessionId, member.id, number),
    );
    return await timed(async () => {
      for (const row of rows) await log(row);
    }) / sets;
  };
  return await takeTurns<Way>(turns, {
    ours: turn(startOurs),
    sequence: turn((stack, member) => startNaive(stack, member, false)),
    together: turn((stack, member) => startNaive(stack, member, true)),
  });
}

type Logger = (row: SetRow) => Promise<void>;

function clientOf(stack: Stack, member: SignedIn): SupabaseClient {
  return createClient(stack.API_URL, stack.PUBLISHABLE_KEY, {
    accessToken: () => Promise.resolve(member.token),
  });
}

async function done(request: PromiseLike<{ error: Error | null }>): Promise<void> {
  const { error } = await request;
  if (error) throw new Error(`A request was refused: ${error.message}`);
}

function startOurs(stack: Stack, member: SignedIn): Logger {
  const supabase = clientOf(stack, member);
  return (row) => done(supabase.from("live_session_sets").insert(row));
}

/** What the application's screen knows is what it counts from; that others count too, it cannot know. */
function startNaive(stack: Stack, member: SignedIn, atOnce: boolean): Logger {
  const supabase = clientOf(stack, member);
  const channel = supabase.channel(`naive:${member.sessionId}`);
  const counted = { sets: 0, volumeKg: 0, session: 0 };
  return async (row) => {
    counted.sets++;
    counted.session++;
    counted.volumeKg += row.weight_kg * row.reps;
    const now = new Date().toISOString();
    const event = {
      type: "set_completed",
      data: {
        setId: row.id,
        exerciseId: row.exercise_id,
        exerciseName: row.exercise_name,
        setType: row.set_type,
        weightKg: row.weight_kg,
        reps: row.reps,
        e1rmKg: row.weight_kg * (1 + row.reps / 30),
      },
    };
    const consequences = [
      () =>
        done(
          supabase.from("naive_participants").update({
            sets_completed: counted.sets,
            total_volume_kg: counted.volumeKg,
            last_active_at: now,
          }).eq("session_id", row.session_id).eq("user_id", row.user_id),
        ),
      () =>
        done(
          supabase.from("naive_sessions").update({ total_sets_completed: counted.session })
            .eq("id", row.session_id),
        ),
      () =>
        done(
          supabase.from("naive_events").insert({
            session_id: row.session_id,
            user_id: row.user_id,
            type: event.type,
            event_data: event,
          }),
        ),
      () =>
        done(
          supabase.from("naive_presence").update({
            current_exercise_id: row.exercise_id,
            current_exercise_name: row.exercise_name,
            last_set_completed_at: now,
            last_updated_at: now,
          }).eq("user_id", row.user_id),
        ),
      async () => {
        const sent = await channel.httpSend("live_event", event);
        if (!sent.success) throw new Error(`The broadcast was refused: ${sent.error}`);
      },
    ];
    await done(
      supabase.from("naive_sets").insert({
        ...row,
        e1rm_kg: event.data.e1rmKg,
        is_pr: false,
      }),
    );
    if (atOnce) await Promise.all(consequences.map((request) => request()));
    else for (const request of consequences) await request();
  };
}

function findingOf(measured: Turns<Way>): Finding {
  const ways = Object.keys(TRAFFIC) as Way[];
  const onPhone = (way: Way) => median(measured[way]) + TRAFFIC[way].roundTrips * ROUND_TRIP_MS;
  return {
    title: "A set and what others see of it: by the database, against by the client",
    about:
      "Milliseconds for a set, over HTTP with supabase-js on one machine, median and range of all " +
      "turns. The naive client inserts the set, then updates its own counters, those of the session, inserts " +
      "the event, updates its presence and broadcasts, to copies of the tables that have the same " +
      "columns and indexes, plain policies and no triggers. It looks for no personal record, keeps to no " +
      "limit, gives no numbers to events, and counters lose what two people count at once; ours does " +
      "all of that too. " +
      `Last column: what was measured and ${ROUND_TRIP_MS} ms for each round trip, computed, not measured.`,
    columns: [
      "",
      "requests",
      "round trips",
      "ms here",
      "times ours",
      `ms with a ${ROUND_TRIP_MS} ms network`,
    ],
    rows: ways.map((way) => [
      TRAFFIC[way].name,
      String(TRAFFIC[way].requests),
      String(TRAFFIC[way].roundTrips),
      spread(measured[way], 1),
      spread(ratios(measured[way], measured.ours), 1),
      onPhone(way).toFixed(0),
    ]),
  };
}
