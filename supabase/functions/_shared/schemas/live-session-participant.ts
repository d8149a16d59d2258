import { z } from "@hono/zod-openapi";
import { Constants } from "../database.types.ts";
import { Timestamp, Uuid } from "./ids.ts";

/** What somebody in a session is doing. */
export const ParticipantStatus = z.enum(Constants.public.Enums.live_session_participant_status);

/** Somebody who is or was in a session (`leftAt` tells), with their figures. */
export const LiveSessionParticipant = z.object({
  userId: Uuid,
  displayName: z.string(),
  avatarUrl: z.string().optional(),
  status: ParticipantStatus,
  joinedAt: Timestamp,
  leftAt: Timestamp.optional(),
  lastActiveAt: Timestamp,
  currentExerciseId: z.string().optional(),
  setsCompleted: z.int(),
  totalVolumeKg: z.number(),
  prCount: z.int(),
  isLeader: z.boolean(),
  readyForNext: z.boolean(),
}).openapi("LiveSessionParticipant");

/** Somebody who is or was in a session, with their figures. */
export type LiveSessionParticipant = z.infer<typeof LiveSessionParticipant>;
