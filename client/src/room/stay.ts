import type { RoomState } from "../store/state.ts";
import type { EventOf, LiveSessionEvent } from "../types.ts";

/**
 * Whether somebody is in a session: `in`, or gone because nothing was heard of them for long
 * (`timed_out`), or gone for any other reason (`away`). Not `known` before the log tells which.
 */
export type Stay = "unknown" | "in" | "timed_out" | "away" | "ended";

/** How the person's stay in a session stands, given the last time they left as far as it is known. */
export function stayOf(state: RoomState, departure: EventOf<"user_left"> | null): Stay {
  const { session, participants, me } = state;
  if (session === null) return "unknown";
  if (session.status === "ended") return "ended";
  const own = participants.find(({ userId }) => userId === me);
  if (own !== undefined && own.leftAt === undefined) return "in";
  // The departure that is known may be one from before the present stay.
  if (own !== undefined && (departure === null || departure.timestamp < own.joinedAt)) {
    return isLogBehind(state) ? "unknown" : "away";
  }
  return departure?.data.timedOut === true ? "timed_out" : "away";
}

/** Whether something has happened that the log does not have yet. */
export function isLogBehind({ events, presentSeq }: RoomState): boolean {
  return (events.at(-1)?.seq ?? 0) < presentSeq;
}

/** The last time that a person left, in some events or before them. */
export function lastDeparture(
  before: EventOf<"user_left"> | null,
  events: readonly LiveSessionEvent[],
  userId: string,
): EventOf<"user_left"> | null {
  let last = before;
  for (const event of events) {
    if (event.type !== "user_left" || event.userId !== userId) continue;
    if (last === null || event.seq > last.seq) last = event;
  }
  return last;
}
