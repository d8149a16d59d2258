import type { OutboxEntry } from "../outbox/types.ts";
import { isSettledChange } from "./selectors/sets.ts";
import type { RoomState } from "./state.ts";

/** Ids of the entries of the outbox that have done their work, as the log shows. */
export function settledEntries(state: RoomState): readonly string[] {
  return state.outbox.filter((entry) => isSettled(state, entry)).map(({ id }) => id);
}

function isSettled(state: RoomState, entry: OutboxEntry): boolean {
  const mine = state.sets.get(state.me);
  switch (entry.kind) {
    case "set":
      return mine?.has(entry.set.id) === true;
    case "set_removal":
      return mine?.get(entry.setId)?.removedAt !== undefined;
    case "set_change": {
      const set = mine?.get(entry.setId);
      return set !== undefined && isSettledChange(entry, set);
    }
    case "message":
    case "reaction":
      return state.mySent.has(entry.id);
  }
}
