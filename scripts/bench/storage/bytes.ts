import type { LoneDatabase } from "../../shared/lone_database.ts";
import type { Finding } from "../benchmark.ts";

/** How often somebody trains, who does so three times a week. */
const TRAININGS_A_YEAR = 156;

/** How long rows are there: for good, for so many days, or one set of them for each person. */
type Kept = "for good" | number | "once a person";

const KEPT: Readonly<Record<string, Kept>> = {
  "public.live_session_sets": "for good",
  "public.live_session_events": 90,
  "public.workouts": "for good",
  "private.exercise_bests": "for good",
  "public.live_session_reactions": 90,
  "public.live_session_messages": 90,
  "public.live_session_participants": "for good",
  "public.live_session_invitations": "for good",
  "public.live_sessions": "for good",
  "private.archived_workouts": "for good",
  "public.quick_reactions": "for good",
  "private.removed_live_session_sets": "for good",
  // By the platform, which drops a partition a day.
  "realtime.messages": 3,
  "public.users": "once a person",
  "public.friendships": "once a person",
  "public.workout_presence": "once a person",
};

/** Rows a training, where what is written is not all that there would be. */
const ROWS_A_TRAINING: Readonly<Record<string, number>> = {
  // What a session of four is told, and each of them by each set.
  "realtime.messages": 118 / 4 + 20,
};

interface Size {
  rows: number;
  bytes: number;
  index_bytes: number;
}

/** Bytes of the rows of all tables that grow with training, and what a person comes to. */
export async function measureBytes(server: LoneDatabase, sessions: number): Promise<Finding> {
  const sql = await fillStorage(server, "storage_bytes", { sessions, ordered: false });
  try {
    await sql.unsafe("vacuum (analyze)");
    const trainings = sessions * 4;
    const [{ people }] = await sql<[{ people: number }]>`
      select storage.people()::integer as people`;
    const total = { grows: 0, stays: 0 };
    const rows: string[][] = [];
    for (const [table, kept] of Object.entries(KEPT)) {
      const [size] = await sql.unsafe<[Size]>(
        `select (select count(*) from ${table})::integer as rows,
           sum(pg_total_relation_size(l))::float8 as bytes,
           sum(pg_indexes_size(l))::float8 as index_bytes
         from (select relid as l from pg_partition_tree('${table}') where isleaf
           union select '${table}'::regclass) t`,
      );
      const bytes = size.bytes / size.rows;
      const aYear = kept === "once a person"
        ? size.rows / people
        : (ROWS_A_TRAINING[table] ?? size.rows / trainings) * TRAININGS_A_YEAR;
      const there = typeof kept === "number" ? aYear * kept / 365 : aYear;
      const megabytes = there * bytes / 1e6;
      total[kept === "for good" ? "grows" : "stays"] += megabytes;
      rows.push([
        table.replace(/^public\./, ""),
        bytes.toFixed(0),
        (size.index_bytes / size.rows).toFixed(0),
        kept === "once a person" ? "–" : aYear.toFixed(0),
        typeof kept === "number" ? `${kept} days` : kept,
        kept === "for good" ? megabytes.toFixed(3) : "",
        kept === "for good" ? "" : megabytes.toFixed(3),
      ]);
    }
    rows.push(["all", "", "", "", "", total.grows.toFixed(2), total.stays.toFixed(2)]);
    return {
      title: "Bytes of a row, and what a person comes to",
      about:
        "For somebody who trains three times a week, an hour, with three others, does 20 sets and sends " +
        `six reactions and two messages each time. Measured on ${sessions} such sessions, written in ` +
        "the order of time into tables with their indexes, and vacuumed: bytes with indexes and TOAST, " +
        "divided by rows. What is kept for good grows by so many MB each year; what is not, stays at so many.",
      columns: [
        "table",
        "bytes a row",
        "in indexes",
        "rows a person and year",
        "kept",
        "MB a year, growing",
        "MB, staying",
      ],
      rows,
      notes: [
        "A session and its participants are amended with every set, and leave room between two vacuums: " +
        "count them twice. The log ahead of the tables (WAL) and backups come on top.",
      ],
    };
  } finally {
    await sql.end();
  }
}

/** What to fill a database with. */
export interface Filling {
  readonly sessions: number;
  /** Whether ids of sessions begin with the time. */
  readonly ordered: boolean;
  /** When the first began; a year before the last unless said. */
  readonly start?: Date;
  /** Minutes from one to the next. */
  readonly everyMinutes?: number;
}

/**
 * Makes a database of a server, with training in it. The caller ends the connection, which is the
 * superuser's.
 */
export async function fillStorage(
  server: LoneDatabase,
  name: string,
  { sessions, ordered, start, everyMinutes }: Filling,
): Promise<ReturnType<LoneDatabase["open"]>> {
  const minutes = everyMinutes ?? 365 * 24 * 60 / sessions;
  const first = start ?? new Date(Date.now() - sessions * minutes * 60_000);
  await server.admin.unsafe(`create database ${name} template postgres owner postgres`);
  const text = await Deno.readTextFile(new URL("../sql/storage.sql", import.meta.url));
  const sql = server.open(name);
  await sql.unsafe(
    text.replaceAll(":sessions", String(sessions)).replaceAll(":ordered", String(ordered))
      .replaceAll(":start", first.toISOString()).replaceAll(":every", `${minutes} minutes`),
  );
  return sql;
}
