import { LiveWorkoutError } from "../errors.ts";
import type { LoggedSets } from "../types.ts";
import type { OutboxEntry } from "./types.ts";

interface Reason {
  readonly code: string;
  readonly detail: string;
}

/** What an attempt came to, for one entry. */
export type Outcome =
  | { readonly kind: "delivered" }
  /** No further attempt can change it. */
  | { readonly kind: "refused"; readonly reason: Reason }
  /** Another attempt may succeed; `afterMs` if the server said when. */
  | { readonly kind: "later"; readonly reason: Reason; readonly afterMs?: number }
  /** Nothing succeeds before somebody signs in. */
  | { readonly kind: "signed_out"; readonly reason: Reason };

/** So often a set may meet the moment in which the person comes or goes. */
const CROSSINGS = 3;

/** What an error means for the entries it was the answer to. */
export function outcomeOfError(error: unknown): Outcome {
  if (!(error instanceof LiveWorkoutError)) {
    // A fault on this side. What was made is kept: it may be mended by then.
    const detail = "Sending failed on this device.";
    return { kind: "later", reason: { code: "unexpected_answer", detail } };
  }
  const reason = { code: error.code, detail: error.detail };
  if (error.code === "unauthenticated") return { kind: "signed_out", reason };
  if (!error.isRetryable) return { kind: "refused", reason };
  return later(reason, error.retryAfterMs);
}

/** What became of each set of a call, in the order of the entries. */
export function outcomesOfSets(entries: readonly OutboxEntry[], answer: LoggedSets): Outcome[] {
  const verdicts = new Map(answer.results.map((verdict) => [verdict.id.toLowerCase(), verdict]));
  return entries.map((entry, index) => {
    // By its place if the server writes the id differently.
    const verdict = verdicts.get(entry.id) ??
      (answer.results.length === entries.length ? answer.results[index] : undefined);
    if (verdict === undefined) {
      const detail = "The server did not say what became of this set.";
      return later({ code: "unexpected_answer", detail });
    }
    const { outcome, detail = "", retryAfterSeconds } = verdict;
    const reason = { code: outcome, detail };
    switch (outcome) {
      case "stored":
      case "duplicate":
        return { kind: "delivered" };
      case "unauthenticated":
        return { kind: "signed_out", reason };
      case "rate_limited":
        return later(reason, 1000 * (retryAfterSeconds ?? 1));
      case "permission_denied":
        return entry.attempts < CROSSINGS ? later(reason) : { kind: "refused", reason };
      default:
        return { kind: "refused", reason };
    }
  });
}

/** What it means that a set that was to be changed or removed is not there. */
export function outcomeOfMissing(entry: OutboxEntry): Outcome {
  // To be gone is all that was asked for; an attempt whose answer got lost may have done it.
  if (entry.kind === "set_removal") return { kind: "delivered" };
  return {
    kind: "refused",
    reason: { code: "not_found", detail: "This set is not there any more." },
  };
}

function later(reason: Reason, afterMs?: number): Outcome {
  return { kind: "later", reason, ...(afterMs === undefined ? {} : { afterMs }) };
}
