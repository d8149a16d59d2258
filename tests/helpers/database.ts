import postgres from "postgres";
import { runningStack } from "./stack.ts";

/** A connection to the stack's database as its owner, past row level security. */
export type Database = postgres.Sql;

/**
 * Lets a test look at the database, or prepare it, as its owner. The connection is closed
 * afterwards, so that no test can forget to.
 */
export async function withDatabase<Result>(
  work: (sql: Database) => Promise<Result>,
): Promise<Result> {
  const sql = postgres(runningStack().DB_URL, { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}
