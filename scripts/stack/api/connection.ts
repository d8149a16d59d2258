import { createPostgresConnection, type PostgresConnection } from "@supabase/lite/postgres";
import { Kysely } from "kysely";
import { databaseUrl, type Login } from "../database/connect.ts";
import { type SingleClient, SingleConnectionDialect } from "./dialect.ts";

/** The oid of the type. */
const NUMERIC = 1700;

/** lite's way to the database, and how to end it. */
export interface ApiConnection {
  connection: PostgresConnection;
  close(): Promise<void>;
}

/**
 * Opens what an App of lite connects through.
 *
 * @param connections how many statements can run at once
 * @param searchPath of every connection
 */
export function openApiConnection(
  login: Login,
  connections: number,
  searchPath: string,
): ApiConnection {
  const openOne = (onclose: () => void) =>
    createPostgresConnection({
      url: databaseUrl(login),
      postgresOptions: {
        max: 1,
        onclose,
        onnotice: () => {},
        // Right after a crash the server is back within a second: do not wait for longer.
        backoff: () => 0.1,
        connect_timeout: 10,
        // As PostgREST writes it: a number, not text.
        types: { numeric: { to: NUMERIC, from: [NUMERIC], serialize: String, parse: Number } },
        connection: { application_name: "embedded-stack api", search_path: searchPath },
      },
    });
  const clients = Array.from({ length: connections }, (): SingleClient => {
    const client: SingleClient = {
      // Made by lite, so that values are read and written as it expects.
      sql: openOne(() => client.lost()).driver,
      lost: () => {},
    };
    return client;
  });
  const connection = openOne(() => {});
  const kysely = new Kysely<unknown>({ dialect: new SingleConnectionDialect(clients) });
  // Before its first request the connection would run GRANT ALL on every table of every schema
  // that has row level security, which would undo what migrations revoke. Claiming that it has
  // done so already leaves the database alone. The roles are there, made by the bootstrap.
  if (!("rlsState" in connection) || !("kysely" in connection)) {
    throw new Error("This version of @supabase/lite is built differently: check how it connects.");
  }
  Object.assign(connection, { rlsState: "active", kysely });
  return {
    connection,
    async close() {
      await Promise.all([kysely.destroy(), connection.driver.end({ timeout: 1 })]);
    },
  };
}
