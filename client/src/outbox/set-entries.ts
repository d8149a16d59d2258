import type { Ledger } from "./ledger.ts";
import type { OutboxEntryOf } from "./types.ts";

/** The entry that logs this set, if there is one. */
export function setIn(ledger: Ledger, setId: string): OutboxEntryOf<"set"> | null {
  const entry = ledger.get(setId);
  return entry?.kind === "set" ? entry : null;
}

/** The entries that change this set, in order. */
export function changesOf(ledger: Ledger, setId: string): OutboxEntryOf<"set_change">[] {
  return ledger.entries().filter((entry): entry is OutboxEntryOf<"set_change"> =>
    entry.kind === "set_change" && entry.setId === setId
  );
}
