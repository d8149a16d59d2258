import type { OutboxEntry, OutboxEntryOf } from "../../outbox/types.ts";
import type { LiveSessionEvent } from "../../types.ts";
import { indexOfSeq } from "../apply.ts";
import type { LoggedSet, SetLog } from "../sets.ts";
import type { RoomState } from "../state.ts";
import { memoize } from "./memo.ts";
import { type Delivery, deliveryOf, type MySet, selectMySetsById } from "./sets.ts";

/** One line of the feed. The key stays the same when what was made here arrives in the log. */
export type FeedEntry =
  | {
    readonly key: string;
    readonly kind: "event";
    readonly event: LiveSessionEvent;
    /** Of a set: as it is now, not as it was logged. */
    readonly set?: LoggedSet | MySet;
  }
  | {
    readonly key: string;
    readonly kind: "own";
    readonly entry: OutboxEntryOf<"set" | "message" | "reaction">;
    readonly delivery: Delivery;
  };

/**
 * What nobody reads as a line of its own: it changes other lines, or the screen around them. Kinds
 * that this version does not know are no lines either.
 */
const LINES: ReadonlySet<string> = new Set<LiveSessionEvent["type"]>([
  "session_created",
  "session_started",
  "session_ended",
  "session_updated",
  "session_paused",
  "session_resumed",
  "host_changed",
  "leader_changed",
  "user_joined",
  "user_left",
  "set_completed",
  "exercise_changed",
  "plan_changed",
  "ready_check",
  "rest_started",
  "rest_ended",
  "reaction",
  "message",
]);

/**
 * What happened, in the order of the log, and behind it what was made here and has not arrived in
 * the log yet. Nothing stands there twice, and sets that were removed do not stand there.
 */
export function selectFeed(state: RoomState): readonly FeedEntry[] {
  return feed(
    state.events,
    state.sets,
    selectMySetsById(state),
    state.outbox,
    state.mySent,
    state.me,
  );
}

const feed = memoize((
  events: readonly LiveSessionEvent[],
  sets: SetLog,
  mySets: ReadonlyMap<string, MySet>,
  outbox: readonly OutboxEntry[],
  mySent: ReadonlySet<string>,
  me: string,
): readonly FeedEntry[] => {
  const entries: FeedEntry[] = [];
  for (const event of events) {
    if (!LINES.has(event.type)) continue;
    if (event.type !== "set_completed") {
      entries.push(line(event, undefined));
      continue;
    }
    const set = event.userId === me
      ? mySets.get(event.data.setId)
      : sets.get(event.userId)?.get(event.data.setId);
    if (set !== undefined && set.removedAt === undefined) entries.push(line(event, set));
  }
  for (const entry of outbox) {
    if (entry.kind === "set_change" || entry.kind === "set_removal") continue;
    const isInLog = entry.kind === "set"
      ? sets.get(me)?.has(entry.set.id) === true
      : mySent.has(entry.id);
    if (!isInLog) entries.push(ownLine(entry));
  }
  return entries;
});

/** Always the same object for the same thing, so that screens draw again only what has changed. */
const line = memoize((event: LiveSessionEvent, set: LoggedSet | MySet | undefined): FeedEntry => ({
  key: keyOf(event),
  kind: "event",
  event,
  ...(set === undefined ? {} : { set }),
}));

const ownLine = memoize((entry: OutboxEntryOf<"set" | "message" | "reaction">): FeedEntry => ({
  key: entry.id,
  kind: "own",
  entry,
  delivery: deliveryOf(entry),
}));

function keyOf(event: LiveSessionEvent): string {
  switch (event.type) {
    case "set_completed":
      return event.data.setId;
    case "message":
      return event.data.messageId ?? event.id;
    case "reaction":
      return event.data.reactionId ?? event.id;
    default:
      return event.id;
  }
}

/** How many messages of others, and reactions of theirs to oneself, have come since `markRead`. */
export function selectUnread(state: RoomState): number {
  return state.readUpToSeq === null ? 0 : unread(state.events, state.readUpToSeq, state.me);
}

const unread = memoize((events: readonly LiveSessionEvent[], readUpTo: number, me: string) =>
  events.slice(indexOfSeq(events, readUpTo + 1)).filter((event) =>
    event.userId !== me &&
    (event.type === "message" || (event.type === "reaction" && event.data.targetUserId === me))
  ).length
);
