import type { Ledger } from "./ledger.ts";
import type { Outcome } from "./outcomes.ts";
import { changesOf, setIn } from "./set-entries.ts";
import type { OutboxEntry, OutboxEntryOf } from "./types.ts";

/**
 * Writes down what an attempt came to for an entry. A wait of which the server did not say how long
 * it is takes `backoff` ms.
 */
export function settleEntry(
  { ledger, now }: { readonly ledger: Ledger; readonly now: () => number },
  sent: OutboxEntry,
  outcome: Outcome | { readonly kind: "ask_again" },
  backoff: number,
): void {
  const { retryAt: _retryAt, error: _error, ...entry } = sent;
  switch (outcome.kind) {
    case "delivered":
      ledger.put({ ...entry, state: "delivered" }, now());
      if (entry.kind === "set_removal") forgetRefused(ledger, entry, now());
      return;
    case "refused":
      ledger.put({ ...entry, state: "refused", error: outcome.reason });
      if (entry.kind === "set") applyChanges(ledger, entry, now());
      return;
    case "later": {
      const retryAt = now() + (outcome.afterMs ?? backoff);
      return ledger.put({ ...entry, state: "waiting", retryAt, error: outcome.reason });
    }
    case "signed_out":
      return ledger.put({ ...entry, state: "waiting", error: outcome.reason });
    case "ask_again":
      return ledger.put({ ...entry, state: "waiting" });
  }
}

/** What was changed of a set while it was being refused: there is nothing to change on the server,
 * and the set that was meant has not been sent yet. */
function applyChanges(ledger: Ledger, refused: OutboxEntryOf<"set">, now: number): void {
  const changes = changesOf(ledger, refused.id).filter(({ state }) => state === "waiting");
  if (changes.length === 0) return;
  const set = Object.assign({}, refused.set, ...changes.map(({ change }) => change));
  ledger.put({ ...refused, state: "waiting", set });
  for (const { id } of changes) ledger.remove(id, now);
}

/** What was refused of a set that is not wanted any more needs nobody's attention. */
function forgetRefused(ledger: Ledger, { setId }: { setId: string }, now: number): void {
  for (const entry of [setIn(ledger, setId), ...changesOf(ledger, setId)]) {
    if (entry?.state === "refused") ledger.remove(entry.id, now);
  }
}
