import type postgres from "postgres";

/** One connection, kept for oneself. */
export type Connection = postgres.ReservedSql;

/** Whose request it is: a person's, or one of the owner of the tables, whom no policy concerns. */
export type Caller = string | "owner";

/**
 * Does something in a transaction of its own that begins as PostgREST begins each request: with the
 * role and the claims of the caller.
 */
export async function inTransaction<Result>(
  connection: Connection,
  caller: Caller,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  await begin(connection, caller);
  const result = await work(connection);
  await connection`commit`;
  return result;
}

/** Begins a transaction that somebody else commits. */
export async function begin(connection: Connection, caller: Caller): Promise<void> {
  const isOwner = caller === "owner";
  const claims = isOwner ? "" : JSON.stringify({ sub: caller, role: "authenticated" });
  await connection`begin`;
  await connection`
    select set_config('role', ${isOwner ? "postgres" : "authenticated"}, true),
      set_config('request.jwt.claims', ${claims}, true)`;
}
