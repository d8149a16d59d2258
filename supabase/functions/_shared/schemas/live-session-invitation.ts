import { z } from "@hono/zod-openapi";
import { Constants } from "../database.types.ts";
import { Timestamp, Uuid } from "./ids.ts";
import { SessionMode } from "./live-session.ts";

/** Where an invitation stands. */
export const InvitationStatus = z.enum(Constants.public.Enums.live_session_invitation_status);

/**
 * What came of inviting somebody. `not_invitable` is not a friend, blocked, unknown: which of them,
 * nobody learns.
 */
export const InvitationOutcome = z.enum([
  "invited",
  "already_invited",
  "already_in_session",
  "not_invitable",
]);

/** An invitation as the two whom it concerns see it; `hostId` is who sent it. */
export const LiveSessionInvitation = z.object({
  id: Uuid,
  sessionId: Uuid,
  sessionName: z.string().optional(),
  hostId: Uuid,
  hostDisplayName: z.string(),
  hostAvatarUrl: z.string().optional(),
  recipientId: Uuid,
  mode: SessionMode,
  status: InvitationStatus,
  createdAt: Timestamp,
  expiresAt: Timestamp,
}).openapi("LiveSessionInvitation");

/** An invitation as the two whom it concerns see it. */
export type LiveSessionInvitation = z.infer<typeof LiveSessionInvitation>;
