import { createRoute, z } from "@hono/zod-openapi";
import { event, NOW } from "../../_shared/examples.ts";
import { COMMON_CODES, defineRoute, forSignedIn, json, problems } from "../../_shared/routes.ts";
import { callRpc } from "../../_shared/rpc.ts";
import { SessionPath, Timestamp } from "../../_shared/schemas/ids.ts";
import { LiveSessionEvent } from "../../_shared/schemas/live-session-event.ts";
import { Topic } from "../../_shared/schemas/live-topics.ts";
import { queryInteger } from "../../_shared/schemas/paging.ts";

/** From where on, and how many. */
export const EventsQuery = z.strictObject({
  after: queryInteger(0, Number.MAX_SAFE_INTEGER).optional().openapi({ default: 0 }),
  limit: queryInteger(1, 500).optional().openapi({ default: 100 }),
});

/** Events in order; with `hasMore` the next call goes on after `lastSeq`. */
export const EventsAnswer = z.object({
  events: z.array(LiveSessionEvent),
  lastSeq: z.int(),
  hasMore: z.boolean(),
  topic: Topic.optional(),
  serverNow: Timestamp,
}).openapi("EventPage");

/** `GET /sessions/:id/events`: catch up after a gap. */
export const readEvents = defineRoute({
  route: createRoute({
    method: "get",
    path: "/{id}/events",
    operationId: "readEvents",
    summary: "Catch up with what happened",
    description: "The events with a seq above `after`, in order, for people who are or were in it.",
    tags: ["sessions"],
    ...forSignedIn,
    request: { params: SessionPath, query: EventsQuery },
    responses: {
      200: json(EventsAnswer, "The events.", {
        events: [event],
        lastSeq: event.seq,
        hasMore: false,
        topic: `live_session:${event.sessionId}`,
        serverNow: NOW,
      }),
      ...problems(...COMMON_CODES, "not_participant", "session_not_found"),
    },
  }),
  handler: async (c) => {
    const { id } = c.req.valid("param");
    const { after, limit } = c.req.valid("query");
    const answer = await callRpc(c, "get_live_session_events", {
      session_id_param: id,
      after_param: after,
      limit_param: limit,
    }, EventsAnswer);
    return c.json(answer, 200);
  },
});
