import { newId } from "../ids.ts";
import type { SetChange } from "../types.ts";
import type { Ledger } from "./ledger.ts";
import { changesOf, setIn } from "./set-entries.ts";
import type { NewOutboxEntry, OutboxEntry, OutboxEntryOf, OutboxWork } from "./types.ts";

// What taking something in does to what is there already. An entry that was never sent can be
// changed here; one that was sent perhaps arrived, and only a further request can change that.

/** Takes something in; its id. `now` is in epoch milliseconds. */
export function addTo(ledger: Ledger, addition: NewOutboxEntry, now: number): string {
  const { sessionId } = addition;
  const madeAt = Math.round(addition.madeAt ?? now);
  const work = workOf(addition, madeAt);
  // Postgres writes ids in lower case; what is compared with its answers has to be the same.
  const id = (work.kind === "set" ? work.set.id : addition.id ?? newId()).toLowerCase();
  if (ledger.get(id) !== null) return id;
  const entry: OutboxEntry = { id, sessionId, madeAt, state: "waiting", attempts: 0, ...work };
  if (entry.kind === "set_change") return addChange(ledger, entry);
  if (entry.kind === "set_removal") return addRemoval(ledger, entry, now);
  ledger.put(entry);
  return id;
}

function workOf(addition: NewOutboxEntry, madeAt: number): OutboxWork {
  switch (addition.kind) {
    case "set": {
      const id = (addition.set.id ?? addition.id ?? newId()).toLowerCase();
      const timestampMs = Math.round(addition.set.timestampMs ?? madeAt);
      return { kind: "set", set: { ...addition.set, id, timestampMs } };
    }
    case "set_change":
      return {
        kind: "set_change",
        setId: addition.setId.toLowerCase(),
        change: known(addition.change),
      };
    case "set_removal":
      return { kind: "set_removal", setId: addition.setId.toLowerCase() };
    case "reaction":
      return { kind: "reaction", reaction: addition.reaction };
    case "message":
      return { kind: "message", message: addition.message };
  }
}

function addChange(ledger: Ledger, entry: OutboxEntryOf<"set_change">): string {
  if (Object.keys(entry.change).length === 0) return entry.id;
  const set = setIn(ledger, entry.setId);
  if (set !== null && (isUnsent(set) || set.state === "refused")) {
    const { error: _error, retryAt: _retryAt, ...rest } = set;
    ledger.put({ ...rest, state: "waiting", set: { ...set.set, ...entry.change } });
    return entry.id;
  }
  const last = changesOf(ledger, entry.setId).at(-1);
  if (last !== undefined && isUnsent(last)) {
    ledger.put({ ...last, change: { ...last.change, ...entry.change } });
    return last.id;
  }
  ledger.put(entry);
  return entry.id;
}

function addRemoval(ledger: Ledger, entry: OutboxEntryOf<"set_removal">, now: number): string {
  for (const change of changesOf(ledger, entry.setId)) {
    if (isUnsent(change) || change.state === "refused") ledger.remove(change.id, now);
  }
  const set = setIn(ledger, entry.setId);
  if (set !== null && (isUnsent(set) || set.state === "refused")) {
    ledger.remove(set.id, now);
    // Of several attempts an early one may yet arrive.
    if (set.attempts <= 1) return entry.id;
  }
  const earlier = ledger.entries().find((other) =>
    other.kind === "set_removal" && other.setId === entry.setId && other.state !== "refused"
  );
  if (earlier !== undefined) return earlier.id;
  ledger.put(entry);
  return entry.id;
}

function isUnsent(entry: OutboxEntry): boolean {
  return entry.state === "waiting" && entry.attempts === 0;
}

/** Without members that are there and undefined, and with a time that the server takes. */
function known(change: SetChange): SetChange {
  const members = Object.entries(change).filter(([, value]) => value !== undefined);
  const { timestampMs, ...rest }: SetChange = Object.fromEntries(members);
  return timestampMs === undefined ? rest : { ...rest, timestampMs: Math.round(timestampMs) };
}
