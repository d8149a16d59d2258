import { startLoneDatabase } from "../../scripts/shared/lone_database.ts";

/**
 * A database for tests under Node: starts it, prints its address, stops it when standard input
 * ends. The name of its temporary folder begins with the first argument.
 */
const database = await startLoneDatabase(Deno.args[0]!, new AbortController().signal);
try {
  // Nothing here has to outlive a power cut.
  await database.admin`alter system set fsync = off`;
  await database.admin`select pg_reload_conf()`;
  console.log(database.urlOf("postgres"));
  for await (const _ of Deno.stdin.readable);
} finally {
  await database.stop();
}
Deno.exit(0);
