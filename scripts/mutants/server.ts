import postgres from "postgres";
import { checkout } from "../shared/checkout.ts";
import { loadConfig } from "../stack/config.ts";
import { type Database, databaseUrl, type Login } from "../stack/database/connect.ts";
import { prepareDatabase, projectLogin } from "../stack/database/prepare.ts";
import { createSecrets } from "../stack/database/secrets.ts";
import { createDataFolder, dataFolderAt } from "../stack/folder.ts";
import { parseOptions } from "../stack/options.ts";
import { claimDatabasePort } from "../stack/ports.ts";
import { createCluster, superuser } from "../stack/postgres/cluster.ts";
import { preparePlace, removeDatabase } from "../stack/postgres/place.ts";
import { type Server, startServer } from "../stack/postgres/server.ts";
import { warn } from "../stack/report.ts";

/** A PostgreSQL with the schema, for one purpose only. */
export interface MutantServer {
  /** Signed in as the superuser, to the database `template1`: nothing here needs what is in it. */
  admin: Database;
  /** Opens a database as the superuser; the caller ends it. */
  open(database: string): Database;
  /** Where a database is for whoever runs the tests. */
  urlOf(database: string): string;
  /** Stops it and deletes its data. */
  stop(): Promise<void>;
}

/** No statement of the tests takes nearly as long; a mutant may well run for ever. */
const statementTimeoutMilliseconds = 60_000;

/**
 * Starts PostgreSQL as the stack does, with the platform's part, migrations and seed in the database
 * `postgres`, but without the stack's services: they hold connections, and a database that somebody
 * is connected to cannot be copied.
 *
 * @throws StackError if it does not come up
 */
export async function startMutantServer(signal: AbortSignal): Promise<MutantServer> {
  const root = await Deno.makeTempDir({ prefix: "mutants-" });
  const folder = dataFolderAt(root);
  let server: Server | undefined;
  let admin: Database | undefined;
  const stop = async () => {
    await admin?.end({ timeout: 5 });
    await server?.stop();
    await removeDatabase(folder);
    await Deno.remove(root, { recursive: true });
  };
  try {
    await createDataFolder(folder);
    const options = parseOptions(["start", `--data-dir=${root}`], () => undefined, checkout);
    const config = await loadConfig(checkout);
    const place = await preparePlace(folder);
    const secrets = await createSecrets(folder);
    const port = claimDatabasePort(0);
    await createCluster(place, secrets.supabaseAdmin);
    server = await startServer(place, port, (ready, reason) => {
      if (!ready) warn(`PostgreSQL died (${reason}).`);
    });
    const login = { port, user: superuser, password: secrets.supabaseAdmin };
    await prepareDatabase(options, config, login, secrets, signal);
    const urlAs = (whose: Login, database: string) =>
      new URL(`/${database}`, databaseUrl(whose)).href;
    const open = (database: string, connections = 1) =>
      postgres(urlAs(login, database), { max: connections, onnotice: () => {} });
    admin = open("template1", 2);
    // Nothing here has to outlive a power cut.
    await admin`alter system set fsync = off`;
    await admin`select pg_reload_conf()`;
    await admin.unsafe(
      `alter role postgres set statement_timeout = ${statementTimeoutMilliseconds}`,
    );
    return {
      admin,
      open,
      urlOf: (database) => urlAs(projectLogin(port), database),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
