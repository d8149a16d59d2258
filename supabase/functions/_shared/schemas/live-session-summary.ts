import { z } from "@hono/zod-openapi";
import { LiveSession } from "./live-session.ts";
import { LiveSessionParticipant } from "./live-session-participant.ts";

/** What a session came to; frozen when it ends. */
export const LiveSessionSummary = z.object({
  session: LiveSession,
  participantCount: z.int(),
  totalSets: z.int(),
  totalVolumeKg: z.number(),
  durationMs: z.int(),
  activeMs: z.int().openapi({ description: "The duration without the pauses" }),
  participants: z.array(LiveSessionParticipant),
}).openapi("LiveSessionSummary");

/** What a session came to. */
export type LiveSessionSummary = z.infer<typeof LiveSessionSummary>;
