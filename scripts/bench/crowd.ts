import postgres from "postgres";
import type { LoneDatabase } from "../shared/lone_database.ts";

type Connection = ReturnType<LoneDatabase["open"]>;

/**
 * Puts people into a database, in running sessions of `size` each, with what it takes to let them
 * log sets.
 */
export async function makeCrowd(
  database: Pick<LoneDatabase, "urlOf">,
  people: number,
  size: number,
): Promise<void> {
  const text = await Deno.readTextFile(new URL("./sql/crowd.sql", import.meta.url));
  const sql = postgres(database.urlOf("postgres"), { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(text.replaceAll(":people", String(people)).replaceAll(":size", String(size)));
    await sql.unsafe("analyze");
  } finally {
    await sql.end();
  }
}

/** Connections of the project's own role that commit as told. */
export async function connections(
  database: LoneDatabase,
  count: number,
  durable: boolean,
): Promise<Connection[]> {
  const all = Array.from({ length: count }, () =>
    postgres(database.urlOf("postgres"), {
      max: 1,
      onnotice: () => {},
      connection: { synchronous_commit: durable ? "on" : "off" },
    }));
  await Promise.all(all.map((sql) => sql`select 1`));
  return all;
}
