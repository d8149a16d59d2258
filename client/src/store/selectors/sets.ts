import type { OutboxEntry, OutboxEntryOf } from "../../outbox/types.ts";
import type { SetChange } from "../../types.ts";
import type { LoggedSet, SetLog, SetsOfPerson } from "../sets.ts";
import type { RoomState } from "../state.ts";
import { memoize } from "./memo.ts";

/** Whether something made here has reached the server. */
export type Delivery = "pending" | "delivered" | "refused";

/** A set of one's own, with what was done to it here and is not in the log yet. */
export interface MySet extends LoggedSet {
  /** Delivered: as the log says. Pending or refused: what was made or changed here last is. */
  readonly delivery: Delivery;
  /** The entry of the outbox that is behind it, and why it was refused. */
  readonly entryId?: string;
  readonly error?: OutboxEntry["error"];
}

/** How an entry of the outbox stands, for a person to see. */
export function deliveryOf(entry: OutboxEntry): Delivery {
  if (entry.state === "refused" || entry.state === "delivered") return entry.state;
  return "pending";
}

/** A set of anybody, as the log says, unless it was removed. */
export function selectSet(state: RoomState, userId: string, setId: string): LoggedSet | undefined {
  const set = state.sets.get(userId)?.get(setId);
  return set?.removedAt === undefined ? set : undefined;
}

/** Somebody's sets as the log says, without those that were removed, in the order of the log. */
export function selectSetsOf(state: RoomState, userId: string): readonly LoggedSet[] {
  const sets = state.sets.get(userId);
  return sets === undefined ? NONE : standing(sets);
}

const NONE: readonly never[] = [];
const standing = memoize((sets: SetsOfPerson): readonly LoggedSet[] =>
  [...sets.values()].filter(({ removedAt }) => removedAt === undefined)
);

/** One's own sets: those in the log, and at once those made, changed and removed here. */
export function selectMySets(state: RoomState): readonly MySet[] {
  return listed(selectMySetsById(state));
}

const listed = memoize((sets: ReadonlyMap<string, MySet>): readonly MySet[] => [...sets.values()]);

/** The same, by id. */
export function selectMySetsById(state: RoomState): ReadonlyMap<string, MySet> {
  return mySets(state.sets, state.outbox, state.me);
}

const mySets = memoize(
  (log: SetLog, outbox: readonly OutboxEntry[], me: string): ReadonlyMap<string, MySet> => {
    const sets = new Map<string, MySet>();
    for (const set of log.get(me)?.values() ?? []) {
      if (set.removedAt === undefined) sets.set(set.setId, asDelivered(set));
    }
    for (const entry of outbox) overlay(sets, log.get(me), entry, me);
    return sets;
  },
);

/** Always the same object for the same set, so that screens draw again only what has changed. */
const asDelivered = memoize((set: LoggedSet): MySet => ({ ...set, delivery: "delivered" }));

function overlay(
  sets: Map<string, MySet>,
  logged: SetsOfPerson | undefined,
  entry: OutboxEntry,
  me: string,
): void {
  const how = {
    delivery: deliveryOf(entry),
    entryId: entry.id,
    ...(entry.error === undefined ? {} : { error: entry.error }),
  };
  if (entry.kind === "set") {
    // Once it is in the log, and be it removed there, the log is right.
    if (!logged?.has(entry.set.id)) sets.set(entry.set.id, { ...fromEntry(entry, me), ...how });
    return;
  }
  if (entry.kind !== "set_change" && entry.kind !== "set_removal") return;
  const set = sets.get(entry.setId);
  if (set === undefined) return;
  if (entry.state === "refused") {
    sets.set(entry.setId, { ...set, ...how });
  } else if (entry.kind === "set_removal") {
    sets.delete(entry.setId);
  } else if (!isSettledChange(entry, set)) {
    sets.set(entry.setId, { ...set, ...shown(entry.change), ...how });
  }
}

/** What is known of a set before the server has judged it: no record and no estimate. */
export function fromEntry(entry: OutboxEntryOf<"set">, me: string): LoggedSet {
  const { id, timestampMs: _, setType, intensityScore, ...rest } = entry.set;
  return {
    ...rest,
    setId: id,
    userId: me,
    setType: setType ?? "working",
    ...(intensityScore === undefined ? {} : { intensityScore }),
    isPR: false,
    // After everything that the log has.
    seq: Number.MAX_SAFE_INTEGER,
    loggedAt: entry.madeAt,
  };
}

/** The log says nothing of the time at which a set was done. */
function shown({ timestampMs: _, ...change }: SetChange) {
  return change;
}

/** Whether the log tells already what a change that has arrived came to. */
export function isSettledChange(entry: OutboxEntryOf<"set_change">, set: LoggedSet): boolean {
  if (entry.state !== "delivered") return false;
  if (set.amendedAt !== undefined && set.amendedAt > entry.madeAt) return true;
  return Object.entries(shown(entry.change)).every(([member, value]) =>
    set[member as keyof LoggedSet] === value
  );
}
