import type { ClientProcess } from "./client_process.ts";
import type { ClientStatus } from "./messages.ts";
import type { Witness } from "./truth.ts";

const everyMs = 200;

/** How clients came to rest. */
export interface Settled {
  /** How long the slowest took, in ms. */
  worstMs: number;
  /** Who had not got everything when the time was up, and how they stood. */
  faults: string[];
}

/**
 * Waits until every client has been live with the last event and nothing in its outbox, and the log
 * does not grow any more.
 *
 * @param patienceMs after how long that is a fault
 */
export async function settle(
  clients: readonly ClientProcess[],
  witness: Witness,
  patienceMs: number,
): Promise<Settled> {
  const startedAt = performance.now();
  let readyAt: (number | undefined)[] = clients.map(() => undefined);
  let lastSeq = -1;
  while (true) {
    const [now, statuses] = await Promise.all([
      witness.lastSeq(),
      Promise.all(clients.map((client) => client.status())),
    ]);
    const passedMs = performance.now() - startedAt;
    if (now !== lastSeq) {
      lastSeq = now;
      readyAt = clients.map(() => undefined);
    }
    readyAt = statuses.map((status, index) =>
      readyAt[index] ?? (isSettled(status, now) ? passedMs : undefined)
    );
    if (readyAt.every((at) => at !== undefined)) {
      return { worstMs: Math.max(...readyAt), faults: [] };
    }
    if (passedMs > patienceMs) {
      return {
        worstMs: passedMs,
        faults: statuses.flatMap((status, index) =>
          readyAt[index] !== undefined ? [] : [
            `${clients[index]!.task.me.displayName} did not come to rest in ` +
            `${Math.round(passedMs / 1000)} s: ${JSON.stringify(status)}, the log has ${now}`,
          ]
        ),
      };
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

function isSettled(status: ClientStatus, lastSeq: number): boolean {
  const { connection, isPresentSure, pending } = status;
  return connection === "live" && isPresentSure && pending === 0 && status.lastSeq === lastSeq;
}
