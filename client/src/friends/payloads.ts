import { isRecord } from "../calls/failures.ts";
import type { LiveSessionInvitation, QuickReaction, WorkoutPresence } from "../types.ts";

// What comes over a channel, looked at where it comes in. Only the members that are relied on here
// are asked for: the database writes these, and nobody else can.

/** A broadcast as a presence, or null. */
export function presenceOf(payload: unknown): WorkoutPresence | null {
  return isRecord(payload) && typeof payload.userId === "string" &&
      typeof payload.status === "string" && typeof payload.workoutStartedAt === "number"
    ? payload as unknown as WorkoutPresence
    : null;
}

/** A broadcast as an invitation, or null. */
export function invitationOf(payload: unknown): LiveSessionInvitation | null {
  return isRecord(payload) && typeof payload.id === "string" &&
      typeof payload.recipientId === "string" && typeof payload.status === "string" &&
      typeof payload.createdAt === "number" && typeof payload.expiresAt === "number"
    ? payload as unknown as LiveSessionInvitation
    : null;
}

/** A broadcast as a quick reaction, or null. */
export function quickReactionOf(payload: unknown): QuickReaction | null {
  return isRecord(payload) && typeof payload.id === "string" &&
      typeof payload.fromUserId === "string" && typeof payload.emote === "string"
    ? payload as unknown as QuickReaction
    : null;
}
