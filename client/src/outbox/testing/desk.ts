import { createOutbox } from "../outbox.ts";
import { memoryStorage } from "../storage.ts";
import type { NewOutboxEntry, Outbox, OutboxOptions } from "../types.ts";
import { ModelServer } from "./model-server.ts";
import { settle, VirtualTime } from "./virtual-time.ts";

/** An outbox with a server and a clock that a test holds in its hands. */
export interface Desk {
  readonly time: VirtualTime;
  readonly server: ModelServer;
  readonly outbox: Outbox;
}

/** Opens an outbox; with the server, the clock and the storage of another one if they are given. */
export async function openDesk(
  options: Partial<OutboxOptions> & { time?: VirtualTime; server?: ModelServer } = {},
): Promise<Desk> {
  const { time = new VirtualTime(), server = new ModelServer(), ...rest } = options;
  const outbox = await createOutbox({
    userId: "me",
    deliver: server.calls(),
    storage: memoryStorage(),
    now: () => time.now,
    timers: time.timers,
    random: () => 1,
    ...rest,
  });
  await settle();
  return { time, server, outbox };
}

/** A set of squats, named by its id. */
export function newSet(id: string, reps = 5, sessionId = "leg-day"): NewOutboxEntry {
  const set = { id, exerciseId: "squat", exerciseName: "Squat", weightKg: 100, reps };
  return { kind: "set", sessionId, set };
}

/** A message that says its id. */
export function newMessage(id: string, sessionId = "leg-day"): NewOutboxEntry {
  return { kind: "message", sessionId, id, message: id };
}

/** What state each entry is in: `id state`. */
export function statesOf(outbox: Outbox): string[] {
  return outbox.entries().map(({ id, state }) => `${id} ${state}`);
}
