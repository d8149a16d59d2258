import postgres from "postgres";
import { migrationDrift } from "../stack/database/migrations.ts";
import { checkout } from "./checkout.ts";
import { runningStack } from "./stack_command.ts";
import { startTemporaryStack } from "./temporary_stack.ts";

/** A database that has the schema of this checkout. */
export interface DatabaseSource {
  url: string;
  /** Ends what was started for it. */
  stop(): Promise<void>;
}

/**
 * Finds a database with the schema of this checkout: the given one; else that of the running stack,
 * if it is what the migrations make; else one of a temporary stack. Says on standard error which.
 *
 * @param given the URL of a database, taken as it is
 * @throws Error if a temporary stack is needed and does not start
 */
export async function findDatabase(given: string | undefined): Promise<DatabaseSource> {
  if (given !== undefined) return { url: given, stop: async () => {} };
  const running = await runningStack();
  if (running !== undefined) {
    const drift = await driftOf(running.DB_URL);
    if (drift.length === 0) {
      console.error(`Reading the database of the running stack at ${running.API_URL}.`);
      return { url: running.DB_URL, stop: async () => {} };
    }
    console.error("The running stack's database is not what the migrations make:");
    for (const sentence of drift) console.error(`  ${sentence}`);
  }
  console.error("Reading the database of a temporary stack …");
  // The functions may need the very types that are about to be written.
  const { endpoints, stop } = await startTemporaryStack(["--no-functions", "--no-seed"]);
  return { url: endpoints.DB_URL, stop };
}

async function driftOf(url: string): Promise<string[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await migrationDrift(sql, checkout);
  } finally {
    await sql.end();
  }
}
