import { type LoneDatabase, startLoneDatabase } from "../../shared/lone_database.ts";
import type { Benchmark, Finding } from "../benchmark.ts";
import { connections, makeCrowd } from "../crowd.ts";
import { type Member, membersOf } from "../crowd_members.ts";
import { setOf } from "../sets.ts";
import { quantileOf, ratios, spread } from "../statistics.ts";
import { type Connection, inTransaction } from "../transaction.ts";

const PEOPLE = 50;
const TURNS = 7;
/** How often all log at once in a turn: below what a person may log in a minute. */
const VOLLEYS = 15;
/** How many sets each logs in a turn in which nobody waits for the others. */
const SETS = 25;

/** All in one session, or each in one of their own. */
type Way = "together" | "apart";
const WAYS: readonly Way[] = ["apart", "together"];
const QUANTILES = [0.5, 0.95, 0.99] as const;

/** A full session logging at once, against as many people in sessions of their own. */
export const contention: Benchmark = {
  name: "contention",
  title: "Contention",
  async run({ short, log }) {
    const turns = short ? 1 : TURNS;
    const server = await startLoneDatabase("bench-", new AbortController().signal);
    try {
      log(`${PEOPLE} people in one session, and in ${PEOPLE} sessions, on a connection each`);
      const crowds = {
        apart: await startCrowd(server, "apart", 1),
        together: await startCrowd(server, "together", PEOPLE),
      };
      const volleys = await measure(crowds, turns, (crowd) => logInVolleys(crowd, short));
      const ceaseless = await measure(crowds, turns, (crowd) => logWithoutPause(crowd, short));
      for (const crowd of Object.values(crowds)) await crowd.stop();
      return [findingOf(volleys, ceaseless)];
    } finally {
      await server.stop();
    }
  },
};

interface Crowd {
  people: { member: Member; connection: Connection; logged: number }[];
  /** Lets everyone log as much again: what is measured is the waiting, not the limit. */
  forgetLimits(): Promise<void>;
  stop(): Promise<void>;
}

async function startCrowd(server: LoneDatabase, name: Way, size: number): Promise<Crowd> {
  await server.admin.unsafe(`create database ${name} template postgres owner postgres`);
  const database = { ...server, urlOf: () => server.urlOf(name) };
  await makeCrowd(database, PEOPLE, size);
  const members = await membersOf(database.urlOf());
  const clients = await connections(database, PEOPLE, true);
  const admin = server.open(name);
  const people = await Promise.all(clients.map(async (client, index) => {
    const connection = await client.reserve();
    return { member: members[index]!, connection, logged: 0 };
  }));
  return {
    people,
    async forgetLimits() {
      await admin`delete from private.rate_limits`;
    },
    async stop() {
      people.forEach(({ connection }) => connection.release());
      await Promise.all([...clients, admin].map((sql) => sql.end()));
    },
  };
}

/** Logs a set as somebody of a crowd: how long it took until it was committed, in milliseconds. */
async function logSet(person: Crowd["people"][number]): Promise<number> {
  const { member: { id, sessionId }, connection } = person;
  const row = setOf(sessionId, id, person.logged++);
  const startedAt = performance.now();
  await inTransaction(connection, id, async (sql) => {
    await sql`
      insert into public.live_session_sets (id, session_id, user_id, exercise_id, exercise_name,
        set_type, weight_kg, reps, timestamp_ms)
      values (${row.id}, ${row.session_id}, ${row.user_id}, ${row.exercise_id},
        ${row.exercise_name}, ${row.set_type}, ${row.weight_kg}, ${row.reps}, ${row.timestamp_ms})`;
  });
  return performance.now() - startedAt;
}

/** All at the same moment, and again when the last is done. */
async function logInVolleys({ people }: Crowd, short: boolean): Promise<number[]> {
  const times: number[] = [];
  for (let volley = 0; volley < (short ? 2 : VOLLEYS); volley++) {
    times.push(...await Promise.all(people.map(logSet)));
  }
  return times;
}

/** Each the next one as soon as the last is stored. */
async function logWithoutPause({ people }: Crowd, short: boolean): Promise<number[]> {
  const times = await Promise.all(people.map(async (person) => {
    const own: number[] = [];
    for (let set = 0; set < (short ? 2 : SETS); set++) own.push(await logSet(person));
    return own;
  }));
  return times.flat();
}

interface Turn {
  /** Of a commit, in milliseconds. */
  quantiles: number[];
  /** Sets a second. */
  rate: number;
}

async function measure(
  crowds: Record<Way, Crowd>,
  turns: number,
  work: (crowd: Crowd) => Promise<number[]>,
): Promise<Record<Way, Turn[]>> {
  const measured: Record<Way, Turn[]> = { apart: [], together: [] };
  for (let turn = -1; turn < turns; turn++) {
    for (const way of WAYS) {
      await crowds[way].forgetLimits();
      const startedAt = performance.now();
      const times = await work(crowds[way]);
      const seconds = (performance.now() - startedAt) / 1000;
      if (turn < 0) continue;
      measured[way].push({
        quantiles: QUANTILES.map((share) => quantileOf(times, share)),
        rate: times.length / seconds,
      });
    }
  }
  return measured;
}

function findingOf(volleys: Record<Way, Turn[]>, ceaseless: Record<Way, Turn[]>): Finding {
  const compared = (name: string, of: Record<Way, Turn[]>, value: (turn: Turn) => number) => {
    const [together, apart] = [of.together.map(value), of.apart.map(value)];
    const digits = Math.min(...apart) < 100 ? 1 : 0;
    return [
      name,
      spread(together, digits),
      spread(apart, digits),
      spread(ratios(together, apart), 2),
    ];
  };
  const rows = (name: string, of: Record<Way, Turn[]>) => [
    ...QUANTILES.map((share, index) =>
      compared(`${name}, p${100 * share} (ms)`, of, ({ quantiles }) => quantiles[index]!)
    ),
    compared(`${name}, sets a second`, of, ({ rate }) => rate),
  ];
  return {
    title: `${PEOPLE} people in one session, against ${PEOPLE} sessions with one each`,
    about:
      `How long a set takes until it is committed: durable, over ${PEOPLE} connections of a person each, ` +
      "in transactions as PostgREST makes them. Events of a session are numbered without gaps in the " +
      "order of commit, so its sets go one after the other, and the lock is held until the commit is on " +
      "disk. At once: all send at the same moment, and again when the last is done. Without pause: " +
      "each sends the next set as soon as the last is stored.",
    columns: ["", "one session", `${PEOPLE} sessions`, "ratio"],
    rows: [...rows("at once", volleys), ...rows("without pause", ceaseless)],
    notes: [
      "A person who trains logs a set every two or three minutes: a full session, one every three seconds.",
    ],
  };
}
