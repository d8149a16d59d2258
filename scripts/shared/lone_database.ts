import postgres from "postgres";
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
import { checkout } from "./checkout.ts";

/** A PostgreSQL with the schema, for one purpose only. */
export interface LoneDatabase {
  /** Signed in as the superuser, to the database `template1`. */
  admin: Database;
  /** Opens a database as the superuser; the caller ends it. */
  open(database: string, connections?: number): Database;
  /** Where a database is for the project's own role. */
  urlOf(database: string): string;
  /** Stops it and deletes its data. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL as the stack does, with the platform's part, migrations and seed in the database
 * `postgres`, but without the stack's services: they hold connections, and would work along.
 *
 * @param prefix what the name of its temporary folder begins with
 * @param environment what its processes find in theirs, beside what they need
 * @throws StackError if it does not come up
 */
export async function startLoneDatabase(
  prefix: string,
  signal: AbortSignal,
  environment: Record<string, string> = {},
): Promise<LoneDatabase> {
  const root = await Deno.makeTempDir({ prefix });
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
    const port = await claimDatabasePort(0);
    await createCluster(place, secrets.supabaseAdmin);
    server = await startServer(place, port, (ready, reason) => {
      if (!ready) warn(`PostgreSQL died (${reason}).`);
    }, environment);
    const login = { port, user: superuser, password: secrets.supabaseAdmin };
    await prepareDatabase(options, config, login, secrets, signal);
    const urlAs = (whose: Login, database: string) =>
      new URL(`/${database}`, databaseUrl(whose)).href;
    const open = (database: string, connections = 1) =>
      postgres(urlAs(login, database), { max: connections, onnotice: () => {} });
    admin = open("template1", 2);
    return { admin, open, urlOf: (database) => urlAs(projectLogin(port), database), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
