import type { LiveSession, LiveSessionEvent, LiveSessionParticipant } from "../types.ts";

// What tests of the store are made of. Ids are words, so that failures can be read.

export const START = 1_795_420_800_000;

/** A guided session of Alice's that is under way, and nothing has happened in it. */
export function session(changes: Partial<LiveSession> = {}): LiveSession {
  return {
    id: "session",
    hostId: "alice",
    mode: "guided",
    status: "active",
    visibility: "friends",
    maxParticipants: 10,
    participantCount: 2,
    totalSetsCompleted: 0,
    createdAt: START,
    startedAt: START,
    plannedExercises: [],
    version: 0,
    lastEventSeq: 0,
    ...changes,
  };
}

/** Somebody who has been in it from the start. */
export function participant(
  userId: string,
  changes: Partial<LiveSessionParticipant> = {},
): LiveSessionParticipant {
  return {
    userId,
    displayName: userId,
    status: "idle",
    joinedAt: START,
    lastActiveAt: START,
    setsCompleted: 0,
    totalVolumeKg: 0,
    prCount: 0,
    isLeader: userId === "alice",
    readyForNext: false,
    ...changes,
  };
}

/** An event; its time follows from its number. */
export function event<Type extends LiveSessionEvent["type"]>(
  seq: number,
  userId: string,
  type: Type,
  data: Extract<LiveSessionEvent, { type: Type }>["data"],
): LiveSessionEvent {
  const head = { id: `event ${seq}`, seq, sessionId: "session", userId };
  return { ...head, type, timestamp: START + seq * 1000, data } as LiveSessionEvent;
}

/** Somebody logs a set. */
export function set(seq: number, userId: string, setId: string, weightKg = 100): LiveSessionEvent {
  return event(seq, userId, "set_completed", {
    setId,
    exerciseId: "squat",
    exerciseName: "Squat",
    setType: "working",
    weightKg,
    reps: 5,
  });
}

/** Somebody says something. */
export function message(seq: number, userId: string, messageId: string): LiveSessionEvent {
  return event(seq, userId, "message", { message: `message ${seq}`, messageId });
}

/** A snapshot of a session with Alice and Bob in it. */
export function snapshot(
  lastSeq: number,
  changes: Partial<LiveSession> = {},
  participants = [participant("alice"), participant("bob")],
  recentEvents: LiveSessionEvent[] = [],
) {
  return {
    session: session({ ...changes, lastEventSeq: lastSeq }),
    participants,
    recentEvents,
    lastSeq,
    serverNow: START,
  };
}
