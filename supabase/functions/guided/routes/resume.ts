import { createRoute } from "@hono/zod-openapi";
import { sessionAnswer } from "../../_shared/examples.ts";
import { defineRoute, forSignedIn, json, NoQuery, problems } from "../../_shared/routes.ts";
import { callRpc } from "../../_shared/rpc.ts";
import { SessionAnswer } from "../../_shared/schemas/answers.ts";
import { PRESENCE_CODES } from "../codes.ts";
import { GuidedPath } from "../path.ts";

/** `POST /guided/:sessionId/resume`: the session goes on. */
export const resumeSession = defineRoute({
  route: createRoute({
    method: "post",
    path: "/{sessionId}/resume",
    operationId: "resumeSession",
    summary: "Resume the session",
    description:
      "For the leader of a guided session, or the host of a shared one. What was left of a " +
      "rest is left still. Again changes nothing.",
    tags: ["guided"],
    ...forSignedIn,
    request: { params: GuidedPath, query: NoQuery },
    responses: {
      200: json(SessionAnswer, "The session goes on.", sessionAnswer),
      ...problems(...PRESENCE_CODES, "session_not_started", "not_leader", "not_host"),
    },
  }),
  handler: async (c) => {
    const { sessionId } = c.req.valid("param");
    const answer = await callRpc(
      c,
      "resume_live_session",
      { session_id_param: sessionId },
      SessionAnswer,
    );
    return c.json(answer, 200);
  },
});
