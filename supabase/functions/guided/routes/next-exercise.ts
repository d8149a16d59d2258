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
import { VersionBody } from "../bodies.ts";
import { LEADER_CODES } from "../codes.ts";
import { GuidedPath } from "../path.ts";

/** `POST /guided/:sessionId/next`: the leader takes the group on. */
export const nextExercise = defineRoute({
  route: createRoute({
    method: "post",
    path: "/{sessionId}/next",
    operationId: "nextExercise",
    summary: "Go on to the next exercise of the plan",
    description:
      "For the leader. At the end of the plan there is no next one: `invalid_exercise`. " +
      "Everybody's ready flag resets.",
    tags: ["guided"],
    ...forSignedInWithBody,
    request: {
      params: GuidedPath,
      query: NoQuery,
      body: requiredJson(VersionBody, { expectedVersion: 4 }),
    },
    responses: {
      200: json(SessionAnswer, "The group has moved on.", sessionAnswer),
      ...problems(...LEADER_CODES, "version_conflict", "invalid_exercise"),
    },
  }),
  handler: async (c) => {
    const { expectedVersion } = c.req.valid("json");
    const answer = await callRpc(c, "next_live_session_exercise", {
      session_id_param: c.req.valid("param").sessionId,
      expected_version_param: expectedVersion,
    }, SessionAnswer);
    return c.json(answer, 200);
  },
});
