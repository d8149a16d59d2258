import { createRoute, z } from "@hono/zod-openapi";
import { GUEST_ID, HOST_ID, participantAnswer } from "../../_shared/examples.ts";
import {
  defineRoute,
  forSignedInWithBody,
  json,
  NoQuery,
  problems,
  requiredJson,
} from "../../_shared/routes.ts";
import { callRpc } from "../../_shared/rpc.ts";
import { ParticipantAnswer } from "../../_shared/schemas/answers.ts";
import { COURSE_CODES } from "../codes.ts";
import { GuidedPath } from "../path.ts";
import { Readiness } from "../readiness.ts";

/** Whether the caller is ready for the next exercise. */
export const ReadyBody = z.strictObject({ isReady: z.boolean() }).openapi("ReadyBody");

/** The caller's part in the session, and who is ready. */
export const ReadyAnswer = ParticipantAnswer.extend(Readiness.shape).openapi("ReadyAnswer");

/** `POST /guided/:sessionId/ready`: a participant's ready flag. */
export const reportReady = defineRoute({
  route: createRoute({
    method: "post",
    path: "/{sessionId}/ready",
    operationId: "reportReady",
    summary: "Say that one is ready, or is not",
    description: "For everybody in the session. Again changes nothing.",
    tags: ["guided"],
    ...forSignedInWithBody,
    request: {
      params: GuidedPath,
      query: NoQuery,
      body: requiredJson(ReadyBody, { isReady: true }),
    },
    responses: {
      200: json(ReadyAnswer, "Who is ready now.", {
        ...participantAnswer,
        ready: [HOST_ID],
        waitingFor: [GUEST_ID],
      }),
      ...problems(...COURSE_CODES),
    },
  }),
  handler: async (c) => {
    const { isReady } = c.req.valid("json");
    const answer = await callRpc(c, "report_live_session_ready", {
      session_id_param: c.req.valid("param").sessionId,
      is_ready_param: isReady,
    }, ReadyAnswer);
    return c.json(answer, 200);
  },
});
