import { createRoute } from "@hono/zod-openapi";
import { sessionAnswer } from "../../_shared/examples.ts";
import { defineRoute, forSignedIn, json, NoQuery, problems } from "../../_shared/routes.ts";
import { callRpc } from "../../_shared/rpc.ts";
import { SessionAnswer } from "../../_shared/schemas/answers.ts";
import { LEADER_CODES } from "../codes.ts";
import { GuidedPath } from "../path.ts";

/** `POST /guided/:sessionId/rest/skip`: the leader ends the rest. */
export const skipRest = defineRoute({
  route: createRoute({
    method: "post",
    path: "/{sessionId}/rest/skip",
    operationId: "skipRest",
    summary: "End the rest",
    description: "For the leader. Without a rest it changes nothing for the others.",
    tags: ["guided"],
    ...forSignedIn,
    request: { params: GuidedPath, query: NoQuery },
    responses: {
      200: json(SessionAnswer, "Nobody rests.", sessionAnswer),
      ...problems(...LEADER_CODES),
    },
  }),
  handler: async (c) => {
    const { sessionId } = c.req.valid("param");
    const answer = await callRpc(
      c,
      "skip_live_session_rest",
      { session_id_param: sessionId },
      SessionAnswer,
    );
    return c.json(answer, 200);
  },
});
