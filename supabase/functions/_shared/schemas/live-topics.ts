import { z } from "@hono/zod-openapi";
import { Uuid } from "./ids.ts";

/**
 * A private channel of Realtime. Topics move when somebody is shut out of one: its last message
 * then is `channel_moved`.
 */
export const Topic = z.string();

/** Where a person hears of what concerns them, and of their friends' training: `live_topics`. */
export const LiveTopics = z.object({
  user: Topic,
  presence: z.array(z.object({ userId: Uuid, topic: Topic })),
}).openapi("LiveTopics");
