import postgres from "postgres";

/** A connection pool; see the documentation of `postgres`. */
export type Database = postgres.Sql;

/** Who signs in to which server. */
export interface Login {
  port: number;
  user: string;
  password: string;
}

/**
 * Opens a pool. Notices are dropped: they speak to whoever wrote the SQL, who sees them in the
 * tools for that.
 */
export function connect(login: Login, connections = 1): Database {
  return postgres({
    host: "127.0.0.1",
    port: login.port,
    database: "postgres",
    username: login.user,
    password: login.password,
    max: connections,
    onnotice: () => {},
    backoff: () => 0.1,
    connect_timeout: 10,
    connection: { application_name: "embedded-stack" },
  });
}

/** The URL of the same login. */
export function databaseUrl(login: Login): string {
  return `postgresql://${login.user}:${login.password}@127.0.0.1:${login.port}/postgres`;
}

/** An error of the server, as far as the stack reads it. */
export interface DatabaseError extends Error {
  code: string;
  detail?: string;
  hint?: string;
  where?: string;
  /** One-based character offset in the statement. */
  position?: string;
}

/** Whether the server, not the connection, raised this. */
export function isDatabaseError(error: unknown): error is DatabaseError {
  return error instanceof postgres.PostgresError;
}
