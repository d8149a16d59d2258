import { createRoute, z } from "@hono/zod-openapi";
import { event, NOW, participant, session } from "../../_shared/examples.ts";
import {
  COMMON_CODES,
  defineRoute,
  forSignedIn,
  json,
  NoQuery,
  problems,
} from "../../_shared/routes.ts";
import { callRpc } from "../../_shared/rpc.ts";
import { SessionPath, Timestamp } from "../../_shared/schemas/ids.ts";
import { LiveSession } from "../../_shared/schemas/live-session.ts";
import { LiveSessionEvent } from "../../_shared/schemas/live-session-event.ts";
import { LiveSessionParticipant } from "../../_shared/schemas/live-session-participant.ts";
import { Topic } from "../../_shared/schemas/live-topics.ts";

/** All it takes to show a session; events after `lastSeq` are still to come. */
export const SnapshotAnswer = z.object({
  session: LiveSession,
  participants: z.array(LiveSessionParticipant),
  recentEvents: z.array(LiveSessionEvent),
  lastSeq: z.int(),
  topic: Topic.optional(),
  serverNow: Timestamp,
}).openapi("SessionSnapshot");

/** `GET /sessions/:id`: for joining late or coming back. */
export const readSnapshot = defineRoute({
  route: createRoute({
    method: "get",
    path: "/{id}",
    operationId: "readSession",
    summary: "Read a session as it stands",
    description:
      "Participants and recent events are for people who are or were in it; others get none. " +
      "`topic` is the channel on which events are broadcast, for people in it.",
    tags: ["sessions"],
    ...forSignedIn,
    request: { params: SessionPath, query: NoQuery },
    responses: {
      200: json(SnapshotAnswer, "The session.", {
        session,
        participants: [participant],
        recentEvents: [event],
        lastSeq: event.seq,
        topic: `live_session:${session.id}`,
        serverNow: NOW,
      }),
      ...problems(...COMMON_CODES, "session_not_found"),
    },
  }),
  handler: async (c) => {
    const { id } = c.req.valid("param");
    const answer = await callRpc(
      c,
      "get_live_session_snapshot",
      { session_id_param: id },
      SnapshotAnswer,
    );
    return c.json(answer, 200);
  },
});
