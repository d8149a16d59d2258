import type { LoneDatabase } from "../../shared/lone_database.ts";

/**
 * Makes a database of a server with a year of training in it.
 *
 * @param sessions how many took place in that year
 */
export async function makeYear(
  server: LoneDatabase,
  name: string,
  sessions: number,
): Promise<void> {
  await server.admin.unsafe(`create database ${name} template postgres owner postgres`);
  const text = await Deno.readTextFile(new URL("../sql/reads.sql", import.meta.url));
  const sql = server.open(name);
  try {
    await sql.unsafe(text.replaceAll(":sessions", String(sessions)));
    await sql.unsafe("vacuum (analyze)");
    await sql.unsafe(
      "grant usage on schema bench to public; grant select on bench.readers to public",
    );
  } finally {
    await sql.end();
  }
}

/** Lets a server load much at once, and do nothing by itself while reading is measured. */
export async function prepareServer({ admin }: LoneDatabase): Promise<void> {
  for (const setting of ["max_wal_size = '8GB'", "autovacuum = off", "checkpoint_timeout = '1h'"]) {
    await admin.unsafe(`alter system set ${setting}`);
  }
  await admin.unsafe("select pg_reload_conf()");
}
