import { createRoute } from "@hono/zod-openapi";
import { GUEST_ID, sessionAnswer } from "../../_shared/examples.ts";
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
import { PersonBody } from "../../_shared/schemas/person-body.ts";
import { PRESENCE_CODES } from "../codes.ts";
import { GuidedPath } from "../path.ts";

/** `POST /guided/:sessionId/leader`: the lead goes to somebody else. */
export const transferLead = defineRoute({
  route: createRoute({
    method: "post",
    path: "/{sessionId}/leader",
    operationId: "transferLead",
    summary: "Hand the lead over, or take it",
    description:
      "For the leader, to somebody who is in the session. Of a leader who is silent for a " +
      "minute whoever has been there longest may take it, for themselves. Again changes nothing.",
    tags: ["guided"],
    ...forSignedInWithBody,
    request: {
      params: GuidedPath,
      query: NoQuery,
      body: requiredJson(PersonBody, { userId: GUEST_ID }),
    },
    responses: {
      200: json(SessionAnswer, "The session with its new leader.", sessionAnswer),
      ...problems(...PRESENCE_CODES, "invalid_mode", "not_leader", "user_not_found"),
    },
  }),
  handler: async (c) => {
    const { userId } = c.req.valid("json");
    const answer = await callRpc(c, "transfer_live_session_lead", {
      session_id_param: c.req.valid("param").sessionId,
      user_id_param: userId,
    }, SessionAnswer);
    return c.json(answer, 200);
  },
});
