import pg from "pg";

export type Row = Readonly<Record<string, unknown>>;
export type Query = (text: string, values?: readonly unknown[]) => Promise<Row[]>;

/** The database cannot be reached; trying again later may help. */
export class DatabaseUnavailable extends Error {}

/** The database refused a statement. `code` is its SQLSTATE. */
export class StatementError extends Error {
  constructor(readonly code: string, message: string) {
    super(message);
  }
}

export interface Database {
  /** Runs one statement. Raises DatabaseUnavailable or StatementError. */
  query: Query;
  /**
   * Runs `work` in a transaction that is rolled back whatever happens. Raises DatabaseUnavailable
   * or StatementError, and what `work` raises.
   */
  rolledBack<T>(work: (query: Query) => Promise<T>): Promise<T>;
  end(): Promise<void>;
}

/** The part of `pg` that is used here; the package ships no types. */
interface PgClient {
  query(text: string, values?: readonly unknown[]): Promise<{ rows: Row[] }>;
  release(destroy?: boolean): void;
}
interface PgPool {
  connect(): Promise<PgClient>;
  end(): Promise<void>;
  on(event: "error", listener: (error: Error) => void): void;
}

/** Longer than any policy may take, shorter than a client waits for its answer (10 s). */
const STATEMENT_TIMEOUT_MS = 5_000;

/** A small pool of connections that come back by themselves after the server was away. */
export function openDatabase(url: string): Database {
  const pool: PgPool = new pg.Pool({
    connectionString: url,
    application_name: "realtime",
    max: 4,
    connectionTimeoutMillis: 4_000,
    statement_timeout: STATEMENT_TIMEOUT_MS,
  });
  // An idle connection that dies says so here; unheard it would end the process. The pool opens
  // another when it is needed, and whoever needs it hears if that fails.
  pool.on("error", () => {});

  return {
    query: (text, values) => withClient(pool, (query) => query(text, values)),
    rolledBack: (work) =>
      withClient(pool, async (query) => {
        await query("begin");
        try {
          return await work(query);
        } finally {
          await query("rollback");
        }
      }),
    end: () => pool.end(),
  };
}

async function withClient<T>(pool: PgPool, work: (query: Query) => Promise<T>): Promise<T> {
  let client: PgClient;
  try {
    client = await pool.connect();
  } catch (error) {
    throw new DatabaseUnavailable(messageOf(error));
  }
  let broken = false;
  const query: Query = async (text, values) => {
    try {
      return (await client.query(text, values)).rows;
    } catch (error) {
      const translated = translate(error);
      broken ||= translated instanceof DatabaseUnavailable;
      throw translated;
    }
  };
  try {
    return await work(query);
  } finally {
    client.release(broken);
  }
}

/** Classes of SQLSTATE that mean the connection and not the statement. */
const CONNECTION_FAILURES = /^(08|57P|53)/;

function translate(error: unknown): DatabaseUnavailable | StatementError {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (
    typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) && !CONNECTION_FAILURES.test(code)
  ) {
    return new StatementError(code, messageOf(error));
  }
  return new DatabaseUnavailable(messageOf(error));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
