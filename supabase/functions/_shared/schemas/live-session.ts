import { z } from "@hono/zod-openapi";
import { Constants } from "../database.types.ts";
import { Timestamp, Uuid } from "./ids.ts";
import { PlannedExercise } from "./planned-exercise.ts";

/** Everybody does their own workout, or one person leads. */
export const SessionMode = z.enum(Constants.public.Enums.live_session_mode);

/** Where a session stands. */
export const SessionStatus = z.enum(Constants.public.Enums.live_session_status);

/** Who may find a session and join it. */
export const SessionVisibility = z.enum(Constants.public.Enums.live_session_visibility);

/** A session as everybody who may see it sees it. */
export const LiveSession = z.object({
  id: Uuid,
  hostId: Uuid,
  mode: SessionMode,
  status: SessionStatus,
  name: z.string().optional(),
  theme: z.string().optional(),
  visibility: SessionVisibility,
  maxParticipants: z.int(),
  participantCount: z.int(),
  totalSetsCompleted: z.int(),
  createdAt: Timestamp,
  startedAt: Timestamp.optional(),
  endedAt: Timestamp.optional(),
  pausedAt: Timestamp.optional(),
  restEndsAt: Timestamp.optional(),
  currentExerciseId: z.string().optional(),
  plannedExercises: z.array(PlannedExercise),
  version: z.int(),
  lastEventSeq: z.int(),
}).openapi("LiveSession");

/** A session as everybody who may see it sees it. */
export type LiveSession = z.infer<typeof LiveSession>;
