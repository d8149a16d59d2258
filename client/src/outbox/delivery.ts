import { LiveWorkoutError } from "../errors.ts";
import type { QueuedSet } from "../types.ts";
import { type Outcome, outcomeOfError, outcomeOfMissing, outcomesOfSets } from "./outcomes.ts";
import type { OutboxDelivery, OutboxEntry, OutboxTimers } from "./types.ts";

/** What a call came to: for each of its entries, and what went wrong if it failed as a whole. */
export interface Delivered {
  readonly outcomes: readonly Outcome[];
  readonly failure: Outcome | null;
}

/**
 * Makes the one call that delivers these entries: several only if all are sets. Does not fail.
 */
export async function deliverEntries(
  deliver: OutboxDelivery,
  sessionId: string,
  entries: readonly OutboxEntry[],
  limits: { readonly timeoutMs: number; readonly timers: OutboxTimers },
): Promise<Delivered> {
  try {
    const call = makeCall(deliver, sessionId, entries);
    return { outcomes: await inTime(call, limits.timeoutMs, limits.timers), failure: null };
  } catch (error) {
    const [first] = entries;
    if (first !== undefined && isMissing(error, first)) {
      return { outcomes: [outcomeOfMissing(first)], failure: null };
    }
    const failure = outcomeOfError(error);
    return { outcomes: entries.map(() => failure), failure };
  }
}

async function makeCall(
  deliver: OutboxDelivery,
  sessionId: string,
  entries: readonly OutboxEntry[],
): Promise<Outcome[]> {
  const sets = setsOf(entries);
  if (sets.length > 0) {
    return outcomesOfSets(entries, await deliver.sets.logAll(sessionId, sets));
  }
  const outcomes: Outcome[] = [];
  for (const entry of entries) {
    await makeSingleCall(deliver, sessionId, entry);
    outcomes.push({ kind: "delivered" });
  }
  return outcomes;
}

function makeSingleCall(
  deliver: OutboxDelivery,
  sessionId: string,
  entry: OutboxEntry,
): Promise<unknown> {
  switch (entry.kind) {
    case "set_change":
      return deliver.sets.amend(entry.setId, entry.change);
    case "set_removal":
      return deliver.sets.remove(entry.setId);
    case "reaction":
      return deliver.talk.react(sessionId, entry.reaction, { id: entry.id });
    case "message":
      return deliver.talk.say(sessionId, entry.message, { id: entry.id });
    case "set":
      throw new Error("Sets are delivered together.");
  }
}

function setsOf(entries: readonly OutboxEntry[]): QueuedSet[] {
  return entries.flatMap((entry) => entry.kind === "set" ? [entry.set] : []);
}

function isMissing(error: unknown, { kind }: OutboxEntry): boolean {
  return (kind === "set_change" || kind === "set_removal") &&
    error instanceof LiveWorkoutError && error.code === "not_found";
}

/** A call that nobody answers must not hold up the others for ever. */
async function inTime<Answer>(
  call: Promise<Answer>,
  timeoutMs: number,
  timers: OutboxTimers,
): Promise<Answer> {
  let timer: unknown;
  const late = new Promise<never>((_, reject) => {
    timer = timers.set(() => {
      const detail = `There was no answer within ${timeoutMs / 1000} s.`;
      reject(new LiveWorkoutError({ code: "network_error", detail, status: 0 }));
    }, timeoutMs);
  });
  try {
    return await Promise.race([call, late]);
  } finally {
    timers.clear(timer);
  }
}
