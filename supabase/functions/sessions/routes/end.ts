import { createRoute } from "@hono/zod-openapi";
import { sessionAnswer, summary } from "../../_shared/examples.ts";
import {
  defineRoute,
  forSignedIn,
  json,
  NoQuery,
  problems,
  WRITE_CODES,
} from "../../_shared/routes.ts";
import { callRpc } from "../../_shared/rpc.ts";
import { SessionPath } from "../../_shared/schemas/ids.ts";
import { LiveSessionSummary } from "../../_shared/schemas/live-session-summary.ts";
import { SessionAnswer } from "../../_shared/schemas/answers.ts";

/** The ended session and what it came to. */
export const EndSessionAnswer = SessionAnswer.extend({ summary: LiveSessionSummary })
  .openapi("EndSessionAnswer");

/** `POST /sessions/:id/end`: the host ends the session, or calls it off. */
export const endSession = defineRoute({
  route: createRoute({
    method: "post",
    path: "/{id}/end",
    operationId: "endSession",
    summary: "End a session",
    description: "For the host; before the start it calls the session off. Again changes nothing.",
    tags: ["sessions"],
    ...forSignedIn,
    request: { params: SessionPath, query: NoQuery },
    responses: {
      200: json(EndSessionAnswer, "The session has ended.", { ...sessionAnswer, summary }),
      ...problems(...WRITE_CODES, "not_host", "session_not_found"),
    },
  }),
  handler: async (c) => {
    const { id } = c.req.valid("param");
    const answer = await callRpc(c, "end_live_session", { session_id_param: id }, EndSessionAnswer);
    return c.json(answer, 200);
  },
});
