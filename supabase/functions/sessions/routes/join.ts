import { createRoute } from "@hono/zod-openapi";
import { participantAnswer } from "../../_shared/examples.ts";
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
import { ParticipantAnswer } from "../../_shared/schemas/answers.ts";

/** `POST /sessions/:id/join`: the caller joins, or comes back. */
export const joinSession = defineRoute({
  route: createRoute({
    method: "post",
    path: "/{id}/join",
    operationId: "joinSession",
    summary: "Join a session, or come back to it",
    description: "Joining again changes nothing; coming back keeps one's figures.",
    tags: ["sessions"],
    ...forSignedIn,
    request: { params: SessionPath, query: NoQuery },
    responses: {
      200: json(ParticipantAnswer, "The caller is in the session.", participantAnswer),
      ...problems(
        ...WRITE_CODES,
        "session_not_found",
        "session_ended",
        "session_full",
        "already_in_session",
      ),
    },
  }),
  handler: async (c) => {
    const { id } = c.req.valid("param");
    const answer = await callRpc(
      c,
      "join_live_session",
      { session_id_param: id },
      ParticipantAnswer,
    );
    return c.json(answer, 200);
  },
});
