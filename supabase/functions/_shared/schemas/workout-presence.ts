import { z } from "@hono/zod-openapi";
import { Timestamp, Uuid } from "./ids.ts";
import { ParticipantStatus } from "./live-session-participant.ts";

/** Who is training, and at what: what `friends_presence` lists and `presence_update` carries. */
export const WorkoutPresence = z.object({
  userId: Uuid,
  displayName: z.string(),
  avatarUrl: z.string().optional(),
  isInLiveSession: z.boolean(),
  liveSessionId: Uuid.optional(),
  currentExerciseId: z.string().optional(),
  currentExerciseName: z.string().optional(),
  workoutStartedAt: Timestamp,
  lastSetCompletedAt: Timestamp.optional(),
  status: ParticipantStatus,
}).openapi("WorkoutPresence");

/** To whom somebody shows that they train: what `get_presence_settings` answers. */
export const PresenceSettings = z.object({
  visible: z.boolean(),
  hiddenFrom: z.array(Uuid),
}).openapi("PresenceSettings");
