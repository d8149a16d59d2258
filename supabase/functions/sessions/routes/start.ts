import { createRoute } from "@hono/zod-openapi";
import { sessionAnswer } from "../../_shared/examples.ts";
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
import { SessionAnswer } from "../../_shared/schemas/answers.ts";

/** `POST /sessions/:id/start`: the host starts the session. */
export const startSession = defineRoute({
  route: createRoute({
    method: "post",
    path: "/{id}/start",
    operationId: "startSession",
    summary: "Start a session",
    description: "For the host. Starting it again changes nothing.",
    tags: ["sessions"],
    ...forSignedIn,
    request: { params: SessionPath, query: NoQuery },
    responses: {
      200: json(SessionAnswer, "The session is active.", sessionAnswer),
      ...problems(...WRITE_CODES, "not_host", "session_not_found", "session_ended"),
    },
  }),
  handler: async (c) => {
    const { id } = c.req.valid("param");
    const answer = await callRpc(c, "start_live_session", { session_id_param: id }, SessionAnswer);
    return c.json(answer, 200);
  },
});
