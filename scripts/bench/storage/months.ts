import type { LoneDatabase } from "../../shared/lone_database.ts";
import { readPartitioning } from "../../shared/partitioning.ts";
import type { Finding } from "../benchmark.ts";
import { makeCrowd } from "../crowd.ts";
import { loggedByClient } from "../logging_sets.ts";
import { ratios, spread } from "../statistics.ts";
import { takeTurns, timed } from "../turns.ts";
import { fillStorage } from "./bytes.ts";

type Way = "whole" | "parted";
type Database = ReturnType<LoneDatabase["open"]>;

/** Months of sets there are when logging is measured. */
const YEARS_OF_MONTHS = 24;
const PEOPLE = 1_000;

/** What partitions by month bring and cost, against the tables whole. */
export async function measureMonths(server: LoneDatabase, short: boolean): Promise<Finding[]> {
  return [await dropping(server, short), await logging(server, short)];
}

/** As an operator applies it. */
async function partition(server: LoneDatabase, database: string): Promise<void> {
  const sql = server.open(database);
  try {
    // As the owner of the tables: nothing in it needs more.
    await sql.unsafe("set session authorization postgres");
    await sql.unsafe(await readPartitioning());
  } finally {
    await sql.end();
  }
}

/** Months of events that are over, each gone in a turn of its own. */
async function dropping(server: LoneDatabase, short: boolean): Promise<Finding> {
  const turns = short ? 1 : 3;
  const sessions = short ? 20 : 250;
  // One month for each turn and one to warm up, all of them past their ninety days.
  const months = turns + 1;
  const now = new Date();
  const start = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months - 4));
  const starts = Array.from(
    { length: months + 1 },
    (_, index) => new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + index)),
  );
  const span = starts.at(-1)!.getTime() - start.getTime();
  const everyMinutes = span / 60_000 / (sessions * months);
  const filling = { sessions: sessions * months, ordered: true, start, everyMinutes };
  await (await fillStorage(server, "storage_whole", filling)).end();
  await server.admin`create database storage_parted template storage_whole owner postgres`;
  await partition(server, "storage_parted");
  const databases: Record<Way, Database> = {
    whole: server.open("storage_whole"),
    parted: server.open("storage_parted"),
  };
  try {
    for (const sql of Object.values(databases)) {
      await sql`set session_replication_role = replica`;
      await sql`update public.live_sessions set history_dropped_at = ended_at + interval '90 days'`;
      await sql`reset session_replication_role`;
      await sql.unsafe("vacuum (analyze)");
      await sql.unsafe("checkpoint");
    }
    const steps = { deleted: [] as number[], vacuumed: [] as number[] };
    const measured = await takeTurns<Way, Gone>(turns, {
      whole: async (turn) => {
        const deleted = await withLog(databases.whole, (sql) =>
          sql`
            delete from public.live_session_events e using public.live_sessions s
            where s.id = e.session_id and s.created_at < ${starts[turn + 2]!}`);
        const vacuumed = await withLog(
          databases.whole,
          (sql) => sql.unsafe("vacuum public.live_session_events"),
        );
        if (turn >= 0) {
          steps.deleted.push(deleted.milliseconds);
          steps.vacuumed.push(vacuumed.milliseconds);
        }
        return {
          milliseconds: deleted.milliseconds + vacuumed.milliseconds,
          megabytes: deleted.megabytes + vacuumed.megabytes,
        };
      },
      parted: (turn) =>
        withLog(
          databases.parted,
          (sql) => sql`select private.drop_months('live_session_events', ${starts[turn + 2]!})`,
        ),
    });
    const left = await Promise.all(
      Object.values(databases).map((sql) =>
        sql<{ rows: number }[]>`select count(*)::integer as rows from public.live_session_events`
      ),
    );
    if (left.some(([row]) => row!.rows !== 0)) throw new Error("Some events are still there.");
    const milliseconds = (way: Way) => measured[way].map((one) => one.milliseconds);
    const megabytes = (way: Way) => measured[way].map((one) => one.megabytes);
    return {
      title: "A month of events that is over",
      about:
        `The events of a month, ${
          sessions * 118
        } of them, deleted from the whole table and vacuumed, ` +
        "against the partition of the month dropped, in turns, a month each. Milliseconds, and MB of " +
        "log (WAL): median, and the range of all turns.",
      columns: ["", "deleted and vacuumed", "dropped", "times less"],
      rows: [
        [
          "ms",
          spread(milliseconds("whole")),
          spread(milliseconds("parted"), 1),
          spread(ratios(milliseconds("whole"), milliseconds("parted")), 1),
        ],
        ["ms, of which to delete", spread(steps.deleted), "", ""],
        ["ms, of which to vacuum", spread(steps.vacuumed), "", ""],
        [
          "MB of log",
          spread(megabytes("whole"), 2),
          spread(megabytes("parted"), 2),
          spread(ratios(megabytes("whole"), megabytes("parted"))),
        ],
      ],
      notes: ["To delete grows with the month; to drop does not."],
    };
  } finally {
    await Promise.all(Object.values(databases).map((sql) => sql.end()));
  }
}

interface Gone {
  milliseconds: number;
  megabytes: number;
}

/** How long something takes, and how much it writes ahead. */
async function withLog(sql: Database, work: (sql: Database) => Promise<unknown>): Promise<Gone> {
  const [before] = await sql<{ at: string }[]>`select pg_current_wal_insert_lsn()::text as at`;
  const milliseconds = await timed(() => work(sql));
  const [after] = await sql<{ bytes: string }[]>`
    select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), ${before!.at}::pg_lsn)::text as bytes`;
  return { milliseconds, megabytes: Number(after!.bytes) / 1e6 };
}

/** Logging a set, with everything that it causes, with two years of months beside the present one. */
async function logging(server: LoneDatabase, short: boolean): Promise<Finding> {
  const people = short ? 100 : PEOPLE;
  const names: Record<Way, string> = { whole: "log_whole", parted: "log_parted" };
  for (const name of Object.values(names)) {
    await server.admin.unsafe(`create database ${name} template postgres owner postgres`);
  }
  await partition(server, names.parted);
  const operator = server.open(names.parted);
  await operator`
    select private.add_month('live_session_sets', (date_trunc('month', now()) - m * interval '1 month')::date),
      m > 4 or private.add_month('live_session_events', (date_trunc('month', now()) - m * interval '1 month')::date)
    from generate_series(1, ${YEARS_OF_MONTHS}) m`;
  await operator.end();
  const rows: string[][] = [];
  for (const name of Object.values(names)) {
    await makeCrowd({ urlOf: () => server.urlOf(name) }, people, 4);
  }
  for (const connections of [1, 4]) {
    const open = (way: Way) => Array.from({ length: connections }, () => server.open(names[way]));
    const clients: Record<Way, Database[]> = { whole: open("whole"), parted: open("parted") };
    try {
      const each = Math.floor(people / connections);
      const loggers = async (way: Way) =>
        await Promise.all(
          clients[way].map((sql, index) => loggedByClient(sql, index * each, each)),
        );
      const all = { whole: await loggers("whole"), parted: await loggers("parted") };
      const sets = short ? 5 : 150;
      const rate = (way: Way) => async () =>
        sets * connections * 1000 /
        await timed(() => Promise.all(all[way].map((log) => log("full", sets))));
      const { whole, parted } = await takeTurns<Way>(short ? 1 : 7, {
        whole: rate("whole"),
        parted: rate("parted"),
      });
      rows.push([
        connections === 1 ? "1 connection" : `${connections} connections`,
        spread(whole),
        spread(parted),
        spread(ratios(parted, whole), 2),
      ]);
    } finally {
      await Promise.all([...clients.whole, ...clients.parted].map((sql) => sql.end()));
    }
  }
  return {
    title: "Logging a set when the tables are partitioned",
    about:
      "Sets a second with everything that each causes, a durable transaction each, as PostgREST makes " +
      `them; ${YEARS_OF_MONTHS} months of sets beside the present one, in a database of its own. Median, ` +
      "and the range of all turns.",
    columns: ["sets a second", "whole", "partitioned", "partitioned ÷ whole"],
    rows,
    notes: [
      "The price is the table of ids, which keeps an id unique over all months, and the choice of the " +
      "partition.",
    ],
  };
}
