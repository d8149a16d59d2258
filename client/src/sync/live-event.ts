import type { LiveSessionEvent } from "../types.ts";

/**
 * A broadcast as the event that it is, or null if it is none of this session. The database alone
 * writes them; beyond what the log needs they are taken as they are, like those in answers.
 */
export function liveEventOf(payload: unknown, sessionId: string): LiveSessionEvent | null {
  if (typeof payload !== "object" || payload === null) return null;
  const event = payload as Partial<LiveSessionEvent>;
  const isEvent = typeof event.seq === "number" && Number.isSafeInteger(event.seq) &&
    event.seq > 0 && typeof event.type === "string" && typeof event.id === "string" &&
    event.sessionId === sessionId;
  return isEvent ? event as LiveSessionEvent : null;
}
