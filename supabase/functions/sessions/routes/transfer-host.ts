import { createRoute } from "@hono/zod-openapi";
import { GUEST_ID, sessionAnswer } from "../../_shared/examples.ts";
import {
  defineRoute,
  forSignedInWithBody,
  json,
  NoQuery,
  problems,
  requiredJson,
  WRITE_CODES,
} from "../../_shared/routes.ts";
import { callRpc } from "../../_shared/rpc.ts";
import { SessionAnswer } from "../../_shared/schemas/answers.ts";
import { SessionPath } from "../../_shared/schemas/ids.ts";
import { PersonBody } from "../../_shared/schemas/person-body.ts";

/** `POST /sessions/:id/host`: the host hands the role over. */
export const transferHost = defineRoute({
  route: createRoute({
    method: "post",
    path: "/{id}/host",
    operationId: "transferHost",
    summary: "Hand the host's role over",
    description: "For the host, to somebody who is in the session. Again changes nothing.",
    tags: ["sessions"],
    ...forSignedInWithBody,
    request: {
      params: SessionPath,
      query: NoQuery,
      body: requiredJson(PersonBody, { userId: GUEST_ID }),
    },
    responses: {
      200: json(SessionAnswer, "The session with its new host.", sessionAnswer),
      ...problems(
        ...WRITE_CODES,
        "not_host",
        "session_not_found",
        "user_not_found",
        "session_ended",
      ),
    },
  }),
  handler: async (c) => {
    const { id } = c.req.valid("param");
    const answer = await callRpc(c, "transfer_live_session_host", {
      session_id_param: id,
      user_id_param: c.req.valid("json").userId,
    }, SessionAnswer);
    return c.json(answer, 200);
  },
});
