import { type LoneDatabase, startLoneDatabase } from "../../shared/lone_database.ts";
import type { Benchmark, Finding, Settings } from "../benchmark.ts";
import { connections } from "../crowd.ts";
import { prepare, type Read, type Reader } from "../reads/query.ts";
import { READS } from "../reads/reads.ts";
import { makeYear, prepareServer } from "../reads/year.ts";
import { median, ratios, spread } from "../statistics.ts";
import { type Connection, inTransaction } from "../transaction.ts";

const SIZES = [1_000, 100_000, 1_000_000] as const;
const SHORT_SIZES = [1_000, 2_000, 4_000] as const;
const TURNS = 7;
/** Each reader that often in a turn. */
const ROUNDS = 2;
/**
 * A connection keeps the memory that it has had. By itself the C library hands it back and asks for it anew, in every
 * transaction or in none, as the last blocks happen to lie: that took up to twice the time, now of one way to read and
 * now of the other, and has nothing to do with policies.
 */
const KEPT_MEMORY = {
  MALLOC_TRIM_THRESHOLD_: String(2 ** 30),
  MALLOC_MMAP_THRESHOLD_: String(2 ** 30),
  MALLOC_TOP_PAD_: String(2 ** 24),
};
/** What a policy may cost, and what a thousand times as many sessions may. */
const GOALS = { policies: 1.1, growth: 1.3 };

/** What people read, through the policies, whatever else there is. */
export const reads: Benchmark = {
  name: "reads",
  title: "Reading under row level security",
  async run(settings) {
    const server = await startLoneDatabase("bench-", new AbortController().signal, KEPT_MEMORY);
    try {
      await prepareServer(server);
      const years = [];
      for (const sessions of settings.short ? SHORT_SIZES : SIZES) {
        years.push(await openYear(server, sessions, settings));
      }
      const measured: Measured[] = [];
      for (const read of READS) measured.push(await measure(read, years, settings));
      for (const year of years) await year.close();
      return findingsOf(measured, years.map(({ sessions }) => sessions), settings);
    } finally {
      await server.stop();
    }
  },
};

interface Year {
  sessions: number;
  connection: Connection;
  readers: Reader[];
  close(): Promise<void>;
}

async function openYear(
  server: LoneDatabase,
  sessions: number,
  settings: Settings,
): Promise<Year> {
  const startedAt = performance.now();
  const name = `sessions_${sessions}`;
  await makeYear(server, name, sessions);
  const [sql] = await connections({ ...server, urlOf: () => server.urlOf(name) }, 1, true);
  const [{ size }] = await sql!<[{ size: string }]>`
    select pg_size_pretty(pg_database_size(current_database())) as size`;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  settings.log(`${sessions} sessions (${size}) made in ${seconds} s`);
  const readers = await sql!<Reader[]>`select id, session_id from bench.readers`;
  const connection = await sql!.reserve();
  return {
    sessions,
    connection,
    readers: [...readers],
    async close() {
      connection.release();
      await sql!.end();
    },
  };
}

type Way = "throughPolicies" | "byOwner";
const WAYS: readonly Way[] = ["throughPolicies", "byOwner"];

interface Measured {
  read: Read;
  /** Milliseconds of one, by size: the median of each turn. */
  times: Record<Way, number[]>[];
}

async function measure(read: Read, years: readonly Year[], settings: Settings): Promise<Measured> {
  for (const year of years) await expectSame(read, year);
  const times = years.map((): Record<Way, number[]> => ({ throughPolicies: [], byOwner: [] }));
  const turns = settings.short ? 1 : TURNS;
  for (let turn = -1; turn < turns; turn++) {
    for (const [index, year] of years.entries()) {
      const taken = await takeTurn(read, year, settings.short ? 1 : ROUNDS);
      if (turn < 0) continue;
      for (const way of WAYS) times[index]![way].push(median(taken[way]));
    }
  }
  return { read, times };
}

/** Both ways for every reader, one after the other. */
async function takeTurn(
  read: Read,
  { connection, readers }: Year,
  rounds: number,
): Promise<Record<Way, number[]>> {
  const taken: Record<Way, number[]> = { throughPolicies: [], byOwner: [] };
  for (let round = 0; round < rounds; round++) {
    for (const [index, reader] of readers.entries()) {
      // Whoever is second finds pages that the first has just looked at.
      const order = (index + round) % 2 === 0 ? WAYS : WAYS.toReversed();
      for (const way of order) taken[way].push((await ask(read, way, connection, reader)).ms);
    }
  }
  return taken;
}

async function ask(
  read: Read,
  way: Way,
  connection: Connection,
  reader: Reader,
): Promise<{ ms: number; answer: string }> {
  const prepared = prepare(read[way]);
  // A statement that is prepared once, and asked by both, would be planned anew whenever the other has been.
  const text = `/* ${way} */ ${prepared.text}`;
  const caller = way === "byOwner" ? "owner" : reader.id;
  return await inTransaction(connection, caller, async (sql) => {
    const startedAt = performance.now();
    const [row] = await sql.unsafe<[{ answer: string }]>(text, prepared.values(reader), {
      prepare: true,
    });
    return { ms: performance.now() - startedAt, answer: row.answer };
  });
}

/** What is compared must be the same. */
async function expectSame(read: Read, { connection, readers }: Year): Promise<void> {
  for (const reader of readers) {
    const [one, other] = [
      await ask(read, "throughPolicies", connection, reader),
      await ask(read, "byOwner", connection, reader),
    ].map(({ answer }) => answer.replace(/"serverNow": ?\d+/, ""));
    if (one !== other || one!.length < 1000) {
      throw new Error(`${read.name}: not the same, or nothing:\n${one}\n${other}`);
    }
  }
}

function findingsOf(
  measured: readonly Measured[],
  sizes: readonly number[],
  { short }: Settings,
): Finding[] {
  const named = (size: number) => `${size.toLocaleString("en")} sessions`;
  const atWorst = ({ times }: Measured) =>
    Math.max(...times.map((one) => median(ratios(one.throughPolicies, one.byOwner))));
  const growth = ({ times }: Measured) =>
    ratios(times.at(-1)!.throughPolicies, times[0]!.throughPolicies);
  return [
    {
      title: "Through policies, against the owner with a WHERE",
      about:
        "How many times as long a statement takes as `authenticated`, whom the policies concern, as the " +
        "same by the owner of the tables with the rules written into its WHERE: median, and the range of " +
        "all turns. Both are prepared, run in transactions as PostgREST makes them, and give the same " +
        "answer, which is checked; time is that of the statement, as the client sees it. What PostgREST " +
        "does not read from a table is a function of the database: there the owner's query builds the " +
        "same JSON. Each way has statements of its own, and the server's processes keep their memory.",
      columns: ["", ...sizes.map(named)],
      rows: measured.map(({ read, times }) => [
        read.name,
        ...times.map((one) => spread(ratios(one.throughPolicies, one.byOwner), 2)),
      ]),
      goals: short ? [] : measured.map((one) => ({
        what: `${one.read.name}: through policies against the owner, the worst of all sizes`,
        measured: atWorst(one),
        limit: GOALS.policies,
        kind: "at most",
      })),
    },
    {
      title: "With a thousand times as many sessions",
      about:
        "Milliseconds as `authenticated`, by how many sessions a year had, with ten sets each and a person " +
        "for every ten of them. Twenty people take turns; each has thirty sessions, a hundred sets and ten " +
        "friends at every size, and one session under way with 250 events. In databases of one server, " +
        "taking turns, in memory.",
      columns: ["", ...sizes.map(named), "largest to smallest"],
      rows: measured.map((one) => [
        one.read.name,
        ...one.times.map(({ throughPolicies }) => spread(throughPolicies, 2)),
        spread(growth(one), 2),
      ]),
      goals: short ? [] : measured.map((one) => ({
        what: `${one.read.name}: ${named(sizes.at(-1)!)} against ${named(sizes[0]!)}`,
        measured: median(growth(one)),
        limit: GOALS.growth,
        kind: "at most",
      })),
    },
  ];
}
