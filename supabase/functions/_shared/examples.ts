import type { LiveSession } from "./schemas/live-session.ts";
import type { LiveSessionEvent } from "./schemas/live-session-event.ts";
import type { LiveSessionInvitation } from "./schemas/live-session-invitation.ts";
import type { LiveSessionParticipant } from "./schemas/live-session-participant.ts";
import type { LiveSessionSummary } from "./schemas/live-session-summary.ts";

// What the documentation shows, and what tests put where the database would answer: Alice leads Bob
// through leg day.

export const SESSION_ID = "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01";
export const HOST_ID = "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02";
export const GUEST_ID = "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a03";
export const INVITATION_ID = "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a06";
export const LINK_ID = "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a07";
export const NOW = 1795420800000;

const DAY_MS = 24 * 60 * 60 * 1000;

/** What a group does, one exercise after the other. */
export const plan = [
  { exerciseId: "squat", targetSets: 5, targetRepsMin: 3, targetRepsMax: 5 },
  { exerciseId: "lunge", targetSets: 3 },
];

/** A session with every member set. */
export const session: LiveSession = {
  id: SESSION_ID,
  hostId: HOST_ID,
  mode: "guided",
  status: "active",
  name: "Leg day",
  theme: "strength",
  visibility: "friends",
  maxParticipants: 10,
  participantCount: 2,
  totalSetsCompleted: 3,
  createdAt: NOW - 60_000,
  startedAt: NOW - 30_000,
  pausedAt: NOW - 1_000,
  restEndsAt: NOW + 30_000,
  currentExerciseId: "squat",
  plannedExercises: plan,
  version: 4,
  lastEventSeq: 9,
};

/** A participant with only the members that are always there. */
export const participant: LiveSessionParticipant = {
  userId: HOST_ID,
  displayName: "Alice",
  status: "working_out",
  joinedAt: NOW - 60_000,
  lastActiveAt: NOW,
  setsCompleted: 3,
  totalVolumeKg: 1237.5,
  prCount: 1,
  isLeader: true,
  readyForNext: false,
};

/** An event with data. */
export const event: LiveSessionEvent = {
  id: "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a04",
  seq: 9,
  sessionId: SESSION_ID,
  userId: HOST_ID,
  type: "set_completed",
  timestamp: NOW,
  data: {
    setId: "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a05",
    exerciseId: "squat",
    exerciseName: "Squat",
    setType: "working",
    weightKg: 102.5,
    reps: 5,
    e1rmKg: 119.58,
    isPR: true,
  },
};

/** A recap. */
export const summary: LiveSessionSummary = {
  session,
  participantCount: 2,
  totalSets: 3,
  totalVolumeKg: 1237.5,
  durationMs: 30_000,
  activeMs: 29_000,
  participants: [participant],
};

/** An invitation with every member set. */
export const invitation: LiveSessionInvitation = {
  id: INVITATION_ID,
  sessionId: SESSION_ID,
  sessionName: "Leg day",
  hostId: HOST_ID,
  hostDisplayName: "Alice",
  hostAvatarUrl: "https://example.com/alice.png",
  recipientId: GUEST_ID,
  mode: "guided",
  status: "pending",
  createdAt: NOW,
  expiresAt: NOW + DAY_MS,
};

/** Answer of the calls that change a session as a whole. */
export const sessionAnswer = { session, serverNow: NOW };

/** Answer of the calls that change the caller's own part in a session. */
export const participantAnswer = { session, participant, serverNow: NOW };
