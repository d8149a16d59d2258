import { createRoute } from "@hono/zod-openapi";
import { sessionAnswer } from "../../_shared/examples.ts";
import { defineRoute, forSignedIn, json, NoQuery, problems } from "../../_shared/routes.ts";
import { callRpc } from "../../_shared/rpc.ts";
import { SessionAnswer } from "../../_shared/schemas/answers.ts";
import { PRESENCE_CODES } from "../codes.ts";
import { GuidedPath } from "../path.ts";

/** `POST /guided/:sessionId/pause`: the session pauses. */
export const pauseSession = defineRoute({
  route: createRoute({
    method: "post",
    path: "/{sessionId}/pause",
    operationId: "pauseSession",
    summary: "Pause the session",
    description:
      "For the leader of a guided session, or the host of a shared one. The clock of a rest" +
      " stands still meanwhile. Again changes nothing.",
    tags: ["guided"],
    ...forSignedIn,
    request: { params: GuidedPath, query: NoQuery },
    responses: {
      200: json(SessionAnswer, "The session is paused.", sessionAnswer),
      ...problems(...PRESENCE_CODES, "session_not_started", "not_leader", "not_host"),
    },
  }),
  handler: async (c) => {
    const { sessionId } = c.req.valid("param");
    const answer = await callRpc(
      c,
      "pause_live_session",
      { session_id_param: sessionId },
      SessionAnswer,
    );
    return c.json(answer, 200);
  },
});
