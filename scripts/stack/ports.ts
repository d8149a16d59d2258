import { setTimeout as sleep } from "node:timers/promises";
import { StackError } from "./errors.ts";

/** An outgoing connection of any program may hold a port of this range for a moment. */
const patienceMilliseconds = 1_000;
const pauseMilliseconds = 50;

/**
 * The port for PostgreSQL, free at this moment.
 *
 * @param port 0 picks one
 * @throws StackError if it is taken, and stays so for a second
 */
export async function claimDatabasePort(port: number): Promise<number> {
  const deadline = performance.now() + patienceMilliseconds;
  while (true) {
    const chosen = tryPort(port);
    if (chosen !== undefined) return chosen;
    if (performance.now() >= deadline) break;
    await sleep(pauseMilliseconds);
  }
  throw new StackError(
    `Port ${port} is taken by another program. Pass another for the database with --db-port, ` +
      `or 0 for any free one.`,
  );
}

function tryPort(port: number): number | undefined {
  try {
    const listener = Deno.listen({ hostname: "127.0.0.1", port });
    const chosen = listener.addr.port;
    listener.close();
    return chosen;
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) return undefined;
    throw error;
  }
}
