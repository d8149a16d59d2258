import { StackError } from "./errors.ts";

/**
 * The port for PostgreSQL, free at this moment.
 *
 * @param port 0 picks one
 * @throws StackError if it is taken
 */
export function claimDatabasePort(port: number): number {
  try {
    const listener = Deno.listen({ hostname: "127.0.0.1", port });
    const chosen = listener.addr.port;
    listener.close();
    return chosen;
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    throw new StackError(
      `Port ${port} is taken by another program. Pass another for the database with --db-port, ` +
        `or 0 for any free one.`,
    );
  }
}
