import { createRoute } from "@hono/zod-openapi";
import { sessionAnswer } from "../../_shared/examples.ts";
import {
  defineRoute,
  forSignedInWithBody,
  json,
  NoQuery,
  problems,
  requiredJson,
} from "../../_shared/routes.ts";
import { callRpc } from "../../_shared/rpc.ts";
import { SessionAnswer } from "../../_shared/schemas/answers.ts";
import { RestBody } from "../bodies.ts";
import { LEADER_CODES } from "../codes.ts";
import { GuidedPath } from "../path.ts";

/** `POST /guided/:sessionId/rest`: the leader lets the group rest. */
export const startRest = defineRoute({
  route: createRoute({
    method: "post",
    path: "/{sessionId}/rest",
    operationId: "startRest",
    summary: "Start a rest",
    description:
      "For the leader. The rest has one absolute end, `restEndsAt` of the session; a new " +
      "one replaces it.",
    tags: ["guided"],
    ...forSignedInWithBody,
    request: { params: GuidedPath, query: NoQuery, body: requiredJson(RestBody, { seconds: 90 }) },
    responses: {
      200: json(SessionAnswer, "The group rests.", sessionAnswer),
      ...problems(...LEADER_CODES),
    },
  }),
  handler: async (c) => {
    const { seconds } = c.req.valid("json");
    const answer = await callRpc(c, "start_live_session_rest", {
      session_id_param: c.req.valid("param").sessionId,
      seconds_param: seconds,
    }, SessionAnswer);
    return c.json(answer, 200);
  },
});
