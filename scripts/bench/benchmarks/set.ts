import { type LoneDatabase, startLoneDatabase } from "../../shared/lone_database.ts";
import type { Benchmark, Finding, Settings } from "../benchmark.ts";
import { connections, makeCrowd } from "../crowd.ts";
import { type Kind, loggedByClient, loggedByServer, type Way } from "../logging_sets.ts";
import { median, ratios, spread } from "../statistics.ts";

const PEOPLE = 4_000;
const IN_A_SESSION = 10;
/** What a share of a bare INSERT's rate is to be reached, with everything that a set causes. */
const GOALS = { durable: 0.6, notDurable: 0.3 };

interface Case {
  connections: number;
  durable: boolean;
  /** How many sets each connection logs in a turn, of each kind. */
  bare: number;
  writes: number;
  full: number;
}

const CASES: readonly Case[] = [
  { connections: 1, durable: true, bare: 400, writes: 300, full: 250 },
  { connections: 8, durable: true, bare: 250, writes: 200, full: 150 },
  { connections: 1, durable: false, bare: 800, writes: 500, full: 400 },
  { connections: 8, durable: false, bare: 400, writes: 200, full: 150 },
];

/** Logging a set with everything it causes, against a bare INSERT of the same row. */
export const set: Benchmark = {
  name: "set",
  title: "Logging a set",
  async run(settings) {
    const people = settings.short ? 200 : PEOPLE;
    const database = await startLoneDatabase("bench-", new AbortController().signal);
    try {
      settings.log(`${people} people in sessions of ${IN_A_SESSION}`);
      await makeCrowd(database, people, IN_A_SESSION);
      await prepareWrites(database);
      await warmUp(database, people);
      return [
        throughConnections(await measureAll(database, loggedByClient, people, settings), settings),
        insideServer(await measureAll(database, loggedByServer, people, settings)),
      ];
    } finally {
      await database.stop();
    }
  },
};

async function prepareWrites(database: LoneDatabase): Promise<void> {
  const sql = database.open("postgres");
  try {
    await sql.unsafe(await Deno.readTextFile(new URL("../sql/writes.sql", import.meta.url)));
    await sql.unsafe("vacuum analyze");
  } finally {
    await sql.end();
  }
}

/**
 * After a checkpoint the first change of each page puts the whole page into the log. People who train change theirs
 * many times between two checkpoints: without this, the cases measured first would pay for all of it.
 */
async function warmUp(database: LoneDatabase, people: number): Promise<void> {
  const admin = database.open("postgres");
  await admin`checkpoint`;
  await admin.end();
  const [sql] = await connections(database, 1, false);
  try {
    const log = await loggedByServer(sql!, 0, people);
    for (const kind of ["bare", "writes", "full"] as const) await log(kind, people);
  } finally {
    await sql!.end();
  }
}

interface Measured extends Case {
  /** Committed transactions a second, a turn each. */
  rates: Record<Kind, number[]>;
}

async function measureAll(
  database: LoneDatabase,
  way: Way,
  people: number,
  settings: Settings,
): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const one of CASES) {
    measured.push({ ...one, rates: await measure(database, way, one, people, settings) });
  }
  return measured;
}

async function measure(
  database: LoneDatabase,
  way: Way,
  one: Case,
  people: number,
  settings: Settings,
): Promise<Measured["rates"]> {
  const turns = settings.short ? 2 : 7;
  const clients = await connections(database, one.connections, one.durable);
  // Each connection has people of its own: many in one session at once is another benchmark.
  const each = Math.floor(people / one.connections);
  const loggers = await Promise.all(
    clients.map((sql, index) => way(sql, index * each, each)),
  );
  const turn = async (kind: Kind) => {
    const sets = settings.short ? 10 : one[kind];
    const startedAt = performance.now();
    await Promise.all(loggers.map((log) => log(kind, sets)));
    return sets * loggers.length / ((performance.now() - startedAt) / 1000);
  };
  const rates: Measured["rates"] = { bare: [], writes: [], full: [] };
  try {
    // The first turn compiles and plans on every connection.
    for (let index = -1; index < turns; index++) {
      for (const kind of ["bare", "writes", "full"] as const) {
        const rate = await turn(kind);
        if (index >= 0) rates[kind].push(rate);
      }
    }
  } finally {
    await Promise.all(clients.map((sql) => sql.end()));
  }
  return rates;
}

const COLUMNS = [
  "",
  "bare INSERT",
  "the rows alone",
  "a set",
  "a set : bare INSERT",
  "a set : the rows alone",
];

function rows(measured: readonly Measured[]): string[][] {
  return measured.map(({ connections, durable, rates: { bare, writes, full } }) => [
    `${connections} connection${connections > 1 ? "s" : ""}, ${
      durable ? "durable" : "not durable"
    }`,
    spread(bare),
    spread(writes),
    spread(full),
    spread(ratios(full, bare), 2),
    spread(ratios(full, writes), 2),
  ]);
}

function throughConnections(measured: readonly Measured[], settings: Settings): Finding {
  const goal = (durable: boolean) => {
    const { rates } = measured.find((one) => one.connections === 8 && one.durable === durable)!;
    return {
      what: `a set against a bare INSERT, 8 connections, ${durable ? "durable" : "not durable"}`,
      measured: median(ratios(rates.full, rates.bare)),
      limit: durable ? GOALS.durable : GOALS.notDurable,
      kind: "at least" as const,
    };
  };
  return {
    title: "A set with everything it causes, against a bare INSERT",
    about:
      "Transactions a second: median, and the range of all turns. The bare INSERT writes the " +
      "same row to a table with the same columns and indexes, without policies and triggers. Both run " +
      "as `authenticated` with a token's claims, in transactions as PostgREST makes them (`begin`, " +
      "`set_config`, the statement, `commit`), prepared. A set goes through row level security, its " +
      "checks and limits, and moves records, counters, the event log, presence and two broadcasts. The rows " +
      "alone are the eight that it writes for that, into copies of their tables, by one function that asks and " +
      "checks nothing. Not durable means `synchronous_commit = off`.",
    columns: COLUMNS,
    rows: rows(measured),
    goals: settings.short ? [] : [goal(true), goal(false)],
  };
}

function insideServer(measured: readonly Measured[]): Finding {
  return {
    title: "The same without a client",
    about:
      "A procedure inside the server does both: what remains is the work of the database alone, " +
      "which is why the bare INSERT gains most.",
    columns: COLUMNS,
    rows: rows(measured),
  };
}
