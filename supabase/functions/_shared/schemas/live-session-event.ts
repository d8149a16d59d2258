import { z } from "@hono/zod-openapi";
import { Constants } from "../database.types.ts";
import { Timestamp, Uuid } from "./ids.ts";
import { SessionVisibility } from "./live-session.ts";
import { ParticipantStatus } from "./live-session-participant.ts";
import { PlannedExercise } from "./planned-exercise.ts";
import { Quorum, ReadyCheckPolicy } from "./ready-check.ts";

/** The emotes of reactions. */
export const Emote = z.enum(Constants.public.Enums.live_session_emote);

/** Warm-up sets count for volume, working sets for records as well. */
export const SetType = z.enum(Constants.public.Enums.live_session_set_type);

const common = {
  id: Uuid,
  seq: z.int().min(1),
  sessionId: Uuid,
  userId: Uuid,
  timestamp: Timestamp,
};

/**
 * One kind of event. Its data may hold more than is described: the same event reaches clients over
 * Realtime straight from the database, and both ways have to tell the same.
 */
function event<Type extends string, Shape extends z.ZodRawShape>(type: Type, data: Shape) {
  return eventWith(type, z.looseObject(data));
}

/** One kind of event whose data has more than one shape. */
function eventWith<Type extends string, Data extends z.ZodType>(type: Type, data: Data) {
  return z.object({ ...common, type: z.literal(type), data }).openapi(schemaName(type));
}

/** An event whose data, if there is any, nobody needs in order to follow the session. */
function plainEvent<Type extends string>(type: Type) {
  return eventWith(type, z.looseObject({}).optional());
}

/** What a kind of event is called in the documentation: SetCompletedEvent. */
function schemaName(type: string): string {
  const words = type.split("_").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join("")}Event`;
}

const person = { displayName: z.string(), avatarUrl: z.string().optional() };

const setName = { setId: Uuid, exerciseId: z.string(), exerciseName: z.string() };

const set = {
  ...setName,
  setType: SetType,
  weightKg: z.number(),
  reps: z.int(),
  e1rmKg: z.number().optional(),
  isPR: z.boolean().optional(),
  intensityScore: z.number().optional(),
};

const readyCheck = z.discriminatedUnion("state", [
  z.looseObject({
    state: z.literal("waiting"),
    policy: ReadyCheckPolicy,
    quorum: Quorum.optional(),
    deadline: Timestamp,
    ready: z.array(Uuid),
    waitingFor: z.array(Uuid),
  }),
  z.looseObject({
    state: z.literal("open"),
    reason: z.enum(["ready", "deadline"]),
    late: z.array(z.looseObject({ userId: Uuid, displayName: z.string() })),
  }),
]);

/** Something that happened in a session; `seq` counts from 1 without a gap. */
export const LiveSessionEvent = z.discriminatedUnion("type", [
  plainEvent("session_created"),
  eventWith("session_started", z.looseObject({ startedAt: Timestamp.optional() }).optional()),
  eventWith("session_ended", z.looseObject({ endedAt: Timestamp.optional() }).optional()),
  event("session_updated", {
    name: z.string().nullable().optional(),
    theme: z.string().nullable().optional(),
    visibility: SessionVisibility.optional(),
    maxParticipants: z.int().optional(),
  }),
  event("session_paused", { pausedAt: Timestamp }),
  event("session_resumed", { restEndsAt: Timestamp.optional() }),
  event("host_changed", { hostId: Uuid, displayName: z.string(), previousHostId: Uuid }),
  event("leader_changed", { leaderId: Uuid, displayName: z.string(), previousLeaderId: Uuid }),
  event("user_joined", { ...person, joinedAt: Timestamp.optional() }),
  event("user_left", {
    ...person,
    leftAt: Timestamp.optional(),
    removed: z.boolean().optional(),
    timedOut: z.boolean().optional(),
  }),
  event("set_completed", set),
  event("set_updated", set),
  event("set_removed", setName),
  event("pr_revoked", setName),
  event("exercise_changed", {
    exerciseId: z.string(),
    exerciseName: z.string(),
    targetSets: z.int().optional(),
    targetRepsMin: z.int().optional(),
    targetRepsMax: z.int().optional(),
  }),
  event("plan_changed", { plannedExercises: z.array(PlannedExercise) }),
  event("ready_status_changed", { isReady: z.boolean() }),
  eventWith("ready_check", readyCheck),
  event("rest_started", { restEndsAt: Timestamp, extended: z.boolean().optional() }),
  event("rest_ended", { skipped: z.boolean().optional(), version: z.int().optional() }),
  event("status_update", {
    status: ParticipantStatus,
    currentExerciseId: z.string().optional(),
  }),
  event("reaction", {
    reactionId: Uuid.optional(),
    targetUserId: Uuid,
    emote: Emote,
    targetSetId: Uuid.optional(),
  }),
  event("message", { messageId: Uuid.optional(), message: z.string() }),
]).openapi("LiveSessionEvent");

/** Something that happened in a session. */
export type LiveSessionEvent = z.infer<typeof LiveSessionEvent>;
