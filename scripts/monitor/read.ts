import postgres from "postgres";
import { z } from "zod";
import { type Report, statisticsShape, views } from "./report.ts";

/** How long one view may take. Someone waits, and a busy server has other things to do. */
const TIMEOUT_SECONDS = 20;

/** A reason for having no report, in words for the person who asked for one. */
export class NoReport extends Error {
  override readonly name = "NoReport";
}

/**
 * Reads the monitoring views of a database, all as of one moment. Changes nothing.
 *
 * @throws NoReport if the database cannot be reached, has no such views, or does not show them
 */
export async function readReport(databaseUrl: string): Promise<Report> {
  const sql = postgres(databaseUrl, {
    max: 1,
    connect_timeout: 10,
    onnotice: () => {},
    types: {
      // bigint and numeric: counts and times, all of them far below where numbers lose precision.
      number: { to: 701, from: [20, 1700], serialize: String, parse: Number },
    },
  });
  try {
    return await sql.begin("isolation level repeatable read read only", async (transaction) => {
      await transaction.unsafe(`set local statement_timeout = '${TIMEOUT_SECONDS}s'`);
      return await readAll(transaction);
    });
  } catch (error) {
    throw explained(error, databaseUrl);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function readAll(sql: postgres.TransactionSql): Promise<Report> {
  const read = async <View extends keyof typeof views>(view: View, order: string) => {
    const rows = await sql.unsafe(`select * from monitoring.${view} order by ${order}`);
    return parse(view, z.array(views[view]), [...rows]);
  };
  const [statistics] = await sql`
    select now() as at, d.stats_reset as statistics_since,
      pg_postmaster_start_time() as server_started_at,
      current_setting('track_functions') as track_functions
    from pg_stat_database d
    where d.datname = current_database()
  `;
  const [activeNow] = await read("active_now", "1");
  const [timeToFirstSet] = await read("time_to_first_set", "1");
  if (activeNow === undefined || timeToFirstSet === undefined) {
    throw new NoReport("The monitoring views answered with nothing.");
  }
  return {
    ...parse("pg_stat_database", statisticsShape, statistics),
    active_now: activeNow,
    sessions_per_hour: await read("sessions_per_hour", "hour"),
    sets_per_minute: await read("sets_per_minute", "minute"),
    time_to_first_set: timeToFirstSet,
    refusals: await read("refusals", "refused desc, code"),
    function_times: await read("function_times", "total_ms desc, function"),
    unused_indexes: await read("unused_indexes", "table_name, index_name"),
    table_sizes: await read(
      "table_sizes",
      "table_bytes + index_bytes desc, schema_name, table_name",
    ),
  };
}

function parse<Shape extends z.ZodType>(what: string, shape: Shape, value: unknown) {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new NoReport(
    `${what} is not as this command knows it; are all migrations applied?\n` +
      z.prettifyError(parsed.error),
  );
}

function explained(error: unknown, databaseUrl: string): unknown {
  if (!(error instanceof Error) || error instanceof NoReport) return error;
  const { host } = new URL(databaseUrl);
  const code = "code" in error ? error.code : undefined;
  switch (code) {
    case "42P01":
    case "3F000":
      return new NoReport(
        `The database at ${host} has no such monitoring views (${error.message}). ` +
          `Apply the migrations first.`,
      );
    case "42501":
      return new NoReport(
        `This login may not see the monitoring views at ${host}: they are for the owner of the ` +
          `database and for service_role (${error.message}).`,
      );
    case "57014":
      return new NoReport(`A view took longer than ${TIMEOUT_SECONDS} s at ${host}.`);
    default:
      return new NoReport(`The database at ${host} does not answer: ${error.message || code}`);
  }
}
