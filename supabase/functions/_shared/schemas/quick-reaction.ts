import { z } from "@hono/zod-openapi";
import { Timestamp, Uuid } from "./ids.ts";
import { Emote } from "./live-session-event.ts";

/** A cheer from a friend who watches from afar: what the message `quick_reaction` carries. */
export const QuickReaction = z.object({
  id: Uuid,
  fromUserId: Uuid,
  fromDisplayName: z.string(),
  fromAvatarUrl: z.string().optional(),
  toUserId: Uuid,
  emote: Emote,
  setId: Uuid.optional(),
  createdAt: Timestamp,
}).openapi("QuickReaction");
