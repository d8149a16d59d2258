import type { OutboxEntry } from "./types.ts";

/** What to do next in a session. */
export type Plan =
  | { readonly kind: "nothing" }
  /** Nothing before this moment (epoch milliseconds). */
  | { readonly kind: "wait"; readonly until: number }
  /** Several only if all are sets. */
  | { readonly kind: "send"; readonly entries: readonly OutboxEntry[] };

/** How many sets the server takes in one call. */
export const SETS_IN_A_CALL = 200;

/** No wait is longer, whatever a clock that was wrong has written down. */
const LONGEST_WAIT_MS = 5 * 60_000;

/** Whether an entry has still to reach the server. */
export function isPending({ state }: OutboxEntry): boolean {
  return state === "waiting" || state === "sending";
}

/**
 * What to send next of the entries of one session, given in order: strictly the first one that is
 * pending, and with a set the sets that follow it, `limit` at most.
 */
export function planNext(entries: readonly OutboxEntry[], now: number, limit: number): Plan {
  const pending = entries.filter(isPending);
  const [first] = pending;
  if (first === undefined) return { kind: "nothing" };
  if ((first.retryAt ?? 0) > now) {
    const until = Math.min(first.retryAt ?? 0, now + LONGEST_WAIT_MS);
    return { kind: "wait", until };
  }
  if (first.kind !== "set") return { kind: "send", entries: [first] };
  const end = pending.findIndex(({ kind, retryAt = 0 }) => kind !== "set" || retryAt > now);
  const sets = end === -1 ? pending : pending.slice(0, end);
  return { kind: "send", entries: sets.slice(0, limit) };
}
